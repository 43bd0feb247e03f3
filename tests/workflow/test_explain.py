"""A deadline explains itself: the trigger, the rule and its source, every day counted or skipped and why."""

from __future__ import annotations

import pytest

from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.text.english import in_full
from sptool.workflow.explain import Explanation, explain
from tests.making import (
    action,
    case_of,
    closed,
    day,
    decision,
    met,
    new_referral,
    notified,
    question,
    review_decision,
    update,
)
from tests.workflow.conftest import DeadlinesOf


def explained(case: Case, deadline: str, of: DeadlinesOf, framework: Framework) -> Explanation:
    return explain(of(case)[deadline], case, framework, england_calendar(framework, deadline))


def test_notify_across_christmas_explains_itself(of: DeadlinesOf, framework: Framework) -> None:
    found = explained(case_of(new_referral(la_aware_on="2026-12-22")), "notify", of, framework)
    assert found.trigger == (
        "Day 0 is Tuesday 22 December 2026: "
        "the local authority is aware of the harm and of the suspicion of abuse or neglect."
    )
    assert found.rule == (
        "There are 5 working days. It is met when the notification is sent, "
        "or it is decided not to notify or that another area does."
    )
    assert found.source.startswith("Children Act 2004, section 16C; ")
    assert [(one.on.isoformat(), one.number, one.why) for one in found.counted] == [
        ("2026-12-22", 0, ""),
        ("2026-12-23", 1, ""),
        ("2026-12-24", 2, ""),
        ("2026-12-25", None, "Christmas Day"),
        ("2026-12-26", None, "Saturday"),
        ("2026-12-27", None, "Sunday"),
        ("2026-12-28", None, "Boxing Day (substitute day)"),
        ("2026-12-29", 3, ""),
        ("2026-12-30", 4, ""),
        ("2026-12-31", 5, ""),
    ]
    assert found.due_on == found.counted[-1].on
    assert found.outcome == "Not met yet. Last day: Thursday 31 December 2026."


def test_a_start_at_a_weekend_is_explained(of: DeadlinesOf, framework: Framework) -> None:
    found = explained(case_of(new_referral(la_aware_on="2026-03-07")), "notify", of, framework)
    assert found.trigger.endswith("That is not a working day (Saturday): the next working day is day 1.")
    assert [one.number for one in found.counted[:3]] == [0, None, 1]


def test_an_aim_and_a_last_day_are_told_apart(of: DeadlinesOf, framework: Framework) -> None:
    found = explained(case_of(new_referral(), decision(), notified()), "rapid-review", of, framework)
    assert found.rule.startswith("Working day 12 is the day to aim at; it is late after working day 13.")
    assert found.counted[-1].number == 13
    assert "our reading" in found.note


def test_months_are_not_counted_day_by_day(of: DeadlinesOf, framework: Framework) -> None:
    case = case_of(new_referral(), decision(), notified(), met(), review_decision(outcome="lcspr"))
    found = explained(case, "publish", of, framework)
    assert found.rule.startswith("There are 6 months.")
    assert (found.counted, found.due_on) == ((), day("2026-09-24"))


def test_an_own_date_is_the_records(of: DeadlinesOf, framework: Framework) -> None:
    found = explained(case_of(action("2026-04-15", "2026-06-28")), "action", of, framework)
    assert found.trigger == "It began on Wednesday 15 April 2026: an action is agreed."
    assert found.rule.startswith("The record names the date.")
    assert found.counted == ()
    named = explained(case_of(question(reply_by="2026-03-20")), "clarification", of, framework)
    assert (named.counted, named.due_on) == ((), day("2026-03-20"))


def test_a_reminder_says_that_it_is_never_late(of: DeadlinesOf, framework: Framework) -> None:
    found = explained(case_of(question("2026-03-03")), "clarification", of, framework)
    assert found.rule.endswith("It is a reminder, so it is never late.")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("2026-03-09", "Met on Monday 9 March 2026, in time."),
        ("2026-03-10", "Met on Tuesday 10 March 2026, 1 working day late (the last day was Monday 9 March 2026)."),
        ("2026-03-12", "Met on Thursday 12 March 2026, 3 working days late (the last day was Monday 9 March 2026)."),
    ],
)
def test_how_timely_it_was(sent: str, said: str, of: DeadlinesOf, framework: Framework) -> None:
    assert explained(case_of(new_referral(), decision(), notified(sent)), "notify", of, framework).outcome == said


def test_a_stopped_clock_says_why_and_that_it_was_not_met(of: DeadlinesOf, framework: Framework) -> None:
    found = explained(case_of(new_referral(), closed("2026-03-06")), "notify", of, framework)
    assert found.outcome == "Stopped on Friday 6 March 2026, not met: the case was closed."


def test_an_unknown_clock_says_what_is_missing(of: DeadlinesOf, framework: Framework) -> None:
    case = case_of(new_referral(la_aware_on="unknown"))
    found = explained(case, "notify", of, framework)
    assert found.trigger.endswith("That day is not known.")
    assert found.outcome.startswith("The last day can't be worked out until it is known when the local authority")
    assert (found.counted, found.due_on) == ((), None)
    done = explained(case_of(new_referral(la_aware_on="unknown"), decision(), notified()), "notify", of, framework)
    assert "Whether that was in time can't be said" in done.outcome


def test_provisional_dates_say_so(of: DeadlinesOf, framework: Framework) -> None:
    beyond = explained(case_of(new_referral(la_aware_on="2029-03-05")), "notify", of, framework)
    assert beyond.provisional.endswith("officially published only up to Sunday 31 December 2028.")
    assert explained(case_of(new_referral()), "notify", of, framework).provisional == ""


def test_both_clocks_are_explained(of: DeadlinesOf, framework: Framework) -> None:
    first = new_referral()
    case = case_of(first, update(la_aware_on="2026-03-06"))
    found = explained(case, "notify", of, framework)
    assert found.earlier == (f"Before that it counted from Monday 2 March 2026 (record {first.id}).",)
    assert explained(case_of(first, question()), "clarification", of, framework).earlier == ()


def test_dates_are_written_in_full() -> None:
    assert in_full(day("2026-03-05")) == "Thursday 5 March 2026"
