"""The history of a case and what was known then, as rules: pure, and with no hindsight."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sptool.cli.decision.known_then import known_then_parts
from sptool.desk.as_data.history import known_then_data
from sptool.framework.calendar import england_calendar
from sptool.framework.models import Rule
from sptool.records.case import Case, UnreadRecord
from sptool.records.header import Record
from sptool.workflow.another_look import looks, suspects
from sptool.workflow.hindsight import KnownThen, decisions, known_later, known_then
from sptool.workflow.history import History, StepTaken
from sptool.workflow.standing import Standing
from sptool.workflow.state import root_of
from sptool.workflow.telling import everything
from sptool.working_days import Calendar
from tests import making
from tests.cli import looked_into as told
from tests.making import added

FRAMEWORK = making.shipped_framework()
CALENDAR = england_calendar(FRAMEWORK, "notify")
CASES: dict[str, Callable[[], Case]] = {
    "looked into": told.looked_into,
    "decided twice": told.decided_twice,
    "in conflict": told.in_conflict,
    "reviewed": told.reviewed,
}


def counted(rule: Rule) -> Calendar:
    del rule
    return CALENDAR


def history(case: Case, today: str = "2026-04-20") -> History:
    return History(Standing(case, FRAMEWORK, making.day(today), counted))


def step(case: Case, record: Record) -> StepTaken:
    return next(one for one in history(case).steps if one.record.id == record.id)


def sentences(case: Case, record: Record) -> str:
    return "\n".join(everything(step(case, record), FRAMEWORK, lambda day: day.isoformat()))


def then(case: Case, number: int = 0) -> KnownThen:
    return known_then(case, decisions(case)[number], FRAMEWORK, counted)


def first_part(case: Case, number: int = 0) -> str:
    """Everything that is shown of what was known then: the screen and the answer for other programs."""
    known = then(case, number)
    return json.dumps(known_then_data(known)) + "\n".join(line for one in known_then_parts(known) for line in one.lines)


def test_a_step_is_in_time_or_late_by_so_many_working_days_with_its_law() -> None:
    said = sentences(told.looked_into(), told.SENT)
    assert "1 WORKING DAY LATE: Notify the Panel (last day 2026-03-09; Children Act 2004, section 16C;" in said
    in_time = added(making.case_of(told.REFERRAL), making.decision(), making.notified("2026-03-05"))
    assert "In time, 2 working days before the last day: Notify" in sentences(in_time, in_time.records[-1])
    last_day = added(making.case_of(told.REFERRAL), making.decision(), making.notified("2026-03-09"))
    assert "In time, on the last day: Notify the Panel" in sentences(last_day, last_day.records[-1])


def test_a_deadline_without_a_known_day_0_is_neither_in_time_nor_late() -> None:
    case = making.case_of(making.new_referral(la_aware_on="unknown"), making.decision(), making.notified())
    assert "Whether in time can't be said" in sentences(case, case.records[-1])


def test_who_decided_where_partners_stood_and_dissent_are_told() -> None:
    said = sentences(told.looked_into(), told.DECISION)
    assert "Decided on 2026-03-04 by Assistant Director." in said
    assert "Police DISAGREES: Too soon." in said
    assert "Dissent: The police would have waited." in said


def test_a_correction_tells_field_by_field_what_was_and_is() -> None:
    changed = {one.field: (one.was, one.now) for one in step(told.looked_into(), told.CORRECTED).changed}
    assert changed == {
        "incident_on": ("unknown", "2026-02-26"),
        "summary": ("Child A came to harm.", "It was Child A's arm."),
    }


def test_new_information_names_the_decision_that_could_not_know_it() -> None:
    case = told.looked_into()
    assert [one.id for one in step(case, told.NEW).new_since] == [told.DECISION.id]
    assert step(case, told.QUESTION).new_since == ()


def test_new_information_says_nothing_of_a_decision_that_no_longer_stood() -> None:
    case = told.decided_twice()
    stands = [one.id for one in decisions(case) if one.replaces]
    assert [one.id for one in step(case, case.records[-1]).new_since] == stands


def test_another_look_is_told_with_how_it_ended() -> None:
    case = told.looked_into()
    assert "confirmed on 2026-03-16" in sentences(case, told.CORRECTED)
    assert "Ends the other look at the notification decision" in sentences(case, told.CONFIRMED)
    still_open = told.reviewed()
    shaking = next(one for one in still_open.records if one.replaces)
    assert "That look is still to be taken." in sentences(still_open, shaking)


def test_another_look_ends_with_a_decision_taken_afresh() -> None:
    case = told.reviewed()
    decided = case.latest(type(making.review_decision()))
    assert decided is not None
    afresh = added(case, making.reconsideration(decided, "2026-04-10"))
    assert [look.ended_by for look in looks(afresh)] == [afresh.records[-1]]


def ended(case: Case) -> dict[str, str]:
    """What ended the look at each decision, by the decision's id; empty while it is open."""
    return {look.decision.id: look.ended_by.id if look.ended_by else "" for look in looks(case)}


