"""Nobody but this user's own sptool says what is late: an index that came along, or was written in, is made afresh."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sptool.index.keeping import Place
from sptool.index.place import ask
from sptool.store.folder import CaseFolder, open_case_folder
from tests.cli.folders import REF, REFS, Screen, make_folder, run
from tests.index.histories import everything, from_scratch
from tests.making import case_of, decision, new_referral, notified

SCREENS = (("overdue",), ("overdue", "--json"), ("list", "--json"), ("search", "harm", "--json"), ("show", REF))
LATE = "2026-06-05"
Spoil = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> CaseFolder:
    made = make_folder(tmp_path / "c", *(case_of(new_referral(), decision(), notified()) for _ in REFS))
    ask(made.root, everything)
    return made


def index_of(folder: CaseFolder) -> Path:
    return Place(folder.root, "").file


def screens(folder: CaseFolder) -> list[Screen]:
    return [run(folder, *words, today=LATE) for words in SCREENS]


def by_another_program(file: Path, *statements: str) -> None:
    """What stock SQLite does, in a process of its own."""
    program = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); [c.execute(s) for s in sys.argv[2:]]; c.commit()"
    subprocess.run([sys.executable, "-c", program, str(file), *statements], check=True)


def empty(file: Path) -> None:
    by_another_program(file, "DELETE FROM deadlines", "DELETE FROM loud", "DELETE FROM words")


def _take_deadlines(file: Path) -> None:
    by_another_program(file, "DELETE FROM deadlines")


def _put_deadlines_off(file: Path) -> None:
    by_another_program(file, "UPDATE deadlines SET due_on = '2099-01-01', aim_on = '2099-01-01'")


def _silence(file: Path) -> None:
    by_another_program(file, "DELETE FROM loud", "UPDATE cases SET is_closed = 1")


def _take_cases(file: Path) -> None:
    by_another_program(file, "DELETE FROM cases WHERE ref > (SELECT min(ref) FROM cases)")


def _take_words(file: Path) -> None:
    by_another_program(file, "UPDATE words SET text = 'Nothing.'")


def _take_the_index_of_words(file: Path) -> None:
    by_another_program(file, "DELETE FROM words_data WHERE id > 10")


def _move_a_holiday(file: Path) -> None:
    by_another_program(file, "UPDATE calendars SET days = x''")


def _change_bytes_and_put_the_time_back(file: Path) -> None:
    before = file.stat()
    content = file.read_bytes()
    assert b"2026-03-2" in content
    file.write_bytes(content.replace(b"2026-03-2", b"2096-03-2"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def _put_another_in_its_place(file: Path) -> None:
    shutil.copy2(file, file.with_name("other"))
    empty(file.with_name("other"))
    shutil.copystat(file, file.with_name("other"))
    file.with_name("other").replace(file)


SPOILT = (
    empty,
    _take_deadlines,
    _put_deadlines_off,
    _silence,
    _take_cases,
    _take_words,
    _take_the_index_of_words,
    _move_a_holiday,
    _put_another_in_its_place,
    pytest.param(
        _change_bytes_and_put_the_time_back,
        marks=pytest.mark.skipif(os.name == "nt", reason="Windows keeps no time that can't be set"),
    ),
)


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_another_program_wrote_in_an_index_is_not_believed(spoil: Spoil, folder: CaseFolder) -> None:
    before = screens(folder)
    assert before[0].code == 1
    spoil(index_of(folder))
    assert screens(folder) == before
    with closing(sqlite3.connect(index_of(folder))) as connection:
        assert everything(connection) == from_scratch(folder)


def test_an_index_that_was_copied_with_its_folder_is_made_afresh(folder: CaseFolder, tmp_path: Path) -> None:
    """Even where nothing of it was changed: it could have been torn, or have been somebody else's."""
    before = screens(folder)
    for name, spoil in (("as it was", None), ("spoilt", empty)):
        subprocess.run(["cp", "-a", str(folder.root), str(tmp_path / name)], check=True)
        copy = open_case_folder(tmp_path / name)
        if spoil:
            spoil(index_of(copy))
        assert not Place(copy.root, "").is_own()
        assert screens(copy) == before
        assert ask(copy.root, everything) == from_scratch(copy)
    assert Place(folder.root, "").is_own()


