"""`sptool overdue`: what is late, what is not, and what can't wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from sptool.records.case import Case
from tests.cli.fictional import hardly_begun, in_full_course
from tests.cli.folders import REF, REFS, assert_fits, make_folder, run
from tests.cli.golden import assert_golden
from tests.making import (
    GROUND_ONE,
    action,
    answers,
    asked_agencies,
    case_of,
    closed,
    decision,
    met,
    new_referral,
    nomination,
    notified,
    panel_replied,
    review_decision,
    submitted,
)

FIELDS = ["case", "deadline", "title", "due", "working_days_late", "owner", "force", "source", "command"]
# The local authority was aware on Monday 2 March 2026: the fifth working day is Monday 9 March.
REFERRED = new_referral("2026-03-02", la_aware_on="2026-03-02", lead_officer="officer-one")


def by_id(data: list[dict[str, object]]) -> dict[str, dict[str, object]]:
    return {str(one["deadline"]): one for one in data}


def test_a_late_case_is_shown_first_and_exits_with_1(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", in_full_course(), hardly_begun())
    screen = run(folder, "overdue", today="2026-04-01")
    assert screen.code == 1
    assert_golden("overdue-late", screen)


def test_due_today_is_not_late_and_exits_with_0(tmp_path: Path) -> None:
    screen = run(make_folder(tmp_path / "c", case_of(REFERRED)), "overdue", today="2026-03-09")
    assert screen.code == 0
    assert "Due today (2)" in screen.out
    assert "Late" not in screen.out


def test_on_the_saturday_after_its_last_day_a_deadline_is_late(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(new_referral("2026-03-02", la_aware_on="2026-02-27")))
    assert run(folder, "overdue", today="2026-03-06").code == 0
    saturday = run(folder, "overdue", "--json", today="2026-03-07")
    assert saturday.code == 1
    assert by_id(saturday.data)["notify"]["working_days_late"] == 1


def test_programs_get_exactly_the_fields_promised(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(REFERRED))
    found = by_id(run(folder, "overdue", "--json", today="2026-03-11").data)
    assert list(found["notify"]) == FIELDS
    assert (found["notify"]["due"], found["notify"]["working_days_late"]) == ("2026-03-09", 2)
    assert found["notify"]["case"] == REF


@pytest.mark.parametrize(("today", "late"), [("2026-03-06", -1), ("2026-03-09", 0), ("2026-03-10", 1)])
def test_working_days_late_is_negative_before_the_day_and_0_on_it(tmp_path: Path, today: str, late: int) -> None:
    folder = make_folder(tmp_path / "c", case_of(REFERRED))
    assert by_id(run(folder, "overdue", "--json", today=today).data)["notify"]["working_days_late"] == late


def test_a_reminder_is_never_late(tmp_path: Path) -> None:
    case = case_of(new_referral(), decision("2026-03-04", outcome="another-area-notifies"))
    screen = run(make_folder(tmp_path / "c", case), "overdue", today="2026-06-01")
    assert screen.code == 0
    assert "Reminders (local, never late) (1)" in screen.out
    found = by_id(run(make_folder(tmp_path / "d", case), "overdue", "--json", today="2026-06-01").data)
    assert found["share-rationale"]["working_days_late"] == 0


def test_the_command_shown_is_the_one_that_can_be_typed_now(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(REFERRED), case_of(REFERRED, decision("2026-03-04")))
    found = run(folder, "overdue", "--json").data
    commands = {one["case"]: one["command"] for one in found if one["deadline"] == "notify"}
    assert commands == {REF: f"sptool decide {REF}", REFS[1]: f"sptool notify {REFS[1]}"}


def test_nothing_due_is_said_kindly(tmp_path: Path) -> None:
    screen = run(make_folder(tmp_path / "c"), "overdue")
    assert (screen.code, screen.out.splitlines()[-1]) == (0, "Nothing is due in the next 5 working days.")
    assert run(make_folder(tmp_path / "d"), "overdue", "--within", "1").out.endswith("in the next 1 working day.\n")
    assert run(make_folder(tmp_path / "e"), "overdue", "--late-only").out.endswith("Nothing is late.\n")


def test_within_looks_so_many_working_days_ahead(tmp_path: Path) -> None:
    # Submission is due 15 working days after Thursday 5 March: on Thursday 26 March.
    folder = make_folder(tmp_path / "c", case_of(new_referral(), decision(), notified("2026-03-05")))
    assert "rapid review to the Panel" not in run(folder, "overdue", "--within", "14", today="2026-03-05").out
    assert "rapid review to the Panel" in run(folder, "overdue", "--within", "15", today="2026-03-05").out


def test_late_only_leaves_out_what_is_not_late(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", case_of(REFERRED, asked_agencies("2026-03-06", "school")))
    screen = run(folder, "overdue", "--late-only", today="2026-03-11")
    assert "Notify the Panel" in screen.out
    assert "Reminders" not in screen.out


@pytest.mark.parametrize("owner", ["Local Auth", "officer-one"])
def test_an_owner_is_found_by_words_or_as_lead_officer(tmp_path: Path, owner: str) -> None:
    other = case_of(new_referral(), decision(), asked_agencies("2026-03-06", "school"), notified())
    folder = make_folder(tmp_path / "c", case_of(REFERRED), other)
    found = run(folder, "overdue", "--owner", owner, "--json").data
    assert {one["case"] for one in found if one["deadline"] == "notify"} == {REF}
    assert all(one["deadline"] not in ("returns", "rapid-review") for one in found)


def test_an_agency_is_found_by_its_request_or_as_owner(tmp_path: Path) -> None:
    asked = case_of(new_referral(), decision(), asked_agencies("2026-03-06", "school", "police"))
    folder = make_folder(tmp_path / "c", asked)
    school = run(folder, "overdue", "--agency", "school", "--json").data
    assert [one["title"] for one in school] == ["Agency return is awaited: School or nursery"]
    authority = by_id(run(folder, "overdue", "--agency", "local-authority", "--json").data)
    assert set(authority) == {"notify", "tell-partners"}


def test_an_unknown_agency_is_refused_with_the_nearest(tmp_path: Path) -> None:
    screen = run(make_folder(tmp_path / "c"), "overdue", "--agency", "shcool")
    assert screen.code == 2
    assert "Did you mean `school`?" in screen.err
    assert screen.out == ""


def test_an_action_past_its_own_date_is_late(tmp_path: Path) -> None:
    case = case_of(new_referral(), decision("2026-03-04", outcome="another-area-notifies"), action(due_on="2026-04-30"))
    screen = run(make_folder(tmp_path / "c", case), "overdue", today="2026-05-01")
    assert screen.code == 1
    assert "1 working day late, was due Thu 30 Apr 2026" in screen.out


def _loud(tmp_path: Path, case: Case, today: str = "2026-03-10") -> str:
    screen = run(make_folder(tmp_path / "c", case), "overdue", today=today)
    assert_fits(screen)
    before, _, after = screen.out.partition("LOOK AT THESE FIRST")
    assert "Late" not in before
    return " ".join(after.split())


def test_a_child_at_risk_leads_everything(tmp_path: Path) -> None:
    text = _loud(tmp_path, case_of(new_referral(at_risk_now="yes", la_aware_on="unknown")))
    assert text.index("A child is at risk now") < text.index("Clock unknown")


def test_an_unknown_clock_is_loud_and_has_no_date_for_programs(tmp_path: Path) -> None:
    case = case_of(new_referral(la_aware_on="unknown"))
    assert "Clock unknown" in _loud(tmp_path, case)
    found = by_id(run(make_folder(tmp_path / "d", case), "overdue", "--json").data)
    assert (found["notify"]["due"], found["notify"]["working_days_late"]) == (None, None)
    assert found["notify"]["command"] == f"sptool update {REF}"


def test_conflicting_records_are_loud(tmp_path: Path) -> None:
    first = new_referral()
    one = decision("2026-03-04").model_copy(update={"after": (first.id,)})
    other = decision("2026-03-04", outcome="do-not-notify", criteria=[answers()], then="nothing-further")
    case = Case.of(REF, [first, one, other.model_copy(update={"after": (first.id,)})])
    text = _loud(tmp_path, case)
    assert "Conflicting records: notification decision" in text
    assert f"sptool resolve {REF}" in text


def test_a_decision_in_conflict_is_settled_before_its_deadline_is_met(tmp_path: Path) -> None:
    first = new_referral()
    one = decision("2026-03-04").model_copy(update={"after": (first.id,)})
    other = decision("2026-03-04", outcome="do-not-notify", criteria=[answers()], then="nothing-further")
    case = Case.of(REF, [first, one, other.model_copy(update={"after": (first.id,)})])
    found = by_id(run(make_folder(tmp_path / "c", case), "overdue", "--json").data)
    assert found["decide"]["command"] == f"sptool resolve {REF}"


def test_a_duty_not_followed_is_loud(tmp_path: Path) -> None:
    why = {"authorised_by": "Director", "reason": "It was thought to be an accident."}
    case = case_of(new_referral(), decision(outcome="do-not-notify", duty_not_followed=why, then="nothing-further"))
    assert "Duty not followed" in _loud(tmp_path, case)


def test_a_nomination_that_meets_a_ground_is_loud(tmp_path: Path) -> None:
    text = _loud(tmp_path, case_of(nomination(criteria=[answers(*GROUND_ONE)])))
    assert f"sptool new-referral --nomination {REF}" in text


def test_a_panel_that_disagrees_is_loud(tmp_path: Path) -> None:
    reviewed = (new_referral(), decision(), notified(), met(), review_decision(), submitted())
    assert "The Panel disagrees" in _loud(tmp_path, case_of(*reviewed, panel_replied(position="disagrees")))


def test_a_closed_case_is_quiet(tmp_path: Path) -> None:
    screen = run(make_folder(tmp_path / "c", case_of(new_referral(at_risk_now="no"), closed())), "overdue")
    assert (screen.code, screen.out.splitlines()[-1]) == (0, "Nothing is due in the next 5 working days.")


def test_a_child_at_risk_is_loud_even_in_a_closed_case(tmp_path: Path) -> None:
    screen = run(make_folder(tmp_path / "c", case_of(new_referral(at_risk_now="yes"), closed())), "overdue")
    assert "A child is at risk now" in screen.out


def test_a_damaged_record_is_loud_and_its_text_is_not_shown(tmp_path: Path) -> None:
    damaged = {f"2026/{REF}/2026-03-05-090000Z-note-k9c3jw0e5v.yaml": b"record: note/1\nsecret: [Pretend Person\n"}
    folder = make_folder(tmp_path / "c", case_of(REFERRED), files=damaged)
    screen = run(folder, "overdue")
    assert "A record can't be read: k9c3jw0e5v." in screen.out
    assert "Pretend Person" not in screen.out + screen.err
    assert_fits(screen)


def test_no_filter_hides_what_can_not_wait(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", hardly_begun())
    for words in (("--owner", "nobody"), ("--agency", "school"), ("--late-only",)):
        assert "A child is at risk now" in run(folder, "overdue", *words).out
    assert "A child is at risk now" in run(folder, "overdue", "--json").err
