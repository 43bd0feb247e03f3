"""What stands among the records and is not taken up: every screen says so, and all else is shown as before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sptool.records.case import Case
from tests.cli.auditors import Answer, ask
from tests.cli.folders import REF, Screen, make_folder, run
from tests.index.histories import change, git
from tests.making import case_of, new_referral, question
from tests.planted import BESIDE, CANARY, STRANGE, Plant

CASE = case_of(new_referral(la_aware_on="2026-03-01"), question())
SAID = {"read": "can't be read", "placed": "can't be placed", "filed": "not taken up"}
SCREENS = (("show", REF), ("list",), ("overdue",), ("next", REF), ("timeline", REF), ("history", REF))


def _judged(data: dict[str, Any]) -> dict[str, Any]:
    """What is said of a case, but for what is not taken up."""
    return {
        **data,
        "unreadable": [],
        "look_first": [one for one in data["look_first"] if one["kind"] != "unreadable"],
    }


def _on_one_line(screen: Screen | Answer) -> str:
    return " ".join((screen.out + screen.err).split())


@pytest.mark.parametrize("plant", STRANGE)
def test_every_screen_says_that_there_is_something_it_cant_take_up(plant: Plant, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", CASE)
    before = run(folder, "show", REF, "--json").data
    late = run(folder, "overdue", "--json").data
    change(folder, plant(CASE, REF))
    after = run(folder, "show", REF, "--json").data
    assert after["unreadable"] != []
    assert after["look_first"] != before["look_first"]
    assert _judged(after) == _judged(before)
    assert run(folder, "overdue", "--json").data == late
    for words in SCREENS:
        screen = ask(folder.root, *words)
        assert SAID[STRANGE[plant]] in _on_one_line(screen), words
        assert CANARY not in screen.out + screen.err
        assert max(map(len, screen.out.splitlines())) <= 80


@pytest.mark.parametrize("plant", [one for one, how in STRANGE.items() if how != "filed"])
def test_one_record_that_is_not_taken_up_is_asked_for(plant: Plant, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", CASE)
    change(folder, plant(CASE, REF))
    item = run(folder, "show", REF, "--json").data["unreadable"][0]
    screen = run(folder, "show", REF, "--record", item["id"])
    own = item["id"] in {record.id for record in CASE.records}
    assert screen.code == (0 if own else 2)
    assert own or "This record can't be " in screen.err


@pytest.mark.parametrize("plant", BESIDE)
@pytest.mark.parametrize("cases", [(), (CASE,)], ids=["no case", "a case"])
def test_what_is_no_case_s_is_said_by_the_lists(plant: Plant, cases: tuple[Case, ...], tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", *cases)
    listed, late = run(folder, "list", "--json").data, run(folder, "overdue", "--json").data
    change(folder, plant(CASE, REF))
    for words in (("list",), ("list", "--closed"), ("overdue",), ("list", "--json"), ("overdue", "--json")):
        screen = run(folder, *words)
        assert any(said in _on_one_line(screen) for said in SAID.values()), words
    assert (run(folder, "list", "--json").data, run(folder, "overdue", "--json").data) == (listed, late)


def test_a_repository_in_the_place_of_a_record_takes_nothing_away(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", CASE)
    before = run(folder, "show", REF, "--json").data
    head = git(folder, "rev-parse", "main")
    path = f"2026/{REF}/2026-03-09-090000Z-note-a123456789.yaml"
    tree = git(folder, "ls-tree", "-r", "main")
    git(folder, "read-tree", "main")
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{head},{path}")
    made = git(folder, "commit-tree", git(folder, "write-tree"), "-p", "main", "-m", "A step")
    git(folder, "update-ref", "refs/heads/main", made)
    assert path not in tree
    assert _judged(run(folder, "show", REF, "--json").data) == _judged(before)
    assert "not taken up" in _on_one_line(run(folder, "overdue"))
