"""An index that came with the folder, and what SQLite would do by it: nothing elsewhere is written or deleted."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sptool.index.keeping import Place
from sptool.index.place import ask
from sptool.store.folder import CaseFolder
from tests.cli.folders import make_folder, run
from tests.index.histories import everything, from_scratch
from tests.making import case_of, new_referral

TODAY = "2026-03-05"
WRITES_AND_DIES = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("CREATE TABLE more (a)")
for _ in range(3000):
    connection.execute("INSERT INTO more VALUES (randomblob(1000))")
os.kill(os.getpid(), signal.SIGKILL)
"""

linked = pytest.mark.skipif(os.name == "nt", reason="on Windows, making links takes a right of its own")


@pytest.fixture
def folder(tmp_path: Path) -> CaseFolder:
    made = make_folder(tmp_path / "c", case_of(new_referral()))
    run(made, "overdue", today=TODAY)
    return made


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    place = tmp_path / "letter.txt"
    place.write_text("dear diary")
    return place


def index_of(folder: CaseFolder) -> Path:
    return Place(folder.root, "").file


def left_half_way(folder: CaseFolder) -> Path:
    """The journal of a writing that was cut short."""
    done = subprocess.run([sys.executable, "-c", WRITES_AND_DIES, str(index_of(folder))], check=False)
    assert done.returncode == -signal.SIGKILL
    return index_of(folder).with_name("index.sqlite-journal")


def assert_right(folder: CaseFolder) -> None:
    assert ask(folder.root, everything) == from_scratch(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_journal_that_names_another_file_deletes_nothing(folder: CaseFolder, letter: Path) -> None:
    journal = left_half_way(folder)
    name = str(letter).encode()
    page = (0x40000000 // int.from_bytes(journal.read_bytes()[24:28]) + 1).to_bytes(4)
    total = sum(byte - 256 * (byte > 127) for byte in name) & 0xFFFFFFFF
    with journal.open("ab") as file:  # as sqlite.org/fileformat2.html has it, of a transaction in several files
        file.write(page + name + len(name).to_bytes(4) + total.to_bytes(4) + journal.read_bytes()[:8])
    run(folder, "overdue", today=TODAY)
    assert letter.read_text() == "dear diary"
    assert_right(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_journal_of_its_own_is_rolled_back(folder: CaseFolder) -> None:
    left_half_way(folder)
    run(folder, "overdue", today=TODAY)
    with closing(sqlite3.connect(index_of(folder))) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchone()
    assert_right(folder)


@linked
@pytest.mark.parametrize("hard", [False, True])
@pytest.mark.parametrize("name", ["index.sqlite", "index.sqlite-journal", "index.sqlite-wal", "index.sqlite-shm"])
def test_a_link_is_not_written_through(folder: CaseFolder, letter: Path, name: str, hard: bool) -> None:
    with closing(sqlite3.connect(letter.with_suffix(".sqlite"))) as connection, connection:
        connection.execute("CREATE TABLE mine (a)")
    before = {path: path.read_bytes() for path in letter.parent.glob("letter.*")}
    target = letter.with_suffix(".sqlite") if name == "index.sqlite" else letter
    place = index_of(folder).with_name(name)
    place.unlink(missing_ok=True)
    (place.hardlink_to if hard else place.symlink_to)(target)
    run(folder, "overdue", today=TODAY)
    assert_right(folder)
    assert {path: path.read_bytes() for path in letter.parent.glob("letter.*")} == before
    assert not place.is_symlink()


@linked
def test_behind_a_link_no_index_is_kept_and_the_answer_is_the_same(folder: CaseFolder, tmp_path: Path) -> None:
    expected = run(folder, "overdue", today=TODAY).out
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.workshop.rename(tmp_path / "own")
    folder.workshop.symlink_to(elsewhere)
    assert run(folder, "overdue", today=TODAY).out == expected
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
@pytest.mark.parametrize("name", ["index.sqlite", "index.sqlite-journal", "no-index"])
def test_a_pipe_keeps_nobody_waiting(folder: CaseFolder, name: str) -> None:
    index_of(folder).with_name(name).unlink(missing_ok=True)
    os.mkfifo(index_of(folder).with_name(name))
    assert_right(folder)
