"""The deadlines of domain.md's table up to the Panel, each with days worked out by hand.

March 2026 for reference: Monday 2, 9, 16, 23, 30. Good Friday is 3 April 2026, Easter Monday 6 April.
"""

from __future__ import annotations

import pytest

from sptool.records.case import Case
from tests.making import (
    GROUND_TWO,
    answers,
    case_of,
    day,
    decision,
    met,
    new_referral,
    notified,
    reconsideration,
    review_decision,
    submitted,
    told,
)
from tests.workflow.conftest import DeadlinesOf

TO_NOTIFIED = (new_referral(), decision(), notified())
TO_MEETING = (*TO_NOTIFIED, met())
TO_SUBMITTED = (*TO_MEETING, review_decision(), submitted())


def test_an_empty_case_has_no_deadlines(of: DeadlinesOf) -> None:
    assert of(Case("HSP-2026-K7QM3")) == {}


def test_notify_is_due_five_working_days_after_the_local_authority_became_aware(of: DeadlinesOf) -> None:
    # Aware on Monday 2 March, day 0; Tuesday 3 is day 1, Friday 6 day 4, Monday 9 day 5.
    notify = of(case_of(new_referral(on="2026-03-03", la_aware_on="2026-03-02")))["notify"]
    assert (notify.state, notify.started_on, notify.due_on) == ("open", day("2026-03-02"), day("2026-03-09"))
    assert notify.command == "sptool notify HSP-2026-K7QM3"
    assert notify.source.startswith("Children Act 2004, section 16C")


@pytest.mark.parametrize("aware", ["2026-03-06", "2026-03-07", "2026-03-08"])
def test_a_clock_that_starts_at_a_weekend_counts_from_the_next_working_day(of: DeadlinesOf, aware: str) -> None:
    # Friday 6, Saturday 7 or Sunday 8 March: Monday 9 is day 1, Friday 13 day 5.
    assert of(case_of(new_referral(la_aware_on=aware)))["notify"].due_on == day("2026-03-13")


def test_notify_across_christmas(of: DeadlinesOf) -> None:
    # Tuesday 22 December 2026: Wed 23 is 1, Thu 24 is 2; Fri 25 Christmas; Sat 26, Sun 27; Mon 28 is the substitute
    # day for Boxing Day; Tue 29 is 3, Wed 30 is 4, Thu 31 is 5.
    assert of(case_of(new_referral(la_aware_on="2026-12-22")))["notify"].due_on == day("2026-12-31")


def test_panel_across_easter(of: DeadlinesOf) -> None:
    # Notified Tuesday 24 March 2026: 25, 26, 27 are 1 to 3; 30, 31, 1, 2 April are 4 to 7; Good Friday 3 and Easter
    # Monday 6 are skipped; 7 to 10 are 8 to 11; 13, 14, 15, 16 are 12 to 15.
    case = case_of(new_referral(la_aware_on="2026-03-20"), decision("2026-03-23"), notified("2026-03-24"))
    assert of(case)["panel"].due_on == day("2026-04-16")


def test_a_notification_meets_notify(of: DeadlinesOf) -> None:
    notify = of(case_of(*TO_NOTIFIED))["notify"]
    assert (notify.state, notify.met_on, notify.met_by) == ("met", day("2026-03-05"), TO_NOTIFIED[-1].id)


@pytest.mark.parametrize(("sent", "state"), [("2026-03-09", "met"), ("2026-03-10", "met-late")])
def test_what_is_sent_on_the_last_day_is_in_time(of: DeadlinesOf, sent: str, state: str) -> None:
    assert of(case_of(new_referral(), decision(), notified(sent)))["notify"].state == state


@pytest.mark.parametrize("decided", ["do-not-notify", "another-area-notifies"])
def test_a_decision_not_to_notify_settles_notify_and_tell_partners_is_not_owed(of: DeadlinesOf, decided: str) -> None:
    found = of(case_of(new_referral(), decision("2026-03-05", decided)))
    assert (found["notify"].state, found["notify"].met_on) == ("met", day("2026-03-05"))
    assert (found["tell-partners"].state, found["tell-partners"].met_on) == ("stopped", None)


