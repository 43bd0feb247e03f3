"""`sptool timeline`, `next` and `explain`: what happened, what comes next, and why it is due when it is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sptool.store.folder import CaseFolder
from tests.cli.fictional import CORRECTED, REFERRAL, hardly_begun, in_full_course
from tests.cli.folders import REF, REFS, make_folder, run
from tests.making import asked_agencies, case_of, closed, decision, new_referral, notified, update

TODAY = "2026-03-16"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    return make_folder(tmp_path_factory.mktemp("course") / "c", in_full_course(), hardly_begun())


def events(folder: CaseFolder, **wanted: object) -> list[Any]:
    found = run(folder, "timeline", REF, "--json", today=TODAY).data["events"]
    return [one for one in found if all(one[name] == value for name, value in wanted.items())]


def test_the_timeline_goes_by_what_happened_not_by_what_was_recorded(folder: CaseFolder) -> None:
    days = [one["on"] for one in events(folder)]
    assert days == sorted(days)
    decided = events(folder, what="notification decision: notify")[0]
    assert (decided["on"], decided["recorded_at"], decided["days_later"]) == ("2026-03-04", "2026-03-09T10:30:00Z", 5)


@pytest.mark.parametrize(("recorded", "late"), [(4, False), (5, True)])
def test_more_than_two_days_after_is_written_up_late(tmp_path: Path, recorded: int, late: bool) -> None:
    moment = datetime(2026, 3, recorded, 9, 0, tzinfo=UTC)
    written = update("2026-03-02", recorded_at=moment)
    folder = make_folder(tmp_path / "c", case_of(new_referral(), written))
    assert events(folder, record=written.id)[0]["written_up_late"] is late
    assert ("WRITTEN UP LATE" in run(folder, "timeline", REF).out) is late


def test_a_fact_names_the_first_record_that_said_so(folder: CaseFolder) -> None:
    said = {one["what"]: one["record"] for one in events(folder, kind="fact")}
    assert said["the incident"] == REFERRAL.id
    assert said["the local authority became aware: the clock starts"] == CORRECTED.id


def test_a_missed_deadline_stands_on_its_day_and_on_the_day_it_was_met(folder: CaseFolder) -> None:
    found = [(one["on"], one["what"]) for one in events(folder, kind="deadline") if "Notify" in one["what"]]
    assert found == [
        ("2026-03-06", "MISSED: this was the last day for: Notify the Panel"),
        ("2026-03-10", "met 2 working days late: Notify the Panel"),
    ]


def test_a_stopped_deadline_is_not_shown_as_met(tmp_path: Path) -> None:
    case = case_of(new_referral(), closed("2026-03-05"))
    found = [one["what"] for one in events(make_folder(tmp_path / "c", case), kind="deadline")]
    assert "stopped, not met: Notify the Panel: the case was closed" in found
    assert not any(what.startswith("met") for what in found)


def commands(folder: CaseFolder, ref: str = REF, today: str = TODAY) -> list[str]:
    return [one["command"] for one in run(folder, "next", ref, "--json", today=today).data]


def test_safety_comes_first_and_only_once(folder: CaseFolder) -> None:
    said = run(folder, "next", REFS[1]).out
    assert said.index("Immediate safety") < said.index("Decide whether to notify")
    assert "Confirm that every child is safe" not in said


def test_next_leads_with_what_is_late(tmp_path: Path) -> None:
    case = case_of(
        new_referral(), decision("2026-03-04"), notified("2026-03-05"), asked_agencies("2026-03-06", "school")
    )
    folder = make_folder(tmp_path / "c", case)
    # Rapid review: the thirteenth working day after Thursday 5 March is Tuesday 24 March.
    assert commands(folder, today="2026-03-24")[0] != f"sptool rapid-review {REF}"
    assert commands(folder, today="2026-03-25")[0] == f"sptool inform {REF} partners"
    assert commands(folder, today="2026-03-25")[1] == f"sptool rapid-review {REF}"


def test_next_hangs_the_deadline_on_its_step_and_names_no_command_twice(folder: CaseFolder) -> None:
    found = run(folder, "next", REF, "--json", today=TODAY).data
    due = {one["command"]: (one["deadline"], one["due"]) for one in found}
    assert due[f"sptool rapid-review {REF}"] == ("rapid-review", "2026-03-27")
    assert len(due) == len(found)


def test_a_closed_case_waits_for_nothing_but_reopening(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral(), closed()))
    assert commands(folder) == [f"sptool reopen {REF}"]
    assert run(folder, "next", REF).out == f"{REF} is closed. To open it again: sptool reopen {REF}\n"


def test_nothing_that_has_come_is_still_called_awaited(folder: CaseFolder) -> None:
    for command in ("timeline", "show"):
        lines = run(folder, command, REF, today=TODAY).out.splitlines()
        met = [line for line in lines if "met: " in line or ": met on" in line]
        assert met
        assert not [line for line in met if "awaited" in line]


def test_an_explanation_counts_or_skips_every_day(folder: CaseFolder) -> None:
    one = run(folder, "explain", REF, "notify", "--json", today=TODAY).data[0]
    assert [day["number"] for day in one["days"]] == [0, None, None, 1, 2, 3, 4, 5]
    assert one["days"][1]["why"] == "Saturday"
    assert (one["due"], one["state"], one["started_by"]) == ("2026-03-06", "met-late", CORRECTED.id)
    assert one["earlier_clocks"] == [f"Before that it counted from Monday 2 March 2026 (record {REFERRAL.id})."]


def test_several_of_one_id_are_all_explained_or_one_by_its_key(folder: CaseFolder) -> None:
    both = run(folder, "explain", REF, "returns", "--json").data
    assert [one["title"].rpartition(": ")[2] for one in both] == ["Metropolitan Police", "School or nursery"]
    one = run(folder, "explain", REF, "returns", "--key", "school", "--json").data
    assert [found["key"] for found in one] == [both[1]["key"]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nitify",), "Did you mean `notify`?"),
        (("publish",), "sptool framework explain publish"),
        (("returns", "--key", "nobody"), "The keys are: "),
    ],
)
def test_a_deadline_that_is_not_there_is_refused_with_those_that_are(
    folder: CaseFolder, words: tuple[str, ...], said: str
) -> None:
    screen = run(folder, "explain", REF, *words)
    assert (screen.code, screen.out) == (2, "")
    assert said in screen.err
