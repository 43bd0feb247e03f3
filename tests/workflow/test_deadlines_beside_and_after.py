"""The other deadlines of domain.md's table, each with days worked out by hand.

March 2026 for reference: Monday 2, 9, 16, 23, 30. Good Friday is 3 April 2026, Easter Monday 6 April.
"""

from __future__ import annotations

from tests.making import (
    GROUND_TWO,
    action,
    action_update,
    added,
    answers,
    asked_agencies,
    assured,
    case_of,
    correction,
    day,
    decision,
    met,
    new_referral,
    nomination,
    notified,
    outcome,
    panel_replied,
    published,
    question,
    reconsideration,
    reply,
    returned,
    review_decision,
    shared,
    submitted,
    told,
)
from tests.workflow.conftest import DeadlinesOf

TO_NOTIFIED = (new_referral(), decision(), notified())
TO_MEETING = (*TO_NOTIFIED, met())
TO_SUBMITTED = (*TO_MEETING, review_decision(), submitted())


def test_a_local_review_is_published_within_six_months_of_the_decision(of: DeadlinesOf) -> None:
    case = case_of(*TO_MEETING, review_decision("2026-03-24", "lcspr"), submitted())
    assert of(case)["publish"].due_on == day("2026-09-24")
    reasons = published("2026-09-25", "not-published", reasons="A trial is going on.")
    assert of(added(case, reasons))["publish"].state == "met-late"
    assert "publish" not in of(case_of(*TO_SUBMITTED))


def test_six_months_from_the_end_of_august_is_the_end_of_february(of: DeadlinesOf) -> None:
    case = case_of(*TO_MEETING, review_decision("2026-08-31", "lcspr"))
    assert of(case)["publish"].due_on == day("2027-02-28")


def test_publishing_counts_from_the_first_decision_for_a_review_unless_it_was_given_up_between(
    of: DeadlinesOf,
) -> None:
    first = review_decision("2026-03-24", "lcspr")
    again = reconsideration(first, "2026-04-24", rationale="Wider than first thought.")
    assert of(case_of(*TO_MEETING, first, again))["publish"].due_on == day("2026-09-24")
    given_up = reconsideration(first, "2026-04-24", outcome="no-lcspr")
    assert "publish" not in of(case_of(*TO_MEETING, first, given_up))
    taken_up = reconsideration(given_up, "2026-05-26", outcome="lcspr")
    assert of(case_of(*TO_MEETING, first, given_up, taken_up))["publish"].due_on == day("2026-11-26")


def test_meeting_criteria_does_not_oblige_a_review(of: DeadlinesOf) -> None:
    found = of(case_of(*TO_MEETING, review_decision(criteria={"improvements": "met"}, outcome="no-lcspr")))
    assert "publish" not in found


def test_an_action_has_its_own_date_even_on_a_sunday_and_can_be_late(of: DeadlinesOf) -> None:
    agreed = action("2026-04-15", "2026-06-28")
    due = of(case_of(new_referral(), agreed))["action"]
    assert (due.due_on, due.own_date, due.owner, due.agency) == (
        day("2026-06-28"),
        True,
        "Head of Service",
        "local-authority",
    )
    assert due.title == "Carry out the action: Write down who calls whom."
    assert due.is_late(day("2026-06-29"))


def test_an_action_is_met_once_assured_or_not_implemented_and_not_when_complete(of: DeadlinesOf) -> None:
    agreed = action("2026-04-15", "2026-06-30")
    done = action_update(agreed, "2026-06-20", "complete-awaiting-evidence")
    assert of(case_of(agreed, done))["action"].state == "open"
    assert of(case_of(agreed, done, assured(agreed, "2026-06-29")))["action"].met_on == day("2026-06-29")
    given_up = action_update(agreed, "2026-07-01", "not-implemented", reason="The service has ended.")
    assert of(case_of(agreed, given_up))["action"].state == "met-late"


def test_a_new_date_moves_an_action_even_when_the_action_was_corrected_twice(of: DeadlinesOf) -> None:
    agreed = action("2026-04-15", "2026-06-30")
    first = correction(agreed, "2026-04-20", owner="Head of Nursing")
    moved = action_update(first, "2026-05-01", due_on="2026-07-31")
    second = correction(first, "2026-05-02", success="Twenty calls looked at.")
    assert of(case_of(agreed, first, moved, second))["action"].due_on == day("2026-07-31")


def test_decide_is_hidden_once_notify_is_met(of: DeadlinesOf) -> None:
    assert of(case_of(new_referral()))["decide"].due_on == day("2026-03-09")
    assert of(case_of(new_referral(), decision()))["decide"].state == "met"
    assert "decide" not in of(case_of(*TO_NOTIFIED))


def test_clarification_is_awaited_for_two_working_days_or_until_the_date_on_the_question(of: DeadlinesOf) -> None:
    # Asked Thursday 5 March: Friday 6 is 1, Monday 9 is 2.
    found = of(case_of(new_referral(), question("2026-03-05"), question("2026-03-05", reply_by="2026-03-20")))
    assert (found["clarification"].due_on, found["clarification"].agency) == (day("2026-03-09"), "school")
    assert (found["clarification#1"].due_on, found["clarification#1"].own_date) == (day("2026-03-20"), True)


def test_each_question_is_met_by_its_own_reply(of: DeadlinesOf) -> None:
    first, second = question("2026-03-03"), question("2026-03-03", asked_of="police")
    found = of(case_of(new_referral(), first, second, reply(second, "2026-03-04")))
    assert (found["clarification"].state, found["clarification#1"].state) == ("open", "met")


