"""Which decisions need another look, and what is new since a decision."""

from __future__ import annotations

import pytest

from sptool.records.case import Case
from sptool.records.header import Record
from sptool.workflow.another_look import new_since, suspects
from tests.making import (
    added,
    asked_agencies,
    case_of,
    chased,
    confirmed,
    correction,
    decision,
    met,
    new_referral,
    note,
    notified,
    question,
    reconsideration,
    reply,
    resolution,
    returned,
    review_decision,
    update,
    with_past,
    withdrawal,
)

REFERRAL = new_referral()
DECISION = decision()
DECIDED = case_of(REFERRAL, DECISION)
CORRECTED = correction(REFERRAL, summary="Child A came to serious harm.")


def because(case: Case) -> dict[str, tuple[str, ...]]:
    return {suspect.decision.id: suspect.because for suspect in suspects(case)}


def test_a_decision_is_fine_while_what_it_relied_on_stands() -> None:
    assert suspects(DECIDED) == ()


def test_a_correction_of_what_was_relied_on_makes_it_need_another_look() -> None:
    assert because(added(DECIDED, CORRECTED)) == {DECISION.id: (CORRECTED.id,)}


def test_a_withdrawal_of_what_was_relied_on_makes_it_need_another_look() -> None:
    gone = withdrawal(REFERRAL)
    assert because(added(DECIDED, gone)) == {DECISION.id: (gone.id,)}


def test_a_correction_that_was_known_when_it_was_decided_does_not() -> None:
    assert suspects(case_of(REFERRAL, CORRECTED, DECISION)) == ()


def test_a_correction_of_something_recorded_after_the_decision_does_not() -> None:
    later = update()
    assert suspects(added(DECIDED, later, correction(later, what="Something else is known."))) == ()


def test_a_correction_of_a_correction_still_reaches_what_was_relied_on() -> None:
    again = correction(CORRECTED, summary="Child A came to serious harm at home.")
    assert because(added(DECIDED, CORRECTED, again)) == {DECISION.id: (CORRECTED.id, again.id)}


def test_a_correction_on_another_branch_was_not_known_either() -> None:
    """The officer who decided could not know of it, whatever the clocks say."""
    referral = REFERRAL
    elsewhere = with_past(CORRECTED, referral)
    decided = with_past(DECISION, referral)
    earlier = elsewhere.model_copy(update={"recorded_at": referral.recorded_at})
    assert because(case_of(referral, earlier, decided)) == {DECISION.id: (CORRECTED.id,)}


def test_new_information_is_no_mistake() -> None:
    assert suspects(added(DECIDED, update(children=[{"id": "child-b", "outcome": "died"}]))) == ()


def test_a_reconsideration_with_the_correction_in_its_past_settles_it() -> None:
    again = reconsideration(DECISION, outcome="do-not-notify")
    assert suspects(added(DECIDED, CORRECTED, again)) == ()


def test_a_reconsideration_that_could_not_know_the_correction_needs_another_look_itself() -> None:
    again = reconsideration(DECISION, outcome="do-not-notify")
    assert because(added(DECIDED, again, CORRECTED)) == {again.id: (CORRECTED.id,)}


def test_a_confirmation_settles_what_it_knew_and_no_more() -> None:
    case = added(DECIDED, CORRECTED, confirmed(DECISION))
    assert suspects(case) == ()
    again = correction(CORRECTED, summary="Child A came to harm at home.")
    assert because(added(case, again)) == {DECISION.id: (again.id,)}


def test_a_confirmation_of_another_decision_settles_nothing() -> None:
    later = review_decision()
    case = added(DECIDED, notified(), met(), later, CORRECTED, confirmed(later))
    assert because(case) == {DECISION.id: (CORRECTED.id,)}


def test_a_confirmation_names_the_decision_or_its_correction() -> None:
    own = correction(DECISION, dissent="The police disagreed.")
    assert because(added(DECIDED, own, CORRECTED)) == {own.id: (CORRECTED.id,)}
    for named in (DECISION, own):
        assert suspects(added(DECIDED, own, CORRECTED, confirmed(named))) == ()


def test_a_withdrawn_confirmation_settles_nothing() -> None:
    word = confirmed(DECISION)
    assert because(added(DECIDED, CORRECTED, word, withdrawal(word))) == {DECISION.id: (CORRECTED.id,)}


def test_correcting_the_decisions_own_record_is_not_thinking_again() -> None:
    own = correction(DECISION, "2026-04-02", dissent="The police disagreed.")
    assert because(added(DECIDED, CORRECTED, own)) == {own.id: (CORRECTED.id,)}


def test_every_decision_that_relied_on_it_needs_another_look() -> None:
    later = review_decision()
    assert because(added(DECIDED, notified(), met(), later, CORRECTED)).keys() == {DECISION.id, later.id}


@pytest.mark.parametrize("record", [chased("2026-03-03"), decision("2026-03-03", "do-not-notify")])
def test_some_corrections_change_no_fact(record: Record) -> None:
    later = review_decision()
    case = case_of(REFERRAL, asked_agencies("2026-03-02"), record, met(), later)
    assert later.id not in because(added(case, correction(record, track="child")))


@pytest.mark.parametrize("record", [note("2026-03-03"), returned("2026-03-03"), question("2026-03-03")])
def test_other_corrections_do(record: Record) -> None:
    right = correction(record)
    case = case_of(REFERRAL, asked_agencies("2026-03-02"), record, DECISION)
    assert because(added(case, right)) == {DECISION.id: (right.id,)}


def test_a_correction_that_was_set_aside_changes_nothing() -> None:
    base = case_of(REFERRAL, DECISION)
    one, other = CORRECTED, correction(REFERRAL, summary="Child A was harmed elsewhere.")
    tip = base.records[-1]
    forked = case_of(*base.records, with_past(one, tip), with_past(other, tip))
    case = added(forked, resolution(one, other))
    assert because(case) == {DECISION.id: (one.id,)}


def test_new_since_a_decision_are_updates_and_replies_recorded_later() -> None:
    asked, before, after = question(), update("2026-03-03"), update("2026-03-10")
    case = case_of(REFERRAL, asked, before, DECISION, reply(asked, "2026-03-09"), after, note("2026-03-10"))
    assert [record.kind for record in new_since(case, DECISION)] == ["clarification-reply", "update"]


def test_an_update_on_another_branch_is_new_and_a_correction_of_a_known_one_is_not() -> None:
    known = update("2026-03-03")
    case = case_of(REFERRAL, known, DECISION, correction(known, what="Put more exactly."))
    assert new_since(case, DECISION) == ()
    elsewhere = with_past(update("2026-03-03", what="Learned elsewhere."), REFERRAL)
    forked = case_of(REFERRAL, elsewhere, with_past(DECISION, REFERRAL))
    assert [record.id for record in new_since(forked, DECISION)] == [elsewhere.id]


def test_what_a_reconsideration_knew_is_new_no_more() -> None:
    again = reconsideration(DECISION, outcome="do-not-notify")
    case = added(DECIDED, update(), again)
    assert new_since(case, again) == ()