def test_a_folder_that_was_moved_goes_on_without_a_word(folder: CaseFolder, tmp_path: Path) -> None:
    before = screens(folder)
    folder.root.rename(tmp_path / "elsewhere")
    moved = open_case_folder(tmp_path / "elsewhere")
    assert not Place(moved.root, "").is_own()
    assert screens(moved) == before
    assert Place(moved.root, "").is_own()


def test_an_index_of_another_user_is_made_afresh(folder: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = screens(folder)
    empty(index_of(folder))
    Place(folder.root, "").seal.put()  # as whoever passes it on may well do
    monkeypatch.setenv("XDG_STATE_HOME", str(folder.root.parent / "another user"))
    assert screens(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's own folders private by other means")
def test_a_note_that_others_can_write_proves_nothing(folder: CaseFolder) -> None:
    before = screens(folder)
    empty(index_of(folder))
    Place(folder.root, "").seal.put()
    notes = Place(folder.root, "").seal.lock.parent
    assert notes.stat().st_mode & 0o777 == 0o700
    assert {note.stat().st_mode & 0o777 for note in notes.iterdir()} == {0o600}
    notes.chmod(0o777)
    assert screens(folder) == before
    assert notes.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("home", ["", "state"])
def test_without_a_place_of_ones_own_the_answer_is_worked_out(
    home: str, folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = screens(folder)
    empty(index_of(folder))
    planted = index_of(folder).read_bytes()
    place = folder.root.parent / "a file"
    place.write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(place / home) if home else "")
    monkeypatch.setenv("HOME", str(place))
    assert screens(folder) == before
    assert index_of(folder).read_bytes() == planted


def _journal(index: Path, names: Path) -> bytes:
    """A journal that SQLite takes for the rest of a change to several databases, the list of which it deletes then."""
    magic = bytes.fromhex("d9d505f920a163d7")
    size = struct.unpack(">H", index.read_bytes()[16:18])[0]
    header = magic + struct.pack(">5I", 0, 0, index.stat().st_size // size, 512, size)
    name = os.fsencode(names)
    check = sum(name)
    end = name + struct.pack(">II", len(name), check) + magic
    return header.ljust(512, b"\0") + struct.pack(">I", 2**30 // size + 1) + end


def _with_a_journal(file: Path, own: Path) -> None:
    file.with_name(f"{file.name}-journal").write_bytes(_journal(file, own))


def _as_a_link(file: Path, own: Path) -> None:
    file.unlink()
    file.symlink_to(own)


def _as_another_name(file: Path, own: Path) -> None:
    file.unlink()
    os.link(own, file)


@pytest.mark.parametrize("plant", [_with_a_journal, _as_a_link, _as_another_name])
@pytest.mark.parametrize("is_own", [False, True], ids=["a folder received", "one's own folder"])
def test_what_lies_in_the_place_of_an_index_leads_to_nothing(
    plant: Callable[[Path, Path], None], is_own: bool, folder: CaseFolder, tmp_path: Path
) -> None:
    before = screens(folder)
    own = tmp_path / "letters.sqlite"
    by_another_program(own, "CREATE TABLE letters (text)", "INSERT INTO letters VALUES ('Dear all')")
    kept = own.read_bytes()
    if not is_own:
        Place(folder.root, "").seal.lift()
    plant(index_of(folder), own)
    assert screens(folder) == before
    assert own.read_bytes() == kept
    assert ask(folder.root, everything) == from_scratch(folder)


def test_an_index_that_was_written_to_half_is_made_afresh(folder: CaseFolder) -> None:
    """As it is left where sptool is killed while SQLite writes it."""
    before = screens(folder)
    content = index_of(folder).read_bytes()
    half = len(content) // 2
    with index_of(folder).open("r+b") as file:
        file.seek(half)
        file.write(b"\0" * 4096)
    assert screens(folder) == before
    assert ask(folder.root, everything) == from_scratch(folder)
