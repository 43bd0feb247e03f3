"""How a case stands."""

from __future__ import annotations

from sptool.framework.models import Framework
from sptool.records.anytime import ConstraintLifted, LeadOfficer
from sptool.records.case import Case, is_on_hold
from sptool.workflow.state import (
    actions,
    agencies_to_ask,
    constraints,
    duty_not_followed,
    is_closed,
    is_with_the_group,
    lead_officer,
    not_proceeding,
    notified_on_ground_one,
    open_actions,
    open_questions,
    outstanding_requests,
    requests,
    review_goes_ahead,
    root_of,
    safety_is_confirmed,
    sent_to_group,
    shared_rationales,
    things_to_tell_leadership,
)
from tests.making import (
    action,
    action_update,
    asked_agencies,
    assured,
    case_of,
    closed,
    constraint,
    correction,
    day,
    decision,
    legal_hold,
    make,
    met,
    new_referral,
    nomination,
    notified,
    panel_replied,
    question,
    reconsideration,
    reopened,
    reply,
    returned,
    review_decision,
    shared,
    submitted,
    update,
    with_past,
    withdrawal,
)


def test_closed_and_reopened() -> None:
    assert not is_closed(case_of(new_referral()))
    assert is_closed(case_of(new_referral(), closed()))
    assert not is_closed(case_of(new_referral(), closed(), reopened()))


def test_a_legal_hold_holds_until_lifted() -> None:
    assert is_on_hold(case_of(legal_hold()))
    assert not is_on_hold(case_of(legal_hold(), legal_hold("2026-06-01", "lifted")))


def test_only_a_plain_no_confirms_safety_and_the_newest_answer_counts() -> None:
    assert safety_is_confirmed(case_of(new_referral(at_risk_now="no")))
    assert not safety_is_confirmed(case_of(new_referral(at_risk_now="not-known")))
    assert not safety_is_confirmed(case_of(new_referral(at_risk_now="no"), update(at_risk_now="yes")))


def test_the_lead_officer_is_the_newest_named() -> None:
    case = case_of(new_referral(lead_officer="officer-one"))
    assert lead_officer(case) == "officer-one"
    assert lead_officer(case_of(*case.records, make(LeadOfficer, "2026-03-05", officer="officer-two"))) == "officer-two"
    assert lead_officer(case_of(nomination())) is None


def test_a_question_is_open_until_its_own_reply_even_when_both_are_corrected() -> None:
    asked, other = question(), question(asked_of="police")
    right = correction(asked, question="Since when exactly?")
    case = case_of(new_referral(), asked, other, right, reply(right))
    assert [one.id for one in open_questions(case)] == [other.id]


def test_the_root_of_a_correction_is_the_original_and_of_a_reconsideration_itself() -> None:
    first = decision()
    corrected = correction(first, dissent="The police disagreed.")
    again = reconsideration(corrected, outcome="do-not-notify")
    case = case_of(new_referral(), first, corrected, again)
    assert root_of(case, corrected.id) == first.id
    assert root_of(case, again.id) == again.id
    assert root_of(case, "unknown000") == "unknown000"


def test_an_agency_asked_twice_answers_the_first_request_first() -> None:
    first, second = asked_agencies("2026-03-06", "police"), asked_agencies("2026-03-10", "police")
    case = case_of(first, second, returned("2026-03-12"))
    assert [request.answered_on for request in requests(case)] == [day("2026-03-12"), None]
    assert [request.key for request in outstanding_requests(case)] == [f"{second.id}:police"]
    assert requests(case)[0].answered_by == case.records[-1].id


def test_a_withdrawn_return_leaves_the_request_outstanding() -> None:
    wrong = returned()
    case = case_of(asked_agencies(), wrong, withdrawal(wrong))
    assert [request.agency for request in outstanding_requests(case)] == ["police"]


def test_ground_two_is_no_notification_on_ground_one() -> None:
    assert notified_on_ground_one(case_of(notified())) is not None
    assert notified_on_ground_one(case_of(notified(grounds=("two",)))) is None


def test_not_proceeding_is_the_decision_that_stands() -> None:
    first = decision()
    gone = reconsideration(first, outcome="notified-not-proceeding")
    assert not not_proceeding(case_of(first, notified()))
    assert not_proceeding(case_of(first, notified(), gone))


def test_who_has_the_case(framework: Framework) -> None:
    assert not is_with_the_group(case_of(new_referral(), decision()), framework)
    sent = review_decision(then="task-and-finish")
    found = sent_to_group(case_of(new_referral(), decision(), met(), sent), framework)
    assert found is not None
    assert found.id == sent.id
    assert is_with_the_group(case_of(nomination()), framework)


def test_a_local_review_goes_ahead_by_the_decision_that_stands() -> None:
    first = review_decision(outcome="lcspr")
    assert review_goes_ahead(case_of(met(), first))
    assert not review_goes_ahead(case_of(met(), first, reconsideration(first, outcome="no-lcspr")))


def test_the_rationale_of_a_reconsidered_decision_is_not_yet_shared() -> None:
    first = decision()
    case = case_of(new_referral(), first, shared())
    assert shared_rationales(case)
    assert not shared_rationales(case_of(*case.records, reconsideration(first, outcome="do-not-notify")))
    assert shared_rationales(case_of(*case.records, correction(first, dissent="One partner had no view.")))


def test_a_rationale_stays_shared_whatever_was_shared_beside_it_without_knowing_the_decision() -> None:
    first = decision()
    start = case_of(new_referral(), first)
    again = with_past(reconsideration(first, outcome="do-not-notify"), start.records[-1])
    told = with_past(shared("2026-04-02"), again)
    beside = with_past(shared("2026-04-03", name="beside"), start.records[-1])
    case = Case.of(start.ref, (*start.records, again, told, beside))
    assert [one.id for one in shared_rationales(case)] == [told.id]


def test_a_duty_not_followed_stays_marked() -> None:
    authorised = {"authorised_by": "Director", "reason": "The court asked for it."}
    assert duty_not_followed(case_of(decision(outcome="do-not-notify", duty_not_followed=authorised)))
    assert not duty_not_followed(case_of(decision()))


def test_the_leadership_group_is_told_of_meetings_and_replies() -> None:
    held, answered = met(), panel_replied()
    found = things_to_tell_leadership(case_of(new_referral(), held, submitted(), answered))
    assert [news.id for news in found] == [held.id, answered.id]


def test_an_action_is_done_only_once_assured() -> None:
    agreed = action()
    done = action_update(agreed, "2026-06-20", "complete-awaiting-evidence")
    waiting = actions(case_of(agreed, done))[0]
    assert (waiting.status, waiting.ended_on) == ("complete-awaiting-evidence", None)
    ended = actions(case_of(agreed, done, assured(agreed)))[0]
    assert (ended.status, ended.ended_on) == ("assured", day("2026-06-29"))
    assert not open_actions(case_of(agreed, assured(agreed)))


def test_constraints_hold_until_lifted() -> None:
    held = constraint()
    lifted = make(ConstraintLifted, "2026-04-09", constraint=held.id, lifted_by="Police")
    assert len(constraints(case_of(held))) == 1
    assert not constraints(case_of(held, lifted))


def test_scoping_suggests_the_agencies_of_the_day_and_those_that_know_the_family(framework: Framework) -> None:
    case = case_of(new_referral(agencies_known=["housing", "police"]))
    today, then = (agencies_to_ask(case, framework, day(on)) for on in ("2026-03-06", "2022-03-07"))
    assert "icb" in today
    assert "ccg" not in today
    assert "ccg" in then
    assert today.count("police") == 1
    assert today[-1] == "housing"