def test_a_confirmation_that_was_meant_for_another_decision_ends_no_look() -> None:
    referral, decided, later = making.new_referral(), making.decision(), making.review_decision()
    corrected, confirmed = making.correction(referral, "2026-03-31"), making.confirmed(decided)
    case = making.case_of(referral, decided, later, corrected, confirmed)
    assert ended(case) == {decided.id: confirmed.id, later.id: ""}
    case = added(case, meant := making.correction(confirmed, "2026-04-02", decision=later.id))
    assert ended(case) == {decided.id: "", later.id: meant.id}
    assert [one.decision.id for one in suspects(case)] == [decided.id]


@pytest.mark.parametrize("name", CASES)
def test_the_looks_still_open_are_those_that_the_case_waits_for(name: str) -> None:
    case = CASES[name]()
    still_open = {(look.decision.id, look.because.id) for look in looks(case) if look.ended_by is None}
    standing = {(root_of(case, one.decision.id), record) for one in suspects(case) for record in one.because}
    assert still_open == standing


def test_a_conflict_is_told_on_both_sides_and_how_it_was_settled() -> None:
    case = told.decided_twice()
    pair = case.records[1:3]
    assert all("CONFLICTED with the notification decision" in sentences(case, record) for record in pair)
    said = "\n".join(sentences(case, record) for record in pair)
    assert said.count("This case already has a notification decision.") == 2
    assert "this one stands" in said
    assert "this one was set aside" in said
    assert "Settles a conflict" in sentences(case, case.records[3])
    assert "Not settled yet." in sentences(told.in_conflict(), pair[0])


def test_a_withdrawal_and_what_it_took_out_name_each_other() -> None:
    case = told.looked_into()
    assert f"Withdraws the note ({told.WRONG.id})." in sentences(case, told.WITHDRAWN)
    assert f"Withdrawn by record {told.WITHDRAWN.id}." in sentences(case, told.WRONG)


def test_what_was_known_is_exactly_what_the_decider_had() -> None:
    case = told.looked_into()
    known = then(case)
    assert [one.id for one in known.case.records] == [told.REFERRAL.id, told.QUESTION.id]
    assert known.case.facts.incident_on == "unknown"
    assert {"When did the incident happen?", "Is there media interest?"} <= set(known.facts_unknown)
    assert "Child A: Is or was the child looked after by a local authority?" in known.facts_unknown
    assert "Who else is in the family?" in known.facts_unanswered
    assert [one.id for one in known.questions_open] == [told.QUESTION.id]


def test_the_criteria_stand_in_the_words_of_the_edition_answered_or_not() -> None:
    known = then(told.looked_into())
    assert [one.criterion.wording for one in known.criteria] == [one.wording for one in FRAMEWORK.criteria.notification]
    assert {one.answer for one in known.criteria} == {"met", "not-met"}


def test_deadlines_stand_as_they_stood() -> None:
    notify = next(one for one in then(told.looked_into()).standing.deadlines if one.id == "notify")
    assert (notify.state, notify.due_on) == ("open", making.day("2026-03-09"))


