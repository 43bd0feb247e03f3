"""Why a deadline is due when it is: what started it, the rule and its source, every day counted or skipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sptool.framework.models import Framework
from sptool.framework.units import OwnDate
from sptool.records.case import Case
from sptool.text.english import in_full, number
from sptool.workflow.deadlines import Deadline, previous_clocks
from sptool.workflow.events import EVENTS, LA_AWARE
from sptool.working_days import Calendar, CountedDay


@dataclass(frozen=True)
class Explanation:
    """A deadline in plain English.

    Args:
        trigger: what started the clock, and when.
        rule: how much time there is, for what.
        note: what the framework says besides; may be empty.
        counted: every day from day 0 to the last day in time; empty where no working days are counted.
        due_on: the last day in time; None while the clock is unknown.
        provisional: that bank holidays may still change, or empty.
        earlier: from when the clock counted before that day was judged anew; one sentence each.
    """

    deadline: Deadline
    trigger: str
    rule: str
    source: str
    note: str
    counted: tuple[CountedDay, ...]
    due_on: date | None
    provisional: str
    earlier: tuple[str, ...]
    outcome: str


def explain(deadline: Deadline, case: Case, framework: Framework, calendar: Calendar) -> Explanation:
    """Everything that makes a deadline what it is."""
    return Explanation(
        deadline=deadline,
        trigger=_trigger(deadline, calendar),
        rule=_rule(deadline),
        source=framework.cite(deadline.rule),
        note=deadline.rule.note,
        counted=_counted(deadline, calendar),
        due_on=deadline.due_on,
        provisional=_provisional(deadline, calendar),
        earlier=_earlier(deadline, case),
        outcome=_outcome(deadline, calendar),
    )


def _trigger(deadline: Deadline, calendar: Calendar) -> str:
    what = EVENTS[deadline.rule.starts].what
    if deadline.started_on is None:
        return f"It counts from the day on which {what}. That day is not known."
    if deadline.own_date:
        return f"It began on {in_full(deadline.started_on)}: {what}."
    day_0 = f"Day 0 is {in_full(deadline.started_on)}: {what}."
    return f"{day_0} {deadline.rule.counted_in.after_day_0(deadline.started_on, calendar)}".rstrip()


def _rule(deadline: Deadline) -> str:
    until = EVENTS[deadline.rule.met_by].what
    rule = deadline.rule
    unit = OwnDate() if deadline.own_date else rule.counted_in
    reminder = "" if rule.can_be_late else " It is a reminder, so it is never late."
    return f"{unit.in_a_sentence(rule.days, rule.late_after)}. It is met when {until}.{reminder}"


def _counted(deadline: Deadline, calendar: Calendar) -> tuple[CountedDay, ...]:
    rule = deadline.rule
    if deadline.own_date or deadline.started_on is None or rule.last_day is None:
        return ()
    return rule.counted_in.listed(deadline.started_on, rule.last_day, calendar)


def _provisional(deadline: Deadline, calendar: Calendar) -> str:
    if not deadline.provisional:
        return ""
    until = in_full(calendar.published_until)
    return f"Provisional: bank holidays are officially published only up to {until}."


def _earlier(deadline: Deadline, case: Case) -> tuple[str, ...]:
    """Both clocks stay visible when somebody judges anew since when the local authority was aware."""
    if deadline.rule.starts != LA_AWARE:
        return ()
    return tuple(
        f"Before that it counted from {in_full(day)} (record {record})." for day, record in previous_clocks(case)
    )


def _outcome(deadline: Deadline, calendar: Calendar) -> str:
    if deadline.state == "clock-unknown":
        return f"The last day can't be worked out until it is known when {EVENTS[deadline.rule.starts].what}."
    if deadline.state == "stopped" and deadline.stopped_on:
        return f"Stopped on {in_full(deadline.stopped_on)}, not met: {deadline.stopped_why}."
    if deadline.met_on:
        return f"Met on {in_full(deadline.met_on)}{_how_timely(deadline, calendar)}."
    return f"Not met yet. Last day: {in_full(deadline.due_on)}." if deadline.due_on else "Not met yet."


def _how_timely(deadline: Deadline, calendar: Calendar) -> str:
    if deadline.due_on is None or deadline.met_on is None:
        return ". Whether that was in time can't be said, because day 0 is not known"
    if deadline.state == "met-late":
        late = deadline.working_days_late(deadline.met_on, calendar) or 0
        return f", {number(late, 'working day')} late (the last day was {in_full(deadline.due_on)})"
    return ", in time" if deadline.rule.can_be_late else ""