def test_a_question_to_an_anonymous_caller_has_no_agency(of: DeadlinesOf) -> None:
    asked = of(case_of(new_referral(), question(asked_of="anonymous")))["clarification"]
    assert (asked.owner, asked.agency) == ("anonymous", "")


def test_clarification_does_not_stop_the_clock(of: DeadlinesOf) -> None:
    without, asked = case_of(new_referral()), case_of(new_referral(), question())
    assert of(without)["notify"] == of(asked)["notify"]
    assert of(asked)["notify"].is_late(day("2026-03-10"))


def test_the_rationale_is_shared_within_two_working_days_of_the_decision(of: DeadlinesOf) -> None:
    case = case_of(new_referral(), decision("2026-03-06"))
    assert of(case)["share-rationale"].due_on == day("2026-03-10")
    why_not = shared("2026-03-09", "not-possible", why_not="The caller gave no name.")
    assert of(added(case, why_not))["share-rationale"].met_on == day("2026-03-09")


def test_a_reconsidered_decision_is_shared_afresh(of: DeadlinesOf) -> None:
    first = decision("2026-03-04", "do-not-notify")
    again = reconsideration(first, "2026-03-16", outcome="notify")
    case = case_of(new_referral(), first, shared("2026-03-05"), again)
    assert (of(case)["share-rationale"].state, of(case)["share-rationale"].due_on) == ("open", day("2026-03-18"))


def test_returns_are_awaited_ten_working_days_or_until_the_date_on_each_request(of: DeadlinesOf) -> None:
    # Friday 6 March: 9 to 13 are 1 to 5, 16 to 20 are 6 to 10.
    requests = [{"agency": "police"}, {"agency": "school", "return_by": "2026-03-13"}]
    found = of(case_of(*TO_NOTIFIED, asked_agencies("2026-03-06", requests=requests)))
    assert (found["returns"].due_on, found["returns"].agency) == (day("2026-03-20"), "police")
    assert (found["returns#1"].due_on, found["returns#1"].agency) == (day("2026-03-13"), "school")


def test_a_nil_return_is_an_answer_and_silence_is_not(of: DeadlinesOf) -> None:
    case = case_of(*TO_NOTIFIED, asked_agencies("2026-03-06", "police", "school"), returned("2026-03-12", "school"))
    found = of(case)
    assert (found["returns"].state, found["returns#1"].state) == ("open", "met")
    assert found["returns#1"].met_by == case.records[-1].id


def test_leadership_is_told_of_the_meeting_and_of_the_panels_reply(of: DeadlinesOf) -> None:
    case = case_of(*TO_SUBMITTED, told("2026-03-26"), panel_replied("2026-04-02"))
    found = of(case)
    assert (found["inform-leadership"].due_on, found["inform-leadership"].met_on) == (
        day("2026-03-27"),
        day("2026-03-26"),
    )
    # Thursday 2 April: Good Friday and Easter Monday are skipped; Tue 7 is 1, Fri 10 is 4, Mon 13 is 5.
    assert (found["inform-leadership#1"].state, found["inform-leadership#1"].due_on) == ("open", day("2026-04-13"))
    both = of(case_of(*TO_SUBMITTED, panel_replied("2026-04-02"), told("2026-04-02")))
    assert {both["inform-leadership"].state, both["inform-leadership#1"].state} == {"met"}


def test_saying_why_leadership_was_not_told_does_not_tell_them(of: DeadlinesOf) -> None:
    not_told = told("2026-03-23", told="not-told", why_not="The meeting was cancelled.")
    assert of(case_of(*TO_MEETING, not_told))["inform-leadership"].state == "open"


def test_the_panels_reply_is_awaited_ten_working_days(of: DeadlinesOf) -> None:
    # Wednesday 25 March: 26, 27 are 1, 2; 30 to 2 April are 3 to 6; 7 to 10 are 7 to 10.
    assert of(case_of(*TO_SUBMITTED))["panel-reply"].due_on == day("2026-04-10")
    assert of(case_of(*TO_SUBMITTED, panel_replied("2026-04-02")))["panel-reply"].state == "met"


def test_the_learning_outcome_is_recorded_within_twenty_working_days_of_being_sent_to_the_group(
    of: DeadlinesOf,
) -> None:
    # Wednesday 4 March: 5, 6 are 1, 2; 9 to 13 up to 7; 16 to 20 up to 12; 23 to 27 up to 17; 30, 31, 1 April are 20.
    sent = decision("2026-03-04", "do-not-notify", then="task-and-finish")
    assert of(case_of(new_referral(), sent))["learning"].due_on == day("2026-04-01")
    assert of(case_of(new_referral(), sent, outcome("2026-04-01")))["learning"].met_on == day("2026-04-01")


def test_an_outcome_from_before_the_case_was_sent_again_does_not_meet_learning(of: DeadlinesOf) -> None:
    earlier = (nomination("2026-02-02"), outcome("2026-02-20"))
    sent = decision("2026-03-04", "do-not-notify", then="task-and-finish")
    assert of(case_of(*earlier))["learning"].state == "met"
    assert of(case_of(*earlier, new_referral(), sent))["learning"].state == "open"


def test_a_nomination_that_nobody_referred_has_no_clock_of_the_local_authority(of: DeadlinesOf) -> None:
    assert of(case_of(nomination())).keys() == {"learning"}


def test_a_nomination_that_meets_a_ground_is_not_with_the_group(of: DeadlinesOf) -> None:
    assert of(case_of(nomination(criteria=[answers(*GROUND_TWO)]))) == {}


def test_the_adults_track_has_no_clock_of_five_days(of: DeadlinesOf) -> None:
    assert of(case_of(new_referral(track="adult"))) == {}
