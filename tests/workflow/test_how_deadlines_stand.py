"""When a deadline is late, stopped, unknown or provisional, and what moves it.

March 2026 for reference: Monday 2, 9, 16, 23, 30. Good Friday is 3 April 2026, Easter Monday 6 April.
"""

from __future__ import annotations

import pytest

from sptool.framework.calendar import england_calendar
from sptool.framework.entries import Closure, ExtraHoliday
from sptool.framework.models import Framework
from sptool.workflow.deadlines import previous_clocks
from tests.making import (
    action,
    added,
    case_of,
    closed,
    constraint,
    correction,
    day,
    decision,
    met,
    new_referral,
    notified,
    question,
    reconsideration,
    reopened,
    reply,
    review_decision,
    submitted,
    update,
    withdrawal,
)
from tests.workflow.conftest import DeadlinesOf

TO_NOTIFIED = (new_referral(), decision(), notified())
TO_MEETING = (*TO_NOTIFIED, met())
TO_SUBMITTED = (*TO_MEETING, review_decision(), submitted())


def test_due_today_is_not_late(of: DeadlinesOf, framework: Framework) -> None:
    notify, calendar = of(case_of(new_referral()))["notify"], england_calendar(framework)
    assert not notify.is_late(day("2026-03-09"))
    assert notify.is_late(day("2026-03-10"))
    assert notify.working_days_late(day("2026-03-09"), calendar) == 0


@pytest.mark.parametrize(
    ("today", "late"),
    [
        ("2026-03-06", -1),
        ("2026-03-07", -1),  # Saturday: Monday 9, the day, is still one working day away
        ("2026-03-09", 0),
        ("2026-03-10", 1),
        ("2026-03-13", 4),
        ("2026-03-14", 4),
        ("2026-03-16", 5),
    ],
)
def test_lateness_is_counted_in_working_days(of: DeadlinesOf, framework: Framework, today: str, late: int) -> None:
    notify = of(case_of(new_referral()))["notify"]
    assert notify.working_days_late(day(today), england_calendar(framework)) == late


def test_after_the_day_is_never_zero_even_at_a_weekend(of: DeadlinesOf, framework: Framework) -> None:
    # Aware Friday 6 March, due Friday 13; Saturday 14 is late though no working day has passed.
    notify = of(case_of(new_referral(la_aware_on="2026-03-06")))["notify"]
    assert notify.is_late(day("2026-03-14"))
    assert notify.working_days_late(day("2026-03-14"), england_calendar(framework)) == 1


def test_what_was_met_late_stays_that_late(of: DeadlinesOf, framework: Framework) -> None:
    notify = of(case_of(new_referral(), decision(), notified("2026-03-12")))["notify"]
    assert notify.working_days_late(day("2026-12-01"), england_calendar(framework)) == 3
    assert not notify.is_late(day("2026-12-01"))


def test_a_reminder_is_never_late(of: DeadlinesOf) -> None:
    case = case_of(new_referral(), question("2026-03-03"))
    assert not of(case)["clarification"].is_late(day("2027-03-03"))
    answered = added(case, reply(case.records[-1], "2026-06-01"))
    assert of(answered)["clarification"].state == "met"


def test_a_reminder_that_the_partnership_adopted_can_be_late(of: DeadlinesOf, framework: Framework) -> None:
    adopted = tuple(rule.model_copy(update={"force": "local"}) for rule in framework.deadlines)
    under = framework.model_copy(update={"deadlines": adopted})
    assert of(case_of(new_referral(), question("2026-03-03")), under)["clarification"].is_late(day("2026-03-06"))


def test_a_bank_holiday_announced_mid_case_moves_the_date(of: DeadlinesOf, framework: Framework) -> None:
    announced = ExtraHoliday.model_validate({"on": "2026-03-06", "name": "A day of thanks"})
    calendar = framework.calendar.model_copy(update={"extra_holidays": (announced,)})
    under = framework.model_copy(update={"calendar": calendar})
    case = case_of(new_referral())
    assert of(case)["notify"].due_on == day("2026-03-09")
    assert of(case, under)["notify"].due_on == day("2026-03-10")


def test_dates_beyond_the_published_bank_holidays_are_provisional(of: DeadlinesOf) -> None:
    # Published until 31 December 2028. Thursday 21 December 2028: Fri 22 is 1; 25, 26 holidays; 27 to 29 are 2 to 4;
    # Monday 1 January 2029 is a holiday; Tuesday 2 is 5.
    beyond = of(case_of(new_referral(la_aware_on="2028-12-21")))["notify"]
    assert (beyond.due_on, beyond.provisional) == (day("2029-01-02"), True)
    assert not of(case_of(new_referral()))["notify"].provisional
    assert not of(case_of(new_referral(), action(due_on="2030-01-31")))["action"].provisional


def test_when_nobody_knows_since_when_it_is_said_once(of: DeadlinesOf) -> None:
    found = of(case_of(new_referral(la_aware_on="unknown")))
    assert found.keys() == {"notify"}
    assert (found["notify"].state, found["notify"].due_on) == ("clock-unknown", None)
    assert not found["notify"].is_late(day("2030-01-01"))


