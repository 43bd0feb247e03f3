"""After whatever happens to the history, the index holds what one made from nothing holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from sptool.errors import UnfitFolder
from sptool.index.place import ask
from sptool.records.references import case_folder
from tests.cli.folders import EDITION, REF, REFS, bytes_of, make_folder, path_of, run
from tests.index.histories import History, change, everything, from_scratch, git, move_main
from tests.making import case_of, decision, met, new_referral, note, notified
from tests.planted import BESIDE, STRANGE, Plant

HAPPENINGS = 14


@pytest.mark.parametrize("seed", range(10))
def test_the_index_equals_one_made_from_nothing(seed: int, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral(), decision(), notified(), met()))
    history = History(folder, seed)
    happened = []
    for number in range(HAPPENINGS):
        happened.append(history.go_on())
        if number % 2:  # at times the index has to catch up with several things at once
            assert ask(folder.root, everything) == from_scratch(folder), happened


def test_a_history_does_something_of_every_kind(tmp_path: Path) -> None:
    history = History(make_folder(tmp_path / "c"), 1)
    happened = {history.go_on() for _ in range(40)}
    assert happened == {"_step", "_correct", "_withdraw", "_join", "_damage", "_plant", "_rewind"}
    found = from_scratch(history.folder)
    assert all(found[table] for table in ("cases", "deadlines", "loud", "names", "records"))


@pytest.mark.parametrize("plant", [*STRANGE, *BESIDE])
def test_what_has_no_place_comes_and_goes(plant: Plant, tmp_path: Path) -> None:
    case = case_of(new_referral(), decision())
    folder = make_folder(tmp_path / "c", case)
    before = ask(folder.root, everything)
    files = plant(case, REF)
    change(folder, files)
    planted = ask(folder.root, everything)
    assert planted == from_scratch(folder)
    assert planted["loud"] != before["loud"]
    change(folder, {path_of(note(), REF): bytes_of(note(), REF)})  # now the case's own records are known already
    assert ask(folder.root, everything) == from_scratch(folder)
    change(folder, {path_of(note(), REF): None, **dict.fromkeys(files)})
    assert ask(folder.root, everything) == before


def test_a_case_that_is_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral()), case_of(new_referral()))
    before = git(folder, "rev-parse", "main")
    change(folder, {path_of(note(), REFS[2]): bytes_of(note(text="Soon gone."), REFS[2])})
    assert len(ask(folder.root, everything)["cases"]) == 3
    move_main(folder, before)
    found = ask(folder.root, everything)
    assert [row[0] for row in found["cases"]] == list(REFS[:2])
    assert found == from_scratch(folder)


def test_a_history_of_which_git_has_lost_the_indexed_commit_is_compared_case_by_case(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral()), case_of(new_referral()))
    before = git(folder, "rev-parse", "main")
    change(folder, {path_of(note(), REF): bytes_of(note(), REF)})
    ask(folder.root, everything)
    move_main(folder, before)
    git(folder, "reflog", "expire", "--expire=now", "--all")
    git(folder, "gc", "-q", "--prune=now")
    change(folder, {path_of(note("2026-03-12"), REFS[1]): bytes_of(note("2026-03-12"), REFS[1])})
    assert ask(folder.root, everything) == from_scratch(folder)


def test_a_record_outside_its_case_s_folder_is_none_of_the_case_but_is_said(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral()))
    before = ask(folder.root, everything)
    astray = path_of(note(), REF).replace(case_folder(REF), f"2025/{REF}")
    change(folder, {astray: bytes_of(note(), REF)})
    after = ask(folder.root, everything)
    assert (after["records"], after["deadlines"]) == (before["records"], before["deadlines"])
    assert ["unreadable" in row for row in after["loud"]] == [True]
    assert after == from_scratch(folder)
    change(folder, {astray: None})
    assert ask(folder.root, everything) == before == from_scratch(folder)


def test_files_beside_the_cases_change_nothing(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral()))
    before = ask(folder.root, everything)
    change(folder, {"README.md": b"Something else\n", "2026/notes.txt": b"Not a case\n"})
    assert ask(folder.root, everything) == before


def test_a_changed_edition_is_refused_though_git_has_lost_the_indexed_commit(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral()))
    before = git(folder, "rev-parse", "main")
    change(folder, {path_of(note(), REF): bytes_of(note(), REF)})
    change(folder, {path_of(note(), REF): None})
    ask(folder.root, everything)
    move_main(folder, before)
    git(folder, "reflog", "expire", "--expire=now", "--all")
    git(folder, "gc", "-q", "--prune=now")
    change(folder, {"framework/2022-01.yaml": EDITION + b"\n# Changed after it was adopted\n"})
    with pytest.raises(UnfitFolder, match="was changed after it was adopted"):
        ask(folder.root, everything)


@pytest.mark.parametrize("stray", [EDITION + b"\n# A copy to work on\n", b"edition: [\n", b"\xff\xfe"])
def test_a_stray_file_among_the_editions_hides_no_deadline(stray: bytes, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral()))
    before = run(folder, "overdue", "--json")
    change(folder, {"framework/work-in-progress.yaml": stray})
    assert (run(folder, "overdue", "--json"), bool(before.data)) == (before, True)
    change(folder, {path_of(note(), REF): bytes_of(note(), REF)})
    assert run(folder, "overdue", "--json").data == before.data
    assert ask(folder.root, everything) == from_scratch(folder)


def test_a_record_that_git_has_lost_is_refused_until_it_is_back(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral()))
    ask(folder.root, everything)
    change(folder, {path_of(note(), REF): bytes_of(note(), REF)})
    blob = git(folder, "rev-parse", f"main:{path_of(note(), REF)}")
    place = folder.root / ".git" / "objects" / blob[:2] / blob[2:]
    aside = place.rename(tmp_path / "aside")
    for _ in range(2):
        with pytest.raises(UnfitFolder, match="git has lost a record"):
            ask(folder.root, everything)
    shown = run(folder, "show", REF)
    assert (shown.code, shown.out) == (3, "")
    assert "git has lost a record" in shown.err
    aside.rename(place)
    assert ask(folder.root, everything) == from_scratch(folder)
