"""Records written side by side that can't both stand: no clock, symmetric, the same in every copy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sptool.records.case import Case
from sptool.records.header import Record
from sptool.workflow.conflicts import OPPOSITE, SAME_REPLACED, Conflict, conflicts
from sptool.workflow.steps import RULES
from tests.making import (
    REF,
    added,
    asked_agencies,
    case_of,
    closed,
    correction,
    day,
    decision,
    new_referral,
    note,
    notified,
    question,
    reconsideration,
    reply,
    resolution,
    returned,
    shared,
    shipped_framework,
    standing,
    update,
    with_past,
    withdrawal,
)

FRAMEWORK = shipped_framework()
DECIDED = (new_referral(), decision())
REFERRAL, DECISION = case_of(*DECIDED).records


def found(case: Case) -> list[set[str]]:
    return [{one.first.id, one.second.id} for one in conflicts(case, FRAMEWORK, RULES)]


def contested(case: Case) -> frozenset[str]:
    return standing(case, FRAMEWORK, day("2026-03-20")).contested


def forked(base: tuple[Record, ...], *branches: tuple[Record, ...]) -> Case:
    """A case that went on in several copies at once, not yet brought together."""
    start = case_of(*base)
    records = list(start.records)
    for branch in branches:
        tip = start.records[-1]
        for record in branch:
            tip = with_past(record, tip)
            records.append(tip)
    return Case.of(REF, records)


ONE, OTHER = notified("2026-03-05", name="one"), notified("2026-03-06", name="other")
TWICE = forked(DECIDED, (ONE,), (OTHER,))


def test_a_case_written_in_one_go_has_no_conflicts() -> None:
    assert found(case_of(*DECIDED, notified(), shared(), note())) == []


def test_the_same_step_taken_twice_conflicts() -> None:
    assert found(TWICE) == [{ONE.id, OTHER.id}]
    assert contested(TWICE) == {ONE.id, OTHER.id}
    assert conflicts(TWICE, FRAMEWORK, RULES)[0].why == "The notification has already been recorded."


def test_steps_that_go_together_do_not_conflict() -> None:
    assert found(forked(DECIDED, (notified(),), (shared(), note()), (update(),))) == []


def test_a_step_conflicts_with_what_takes_away_its_ground() -> None:
    again = reconsideration(DECISION, outcome="do-not-notify")
    assert found(forked(DECIDED, (notified(),), (again,))) == [{notified().id, again.id}]
    gone = withdrawal(DECISION)
    assert found(forked(DECIDED, (notified(),), (gone,))) == [{notified().id, gone.id}]


def test_a_step_conflicts_with_closing_the_case() -> None:
    end = closed("2026-03-06")
    assert found(forked(DECIDED, (notified(),), (end,))) == [{notified().id, end.id}]


def test_two_replacements_of_one_record_conflict() -> None:
    one, other = correction(REFERRAL, summary="One reading."), correction(REFERRAL, summary="Another reading.")
    case = forked(DECIDED, (one,), (other,))
    assert found(case) == [{one.id, other.id}]
    assert conflicts(case, FRAMEWORK, RULES)[0].why == SAME_REPLACED
    gone = withdrawal(REFERRAL)
    assert {one.id, gone.id} in found(forked(DECIDED, (one,), (gone,)))


def test_replacements_of_different_records_do_not_conflict() -> None:
    one, other = correction(REFERRAL, summary="One reading."), correction(DECISION, dissent="Police disagreed.")
    assert found(forked(DECIDED, (one,), (other,))) == []


def test_two_answers_to_one_question_conflict_and_to_two_do_not() -> None:
    asked, other = question(), question(asked_of="police")
    base = (*DECIDED, asked)
    first, second = reply(asked, name="one"), reply(asked, name="two")
    assert found(forked(base, (first,), (second,))) == [{first.id, second.id}]
    assert found(forked((*base, other), (first,), (reply(other),))) == []


def test_two_returns_of_one_agency_conflict_when_it_was_asked_once() -> None:
    base = (*DECIDED, notified(), asked_agencies())
    first, second = returned(name="one"), returned(name="two")
    assert found(forked(base, (first,), (second,))) == [{first.id, second.id}]


def test_only_the_first_of_a_chain_is_in_the_way() -> None:
    """What was written after a conflicting record is not drawn in; settling the one is enough."""
    case = forked(DECIDED, (ONE, note("2026-03-07"), update("2026-03-08")), (OTHER, note("2026-03-09")))
    assert found(case) == [{ONE.id, OTHER.id}]


def test_what_had_already_happened_conflicts_only_where_it_would_contradict() -> None:
    again = reconsideration(DECISION, outcome="do-not-notify")
    true_fact = notified(out_of_order="It had already been sent when the case came to us.")
    assert found(forked(DECIDED, (true_fact,), (again,))) == []
    twice = notified("2026-03-06", out_of_order="It had already been sent when the case came to us.")
    assert found(forked(DECIDED, (true_fact,), (twice,))) == [{true_fact.id, twice.id}]


def test_a_resolution_that_names_both_settles_it() -> None:
    settled = added(TWICE, resolution(ONE, OTHER))
    assert found(settled) == []
    assert contested(settled) == frozenset()


def test_a_resolution_that_names_others_does_not() -> None:
    third = note()
    assert found(added(TWICE, third, resolution(REFERRAL, third))) == [{ONE.id, OTHER.id}]


def test_a_third_copy_still_conflicts_with_what_stands_but_not_with_what_was_set_aside() -> None:
    third = notified("2026-03-09", name="third")
    case = added(TWICE, resolution(ONE, OTHER)).with_record(with_past(third, DECISION))
    assert found(case) == [{ONE.id, third.id}]


def test_opposite_resolutions_conflict_and_agreeing_ones_do_not() -> None:
    this, that = resolution(ONE, OTHER), resolution(OTHER, ONE)
    heads = (TWICE.by_id[ONE.id], TWICE.by_id[OTHER.id])
    opposed = TWICE.with_record(with_past(this, *heads)).with_record(with_past(that, *heads))
    assert found(opposed) == [{this.id, that.id}]
    assert conflicts(opposed, FRAMEWORK, RULES)[0].why == OPPOSITE
    same = resolution(ONE, OTHER, "2026-04-02")
    assert found(TWICE.with_record(with_past(this, *heads)).with_record(with_past(same, *heads))) == []


def test_records_written_after_the_copies_were_brought_together_conflict_with_nothing() -> None:
    assert found(added(TWICE, note("2026-04-01"), update("2026-04-02"))) == [{ONE.id, OTHER.id}]


def test_a_kind_without_a_rule_conflicts_only_by_what_it_replaces() -> None:
    assert conflicts(TWICE, FRAMEWORK, {}) == ()


def test_the_pair_comes_in_the_order_of_the_case() -> None:
    conflict = conflicts(TWICE, FRAMEWORK, RULES)[0]
    assert conflict == Conflict(TWICE.by_id[ONE.id], TWICE.by_id[OTHER.id], conflict.why)


STEPS = (
    notified(name="a"),
    notified(name="b"),
    shared(name="a"),
    closed("2026-03-20"),
    update(name="a"),
    note(name="a"),
    reconsideration(DECISION, outcome="do-not-notify"),
    correction(REFERRAL, summary="Put more exactly."),
    withdrawal(DECISION),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Record, ...]:
    """A case that several copies went on with, each step written with knowledge of some earlier ones."""
    records: list[Record] = [REFERRAL, DECISION]
    for step in draw(st.lists(st.sampled_from(STEPS), unique_by=lambda record: record.id, max_size=6)):
        earlier = draw(st.lists(st.sampled_from(records[1:]), unique_by=lambda record: record.id, min_size=1))
        records.append(with_past(step, *earlier))
    return tuple(records)


@given(histories(), st.randoms(use_true_random=False))
def test_every_copy_finds_the_same_conflicts(records: tuple[Record, ...], random: Random) -> None:
    mixed = list(records)
    random.shuffle(mixed)
    assert conflicts(Case.of(REF, mixed), FRAMEWORK, RULES) == conflicts(Case.of(REF, records), FRAMEWORK, RULES)


@given(histories(), st.lists(st.integers(0, 10**6), min_size=8, max_size=8))
def test_no_clock_decides_what_conflicts(records: tuple[Record, ...], offsets: list[int]) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    moved = [
        record.model_copy(update={"recorded_at": start + timedelta(seconds=offset)})
        for record, offset in zip(records, offsets, strict=False)
    ]
    as_written, as_moved = (contested(Case.of(REF, each)) for each in (records, moved))
    assert as_written == as_moved


@given(histories())
def test_conflicting_records_never_knew_of_each_other(records: tuple[Record, ...]) -> None:
    case = Case.of(REF, records)
    for one in conflicts(case, FRAMEWORK, RULES):
        assert one.first.id not in case.pasts[one.second.id]
        assert one.second.id not in case.pasts[one.first.id]