def test_notified_without_a_known_clock_is_met_and_nobody_can_say_whether_in_time(
    of: DeadlinesOf, framework: Framework
) -> None:
    found = of(case_of(new_referral(la_aware_on="unknown"), decision(), notified()))
    assert (found["notify"].state, found["notify"].due_on) == ("met", None)
    assert found["notify"].working_days_late(day("2026-04-01"), england_calendar(framework)) is None
    assert found["tell-partners"].state == "clock-unknown"
    assert "decide" not in found


def test_learning_since_when_starts_the_clock(of: DeadlinesOf) -> None:
    case = case_of(new_referral(la_aware_on="unknown"), update("2026-03-10", la_aware_on="2026-03-03"))
    assert of(case)["notify"].due_on == day("2026-03-10")
    assert of(case)["notify"].started_by == case.records[-1].id
    assert previous_clocks(case) == ()


def test_both_clocks_stay_visible_when_the_day_is_judged_anew(of: DeadlinesOf) -> None:
    first = new_referral(la_aware_on="2026-03-02")
    case = case_of(first, update("2026-03-10", la_aware_on="2026-03-06", aware_basis="The suspicion came on Friday."))
    assert of(case)["notify"].due_on == day("2026-03-13")
    assert previous_clocks(case) == ((day("2026-03-02"), first.id),)


def test_a_corrected_day_stays_visible_and_a_withdrawn_one_does_not(of: DeadlinesOf) -> None:
    first = new_referral(la_aware_on="2026-03-02")
    case = case_of(first, correction(first, la_aware_on="2026-03-03"))
    assert of(case)["notify"].started_on == day("2026-03-03")
    assert previous_clocks(case) == ((day("2026-03-02"), first.id),)
    elsewhere = update("2026-03-10", la_aware_on="2026-03-09")
    assert previous_clocks(case_of(first, elsewhere, withdrawal(elsewhere))) == ()


def test_notified_and_not_proceeding_is_stopped_and_never_met(of: DeadlinesOf) -> None:
    first = decision()
    gone = reconsideration(first, "2026-03-12", outcome="notified-not-proceeding", panel_told_on="2026-03-12")
    found = of(case_of(new_referral(), first, notified(), gone))
    for name in ("panel", "rapid-review"):
        stopped = found[name]
        assert (stopped.state, stopped.met_on, stopped.stopped_on) == ("stopped", None, day("2026-03-12"))
        assert not stopped.is_late(day("2026-12-01"))
    assert found["notify"].state == "met"
    assert found["tell-partners"].state == "open"


def test_what_was_met_before_a_notification_was_stopped_stays_met(of: DeadlinesOf) -> None:
    first = decision()
    gone = reconsideration(first, "2026-03-23", outcome="notified-not-proceeding")
    found = of(case_of(new_referral(), first, notified(), met("2026-03-20"), gone))
    assert (found["rapid-review"].state, found["panel"].state) == ("met", "stopped")


def test_a_closed_case_waits_for_nothing_and_a_reopened_one_again(of: DeadlinesOf) -> None:
    case = case_of(*TO_NOTIFIED, action(due_on="2026-06-30"), closed("2026-05-01"))
    found = of(case)
    assert (found["panel"].state, found["action"].state, found["notify"].state) == ("stopped", "stopped", "met")
    assert found["action"].stopped_why == "the case was closed"
    again = of(added(case, reopened("2026-05-10")))
    assert (again["panel"].state, again["action"].state) == ("open", "open")


def test_a_constraint_stops_no_clock(of: DeadlinesOf) -> None:
    assert of(case_of(*TO_NOTIFIED, constraint()))["panel"] == of(case_of(*TO_NOTIFIED))["panel"]


def test_records_in_conflict_meet_and_stop_nothing(of: DeadlinesOf) -> None:
    sent = notified()
    case = case_of(new_referral(), decision(), sent)
    assert of(case, contested=frozenset({sent.id}))["notify"].state == "open"
    end = closed("2026-03-06")
    ended = case_of(new_referral(), end)
    assert of(ended)["notify"].state == "stopped"
    assert of(ended, contested=frozenset({end.id}))["notify"].state == "open"


def test_a_correction_stands_at_the_originals_place_and_keeps_the_key(of: DeadlinesOf) -> None:
    asked = question("2026-03-03")
    right = correction(asked, happened_on="2026-03-05")
    case = case_of(new_referral(), asked, reply(asked, "2026-03-06"), right)
    found = of(case)["clarification"]
    assert (found.key, found.started_on, found.state) == (asked.id, day("2026-03-05"), "met")


def test_a_withdrawn_notification_meets_nothing(of: DeadlinesOf) -> None:
    case = case_of(*TO_NOTIFIED, withdrawal(TO_NOTIFIED[-1]))
    assert of(case)["notify"].state == "open"
    assert "panel" not in of(case)


def test_council_closures_stop_only_the_deadlines_that_they_name(of: DeadlinesOf, framework: Framework) -> None:
    shut = Closure.model_validate(
        {"name": "Council shut", "from": "2026-03-04", "to": "2026-03-05", "stops": ["decide"]}
    )
    calendar = framework.calendar.model_copy(update={"closures": (shut,)})
    found = of(case_of(new_referral()), framework.model_copy(update={"calendar": calendar}))
    assert (found["notify"].due_on, found["decide"].due_on) == (day("2026-03-09"), day("2026-03-11"))