def test_a_decision_to_notify_alone_does_not_meet_notify(of: DeadlinesOf) -> None:
    assert of(case_of(new_referral(), decision()))["notify"].state == "open"


def test_deciding_not_to_notify_and_then_to_notify_leaves_notify_open(of: DeadlinesOf) -> None:
    first = decision("2026-03-04", "do-not-notify")
    again = reconsideration(first, "2026-03-12", outcome="notify")
    assert of(case_of(new_referral(), first, again))["notify"].state == "open"
    late = of(case_of(new_referral(), first, again, notified("2026-03-13")))["notify"]
    assert (late.state, late.met_on) == ("met-late", day("2026-03-13"))


def test_deciding_not_to_notify_twice_is_settled_by_the_first(of: DeadlinesOf) -> None:
    first = decision("2026-03-04", "do-not-notify")
    again = reconsideration(first, "2026-03-20", rationale="Looked at again when an agency asked.")
    assert of(case_of(new_referral(), first, again))["notify"].met_on == day("2026-03-04")


def test_telling_the_partners_is_met_by_telling_them_or_with_the_notification(of: DeadlinesOf) -> None:
    assert of(case_of(*TO_NOTIFIED))["tell-partners"].state == "open"
    told_apart = of(case_of(*TO_NOTIFIED, told("2026-03-06", "partners")))["tell-partners"]
    assert (told_apart.due_on, told_apart.met_on) == (day("2026-03-09"), day("2026-03-06"))
    with_it = case_of(new_referral(), decision(), notified(partners_told_on="2026-03-05"))
    assert of(with_it)["tell-partners"].met_on == day("2026-03-05")
    not_told = told("2026-03-06", "partners", told="not-told", why_not="The office was closed.")
    assert of(case_of(*TO_NOTIFIED, not_told))["tell-partners"].state == "open"


def test_the_panel_gets_the_rapid_review_within_fifteen_working_days_of_the_notification(of: DeadlinesOf) -> None:
    # Thursday 5 March: Fri 6 is 1; 9 to 13 are 2 to 6; 16 to 20 are 7 to 11; 23 to 26 are 12 to 15.
    panel = of(case_of(*TO_NOTIFIED))["panel"]
    assert (panel.due_on, panel.state) == (day("2026-03-26"), "open")
    assert of(case_of(*TO_SUBMITTED))["panel"].met_on == day("2026-03-25")


def test_the_rapid_review_is_aimed_at_day_twelve_and_late_after_thirteen(of: DeadlinesOf) -> None:
    # As above: day 12 is Monday 23 March, day 13 Tuesday 24.
    held = of(case_of(*TO_NOTIFIED))["rapid-review"]
    assert (held.aim_on, held.due_on) == (day("2026-03-23"), day("2026-03-24"))
    assert not held.is_late(day("2026-03-24"))
    assert held.is_late(day("2026-03-25"))
    assert of(case_of(*TO_NOTIFIED, met("2026-03-24")))["rapid-review"].state == "met"
    assert of(case_of(*TO_NOTIFIED, met("2026-03-25")))["rapid-review"].state == "met-late"


def test_ground_two_alone_starts_no_rapid_review(of: DeadlinesOf) -> None:
    looked_after = decision(criteria=[answers(*GROUND_TWO)])
    found = of(case_of(new_referral(), looked_after, notified(grounds=("two",))))
    assert found["notify"].state == "met"
    assert not {"panel", "rapid-review"} & found.keys()


def test_both_grounds_start_the_rapid_review(of: DeadlinesOf) -> None:
    assert {"panel", "rapid-review"} <= of(case_of(new_referral(), decision(), notified(grounds=("one", "two")))).keys()
