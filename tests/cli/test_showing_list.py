"""`sptool list`: which cases are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from sptool.store.folder import CaseFolder
from tests.cli.fictional import hardly_begun, in_full_course
from tests.cli.folders import REF, REFS, make_folder, run
from tests.making import case_of, closed, new_referral, outcome


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    done = case_of(new_referral("2026-03-03"), outcome(themes=["neglect"]), closed("2026-03-09"))
    return make_folder(tmp_path_factory.mktemp("list") / "c", in_full_course(), hardly_begun(), done)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ((), REFS[:2]),
        (("--closed",), REFS[2:3]),
        (("--all",), REFS[:3]),
        (("--stage", "rapid-review"), REFS[:1]),
        (("--stage", "Notification Dec"), REFS[1:2]),
        (("--agency", "school"), REFS[:1]),
        (("--theme", "neglect", "--all"), REFS[2:3]),
        (("--officer", "officer-one"), REFS[:1]),
        (("--year", "2025", "--all"), ()),
        (("--year", "2026", "--all"), REFS[:3]),
    ],
)
def test_only_the_cases_asked_for_are_listed(
    words: tuple[str, ...], shown: tuple[str, ...], folder: CaseFolder
) -> None:
    assert [one["case"] for one in run(folder, "list", *words, "--json").data] == list(shown)
    screen = run(folder, "list", *words)
    assert [ref for ref in REFS if f"\n{ref}" in screen.out] == list(shown)


def test_a_list_says_what_programs_need(folder: CaseFolder) -> None:
    found = run(folder, "list", "--json", today="2026-03-16").data[0]
    assert found["case"] == REF
    assert (found["stage"], found["next_deadline"], found["next_due"]) == ("rapid review", "rapid-review", "2026-03-27")
    assert found["agencies"] == ["hillingdon-hospital", "police", "school"]
    assert [one["kind"] for one in found["look_first"]] == ["needs-another-look"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stage", "nowhere"), "The stages are: "),
        (("--theme", "neglet"), "Did you mean `neglect`?"),
        (("--agency", "polise"), "Did you mean `police`?"),
        (("--officer", "nobody"), "Known: officer-one, officer-two."),
    ],
)
def test_what_nobody_knows_is_refused_with_what_there_is(words: tuple[str, ...], said: str, folder: CaseFolder) -> None:
    screen = run(folder, "list", *words)
    assert (screen.code, screen.out) == (2, "")
    assert said in screen.err


def test_an_empty_list_says_so(folder: CaseFolder, tmp_path: Path) -> None:
    assert "There is no open case like that." in run(folder, "list", "--year", "2020").out
    assert run(make_folder(tmp_path / "c"), "list").out.startswith("There are no open cases.")
    assert run(make_folder(tmp_path / "d"), "list", "--all", "--json").data == []


def test_a_case_of_which_nothing_can_be_read_is_still_listed(tmp_path: Path) -> None:
    files = {f"2026/{REF}/2026-03-05-090000Z-note-k9c3jw0e5v.yaml": b"record: telegram/1\n"}
    folder = make_folder(tmp_path / "c", files=files)
    assert [(one["case"], one["stage"]) for one in run(folder, "list", "--json").data] == [(REF, "not readable")]
    for words in (("show", REF), ("next", REF), ("timeline", REF), ("overdue",)):
        screen = run(folder, *words)
        assert screen.code == 0
        assert "k9c3jw0e5v" in screen.out
