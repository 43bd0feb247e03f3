"""One git process answers many questions, and anything odd is left to the ordinary way of asking."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from sptool.store.casebook import Casebook
from sptool.store.folder import CaseFolder
from sptool.store.reader import Reader
from sptool.store.reading import Snapshot, head
from sptool.store.remembered import bank_holidays, remembered
from sptool.workflow.edition import load_edition
from tests.cli.folders import REF, REFS, make_folder
from tests.making import case_of, new_referral, note

SETTINGS = b"refs/heads/main:sptool.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[CaseFolder]:
    made = make_folder(tmp_path / "cases", case_of(new_referral(), note()), case_of(new_referral()))
    yield made
    made.reader.close()


def test_many_questions_get_what_git_says_one_by_one(folder: CaseFolder) -> None:
    asked = [SETTINGS, b"refs/heads/main:nowhere", b"refs/heads/main^{commit}"] * 40
    alone = folder.git.run("cat-file", "--batch", "-z", stdin=b"".join(name + b"\0" for name in asked))
    assert folder.reader.read(asked) == alone


def test_each_answer_is_as_fresh_as_the_question(folder: CaseFolder) -> None:
    before = head(folder)
    tree = folder.git.run("rev-parse", f"{before}^{{tree}}").decode().strip()
    author = {f"GIT_{part}_{field}": "nobody" for part in ("AUTHOR", "COMMITTER") for field in ("NAME", "EMAIL")}
    newer = folder.git.run("commit-tree", tree, "-p", before, stdin=b"More", settings=author).decode().strip()
    folder.git.run("update-ref", "refs/heads/main", newer)
    assert head(folder) == newer


def test_a_reader_that_nobody_holds_leaves_no_git_behind(folder: CaseFolder) -> None:
    reader = Reader(folder.git)
    assert reader.read([SETTINGS])
    process = reader._process
    assert process
    del reader
    gc.collect()
    assert process.returncode == 0
    assert process.stdin
    assert process.stdin.closed


def test_a_reader_whose_git_ended_leaves_the_question_to_another(folder: CaseFolder) -> None:
    reader = Reader(folder.git)
    assert reader.read([SETTINGS])
    reader.close()
    assert reader.read([SETTINGS]), "a new one is started"
    reader.close()


def test_a_name_that_would_confuse_the_answers_is_not_asked(folder: CaseFolder) -> None:
    assert folder.reader.read([b"refs/heads/main:a\nb"]) is None
    assert Snapshot(folder, head(folder)).tree_id("a\nb") is None


def test_a_folder_that_is_no_repository_can_not_be_read(tmp_path: Path, folder: CaseFolder) -> None:
    empty = CaseFolder(tmp_path / "empty", folder.settings)
    empty.root.mkdir()
    assert empty.reader.read([SETTINGS]) is None


def test_a_copy_as_another_process_gets_it_has_a_reader_of_its_own(folder: CaseFolder) -> None:
    assert folder.reader.read([SETTINGS])
    other = deepcopy(folder)
    assert other.reader.read([SETTINGS]) == folder.reader.read([SETTINGS])
    other.reader.close()


def test_a_folder_of_files_is_listed_as_git_lists_it(folder: CaseFolder) -> None:
    snapshot = Snapshot(folder, head(folder))
    for under in ("2026", "register", "framework", "nowhere"):
        assert snapshot.paths(under) == [path for path in snapshot.paths() if path.startswith(f"{under}/")]


def test_references_are_known_one_by_one_and_together(folder: CaseFolder) -> None:
    references = Casebook.newest(folder, load_edition, date(2026, 3, 20)).references
    assert REF in references
    assert "HSP-2026-22222" not in references
    assert "nonsense" not in references
    assert list(references) == sorted(REFS[:2])
    assert len(references) == 2


def test_what_is_kept_is_made_anew_when_it_is_damaged_or_out_of_date(tmp_path: Path) -> None:
    assert remembered(tmp_path, "sum", "1+1", lambda: 2) == 2
    assert remembered(tmp_path, "sum", "1+1", lambda: 3) == 2
    assert remembered(tmp_path, "sum", "1+2", lambda: 3) == 3
    (tmp_path / "sum.json").write_text("{", encoding="utf-8")
    assert remembered(tmp_path, "sum", "1+2", lambda: 4) == 4


def test_bank_holidays_are_the_same_from_the_file_as_from_the_package(tmp_path: Path) -> None:
    first = bank_holidays(tmp_path)
    assert first[date(2026, 12, 25)] == "Christmas Day"
    assert bank_holidays(tmp_path) == first


@pytest.mark.parametrize("spoilt", [{}, [], None, "none", {"2026-13-45": "No such day"}])
def test_bank_holidays_that_were_spoilt_in_their_file_are_asked_of_the_package(spoilt: object, tmp_path: Path) -> None:
    first = bank_holidays(tmp_path)
    place = tmp_path / "bank-holidays.json"
    kept = json.loads(place.read_bytes())
    place.write_text(json.dumps({**kept, "holds": spoilt}), encoding="utf-8")
    assert bank_holidays(tmp_path) == first
