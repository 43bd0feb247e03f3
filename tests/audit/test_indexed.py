"""`sptool verify` holds the index against the records, and is never mistaken about it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sptool.audit.verifying import Asked, verify
from sptool.index.keeping import Place as IndexPlace
from sptool.index.place import ask
from sptool.store.folder import CaseFolder, open_case_folder
from sptool.store.lock import held
from tests.audit.tampering import NOW, TODAY
from tests.cli.folders import REF, REFS, bytes_of, make_folder, path_of, run
from tests.index.histories import History, change, everything, from_scratch
from tests.index.test_whose import SPOILT, by_another_program, empty
from tests.making import case_of, decision, new_referral, note, notified

LATE = "2026-06-05"
Spoil = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> CaseFolder:
    made = make_folder(tmp_path / "c", *(case_of(new_referral(), decision(), notified()) for _ in REFS))
    ask(made.root, everything)
    return made


def index_of(folder: CaseFolder) -> Path:
    return IndexPlace(folder.root, "").file


def said_of_the_index(folder: CaseFolder) -> list[str]:
    report = verify(Asked(folder, TODAY, NOW))
    found = [one for one in report.findings if one.check == "index"]
    assert not (found and report.holds)
    assert {one.path for one in found} <= {".git/sptool/index.sqlite"}
    return [one.what for one in found]


@pytest.mark.parametrize("spoil", SPOILT)
def test_an_index_that_was_written_in_is_found_until_somebody_asks(spoil: Spoil, folder: CaseFolder) -> None:
    right = run(folder, "overdue", today=LATE)
    assert said_of_the_index(folder) == []
    spoil(index_of(folder))
    before = index_of(folder).read_bytes()
    for _ in range(2):
        (said,) = said_of_the_index(folder)
        assert "nothing is answered from it" in said
        assert "sptool overdue" in said
    assert index_of(folder).read_bytes() == before
    assert run(folder, "overdue", today=LATE) == right
    assert said_of_the_index(folder) == []


def test_an_index_that_is_wrong_for_whatever_reason_is_not_asked_again(folder: CaseFolder) -> None:
    """As if the disk had failed, or sptool had: it is the very file that was noted, and says something else."""
    right = run(folder, "overdue", today=LATE)
    empty(index_of(folder))
    IndexPlace(folder.root, "").seal.put()
    assert run(folder, "overdue", today=LATE) != right
    (said,) = said_of_the_index(folder)
    assert "nothing is answered" not in said
    assert run(folder, "overdue", today=LATE) == right
    assert said_of_the_index(folder) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases SET stage = 'closed'",
        "UPDATE cases SET themes = '[]', lead = 'somebody'",
        "UPDATE deadlines SET owner = 'nobody' WHERE place = 0",
        "INSERT INTO loud VALUES ('HSP-2026-K7QMA', 7, 'safety', 'Made up.', '')",
        "INSERT INTO names SELECT 'HSP-2026-K7QMA', ref FROM cases",
        "INSERT INTO cases SELECT 'HSP-2026-22222', stage, is_closed, lead, opened_on, edition, themes, agencies "
        "FROM cases LIMIT 1",
        "UPDATE records SET stands = 0",
        "DELETE FROM records WHERE number = 1",
        "INSERT INTO words (rowid, title, text) VALUES (4711, 'note', 'Made up.')",
        "UPDATE editions SET content = '{}'",
        "DELETE FROM editions",
        "UPDATE about SET value = 'yes' WHERE name = 'training'",
        "DROP INDEX deadlines_by_day",
        "CREATE TRIGGER later AFTER DELETE ON loud BEGIN DELETE FROM deadlines; END",
    ],
)
def test_whatever_differs_is_found(statement: str, folder: CaseFolder) -> None:
    by_another_program(index_of(folder), statement)
    assert len(said_of_the_index(folder)) == 1


def test_an_index_that_came_along_unchanged_is_nothing_to_speak_of(folder: CaseFolder, tmp_path: Path) -> None:
    shutil.copytree(folder.root, tmp_path / "copy")
    assert said_of_the_index(open_case_folder(tmp_path / "copy")) == []
    folder.root.rename(tmp_path / "moved")
    assert said_of_the_index(open_case_folder(tmp_path / "moved")) == []


def _of_another_version(file: Path) -> None:
    by_another_program(file, "DELETE FROM deadlines", "PRAGMA user_version = 4711")


def _of_another_program(file: Path) -> None:
    by_another_program(file, "DELETE FROM deadlines", "UPDATE about SET value = 'another' WHERE name = 'made_from'")


def _no_index_at_all(file: Path) -> None:
    file.write_bytes(b"This is no index at all.\n" * 400)


def _nothing(file: Path) -> None:
    file.unlink()


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("spoil", [_of_another_version, _of_another_program, _no_index_at_all, _nothing, _a_folder])
def test_an_index_that_nobody_would_be_answered_from_is_nothing_to_speak_of(spoil: Spoil, folder: CaseFolder) -> None:
    spoil(index_of(folder))
    assert said_of_the_index(folder) == []


def test_what_an_index_will_go_on_saying_is_held_against_the_records(folder: CaseFolder) -> None:
    """It is out of date: of the case that has changed it says nothing any more, of the others it will say the same."""
    change(folder, {path_of(note("2026-03-12"), REF): bytes_of(note("2026-03-12"), REF)})
    assert said_of_the_index(folder) == []
    for ref, found in ((REF, 0), (REFS[1], 1)):
        with closing(sqlite3.connect(index_of(folder))) as connection, connection:
            connection.execute('DELETE FROM deadlines WHERE "case" = ?', (ref,))
        assert len(said_of_the_index(folder)) == found


def test_an_index_that_never_ends_is_not_read(folder: CaseFolder) -> None:
    os.truncate(index_of(folder), 2**40)  # of which the disk holds next to nothing
    assert len(said_of_the_index(folder)) == 1


def test_what_would_take_for_ever_is_not_asked(folder: CaseFolder) -> None:
    endless = "WITH RECURSIVE n(ref, place) AS (SELECT '', 1 UNION ALL SELECT '', place + 1 FROM n) SELECT * FROM n"
    by_another_program(index_of(folder), "DROP TABLE loud", f"CREATE VIEW loud AS {endless}")
    assert len(said_of_the_index(folder)) == 1


def test_an_index_that_is_being_written_is_not_judged(folder: CaseFolder) -> None:
    empty(index_of(folder))
    with held(IndexPlace(folder.root, "").seal.lock, 0.0):
        assert said_of_the_index(folder) == []
    assert len(said_of_the_index(folder)) == 1


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_to_the_history_an_index_that_is_right_is_said_to_be(seed: int, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral(), decision(), notified()))
    history = History(folder, 100 + seed)
    happened = []
    for _ in range(6):
        happened += [history.go_on(), history.go_on()]
        assert said_of_the_index(folder) == [], happened
        assert ask(folder.root, everything) == from_scratch(folder)
        assert said_of_the_index(folder) == [], happened
    empty(index_of(folder))
    assert len(said_of_the_index(folder)) == 1
