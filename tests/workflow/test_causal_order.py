"""Who knew what when they wrote, and how corrections stand. Any order of the records gives the same case."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sptool.records.case import Case
from sptool.records.header import Record
from sptool.workflow.another_look import suspects
from tests.making import (
    REF,
    case_of,
    correction,
    decision,
    id_of,
    new_referral,
    note,
    notified,
    question,
    reply,
    shared,
    update,
    with_past,
)
from tests.workflow.conftest import DeadlinesOf

REFERRAL = new_referral()
QUESTION = question()
STEPS: tuple[Record, ...] = (
    QUESTION,
    reply(QUESTION, la_aware_on="2026-03-03"),
    update(la_aware_on="2026-03-04"),
    correction(REFERRAL, la_aware_on="2026-03-05"),
    decision(),
    notified(),
    shared(),
    note(),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Record, ...]:
    records: list[Record] = [REFERRAL]
    for step in draw(st.permutations(STEPS)):
        earlier = draw(st.lists(st.sampled_from(records), unique_by=lambda record: record.id, min_size=1, max_size=3))
        records.append(with_past(step, *earlier))
    return tuple(records)


@given(histories(), st.randoms(use_true_random=False))
def test_any_order_of_the_records_gives_the_same_case(records: tuple[Record, ...], random: Random) -> None:
    mixed = list(records)
    random.shuffle(mixed)
    one, other = Case.of(REF, records), Case.of(REF, mixed)
    assert one.records == other.records
    assert one.standing == other.standing
    assert suspects(one) == suspects(other)


@given(st.lists(st.lists(st.integers(0, 7), max_size=3), min_size=1, max_size=8))
def test_nothing_is_left_out_and_what_can_be_placed_is_placed(named: list[list[int]]) -> None:
    """Whatever records name as what was before them: only those that lead back to themselves have no place."""
    ids = [id_of(str(number)) for number in range(8)]
    records = [
        note(name=str(number)).model_copy(update={"id": ids[number], "after": tuple(ids[other] for other in others)})
        for number, others in enumerate(named)
    ]
    case = Case.of(REF, records)
    leading = _led_to(named)
    assert {item.id for item in case.unread} == {ids[number] for number in leading if number in leading[number]}
    assert {record.id for record in case.records} == {ids[n] for n in leading if n not in leading[n]}
    assert case.pasts.keys() == set(ids[: len(named)])
    place = {record.id: number for number, record in enumerate(case.records)}
    for record in case.records:
        assert all(place[earlier] < place[record.id] for earlier in case.pasts[record.id] & place.keys())
        assert set(record.after) & place.keys() <= case.pasts[record.id]


def _led_to(named: list[list[int]]) -> dict[int, set[int]]:
    """To which each leads, over however many others."""
    found = {number: {other for other in others if other < len(named)} for number, others in enumerate(named)}
    for _ in named:
        for number in found:
            found[number] |= {further for other in found[number] for further in found[other]}
    return found


@given(histories())
def test_every_record_comes_after_all_that_its_writer_knew(records: tuple[Record, ...]) -> None:
    case = Case.of(REF, records)
    place = {record.id: number for number, record in enumerate(case.records)}
    for record in case.records:
        assert all(place[earlier] < place[record.id] for earlier in case.pasts[record.id])
        assert set(record.after) <= case.pasts[record.id]
        assert case.known_to(record.id).by_id.keys() == case.pasts[record.id]


@settings(deadline=None)  # the first of them counts the bank holidays of many years
@given(histories(), st.randoms(use_true_random=False))
def test_deadlines_do_not_depend_on_the_order_of_the_files(
    of: DeadlinesOf, records: tuple[Record, ...], random: Random
) -> None:
    mixed = list(records)
    random.shuffle(mixed)
    assert of(Case.of(REF, records)) == of(Case.of(REF, mixed))


def test_what_was_recorded_late_stands_where_it_was_known_and_not_where_it_happened() -> None:
    case = case_of(REFERRAL, update("2026-03-20"), note("2026-03-02"))
    assert [record.kind for record in case.records] == ["referral", "update", "note"]


def test_a_correction_stands_at_the_originals_place_for_facts() -> None:
    """What was learned after the original still counts after its correction."""
    case = case_of(REFERRAL, update(la_aware_on="2026-03-04"), correction(REFERRAL, la_aware_on="2026-03-05"))
    assert str(case.facts.la_aware_on) == "2026-03-04"
    assert [record.kind for record in case.standing] == ["referral", "update"]
    assert case.standing[0].replaces is not None


def test_the_writer_of_a_decision_had_exactly_what_came_before(of: DeadlinesOf) -> None:
    decided = decision()
    case = case_of(REFERRAL, QUESTION, decided, notified())
    then = case.known_to(decided.id)
    assert [record.kind for record in then.records] == ["referral", "clarification-question"]
    assert of(then)["notify"].state == "open"