def test_what_is_dated_after_the_day_of_the_decision_is_marked() -> None:
    early = making.decision("2026-03-04", recorded_at="2026-03-20T09:00:00Z")
    case = making.case_of(told.REFERRAL, making.update("2026-03-10"), making.note("2026-03-03"), early)
    assert [one.kind for one in then(case).dated_after] == ["update"]
    assert "DATED AFTER the day of the decision" in first_part(case)


def test_what_became_known_later_is_kept_apart_by_kind() -> None:
    case = told.looked_into()
    later = known_later(case, decisions(case)[0])
    assert [one.id for one in later.put_right] == [told.CORRECTED.id]
    assert {told.NEW.id, told.REPLY.id, told.SENT.id} <= {one.id for one in later.others}
    assert later.side_by_side == ()
    twice = told.decided_twice()
    assert [one.id for one in known_later(twice, decisions(twice)[0]).side_by_side] == [twice.records[2].id]


def test_a_correction_of_the_decision_itself_is_later_and_changes_nothing_before() -> None:
    case = told.looked_into()
    before = first_part(case)
    mended = added(case, making.correction(told.DECISION, "2026-04-01", rationale="Better spelt."))
    assert first_part(mended) == before
    assert len(decisions(mended)) == len(decisions(case))
    assert [one.id for one in known_later(mended, decisions(mended)[0]).own_corrections] == [mended.records[-1].id]


def test_what_can_not_be_read_is_counted_on_its_own_side() -> None:
    hidden = UnreadRecord("zzzzzzzzzz", "2026/x", "of an unknown kind", (told.REFERRAL.id,))
    case = told.looked_into()
    beside = Case(case.ref, case.records, (hidden,))
    assert then(beside).unread == ()
    assert known_later(beside, decisions(beside)[0]).unread == ("zzzzzzzzzz",)
    assert first_part(beside) == first_part(case)
    before = Case.of(case.ref, [told.REFERRAL, making.with_past(told.DECISION, told.REFERRAL)])
    knowing = before.records[-1].model_copy(update={"after": ("zzzzzzzzzz",)})
    assert then(Case.of(case.ref, [told.REFERRAL, knowing], [hidden])).unread == ("zzzzzzzzzz",)


LATER: tuple[Callable[[Case], Record], ...] = (
    lambda _: making.update("2026-04-02", incident_on="2026-02-20", at_risk_now="yes", what="All is clear now."),
    lambda _: making.note("2026-03-03", text="Written long after, dated before."),
    lambda case: making.correction(case.records[0], "2026-04-03", la_aware_on="2026-02-02", summary="Otherwise."),
    lambda case: making.withdrawal(case.records[1], "2026-04-04"),
    lambda _: making.reconsideration(told.DECISION, "2026-04-05", outcome="do-not-notify"),
    lambda _: making.correction(told.DECISION, "2026-04-06", rationale="Mended."),
    lambda case: making.reply(case.records[1], "2026-03-03", incident_on="2026-02-21"),
    lambda _: making.notified("2026-03-05", recorded_at="2026-04-07T09:00:00Z"),
    lambda case: making.resolution(case.records[0], case.records[1], "2026-04-08"),
    lambda _: making.legal_hold("2026-04-09"),
)


@given(st.lists(st.sampled_from(range(len(LATER))), max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_nothing_that_is_recorded_later_changes_what_was_known_then(chosen: list[int], beside: list[bool]) -> None:
    """Byte for byte, on the screen and for other programs: later records, on top of the decision or beside it."""
    case = Case.of(told.looked_into().ref, told.looked_into().records[:3])
    before = first_part(case)
    for number, apart in zip(chosen, beside, strict=False):
        record = LATER[number](case)
        if record.id not in case.by_id:
            heads = (case.records[0].id,) if apart else case.heads
            case = case.with_record(record.model_copy(update={"after": heads}))
    assert first_part(case) == before
