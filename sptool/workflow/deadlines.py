"""What is due in a case, when, and whether it was in time. All derived: no record holds a due date.

Day 0 is the day of the event; the days and events of each rule are data of the framework.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sptool.framework.models import Framework, Rule
from sptool.records.case import Case
from sptool.records.notification import Notification
from sptool.records.referral import Facts
from sptool.workflow.events import EVENTS
from sptool.workflow.glance import Dated
from sptool.workflow.occurrence import Occurrence
from sptool.workflow.stopping import Stopped, why_stopped
from sptool.working_days import Calendar

State = Literal["open", "met", "met-late", "stopped", "clock-unknown"]
CalendarFor = Callable[[Rule], Calendar]
NOTIFY = "notify"

AWAITED = " is awaited"
"""How a title says that something has to come."""


@dataclass(frozen=True)
class Deadline(Dated):
    """One deadline of a case as it stands.

    Args:
        id: the rule's id, such as `notify`.
        key: which question, request, news or action it is for; empty for what a case has once.
        started_on: day 0; None while it is not known.
        started_by: the id of the record that started the clock.
        own_date: whether a record named the last day itself instead of its being counted.
        met_on: when it was met; None while it is not. Met without a `due_on`: nobody can say whether in time.
        met_by: the id of the record that met it, or empty.
        state: how it stands. A reminder is never `met-late`.
        stopped_why: why, as the end of a sentence.
        owner: who must act, in words.
        agency: the id of the agency that must act, where a record names one.
        command: what clears it.
    """

    id: str
    key: str
    case: str
    title: str
    rule: Rule
    started_on: date | None
    started_by: str
    own_date: bool
    met_on: date | None
    met_by: str
    state: State
    stopped_on: date | None
    stopped_why: str
    owner: str
    agency: str
    command: str
    force: str
    source: str

    @property
    def title_now(self) -> str:
        """What it is for: once a reply has come, it is no longer awaited."""
        return self.title.replace(AWAITED, "") if self.is_met else self.title

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to meet it, even if its clock is unknown."""
        return self.state in ("open", "clock-unknown")

    @property
    def is_met(self) -> bool:
        """Whether what was due was done, in time or late."""
        return self.state in ("met", "met-late")

    def is_late(self, today: date) -> bool:
        """Whether it is still open after its last day. Due today is not late; a reminder never is."""
        return self.state == "open" and super().is_late(today)

    def was_missed(self, today: date) -> bool:
        """Whether its last day passed before it was met."""
        return self.state == "met-late" or self.is_late(today)

    def working_days_late(self, today: date, calendar: Calendar) -> int | None:
        """The same number, from the day on which it was met; while it is open, from today. None if it was stopped."""
        seen_on = self.met_on or (today if self.state == "open" else None)
        return super().working_days_late(seen_on, calendar) if seen_on else None


def deadlines(
    case: Case, framework: Framework, calendar_for: CalendarFor, contested: frozenset[str] = frozenset()
) -> tuple[Deadline, ...]:
    """Every deadline of a case, in the order of the framework's rules.

    Args:
        contested: the ids of records in conflict: none of them meets or stops a deadline.
    """
    found = [
        deadline
        for rule in framework.deadlines
        if _applies(rule, case)
        for deadline in _of_rule(rule, case, framework, calendar_for, contested)
    ]
    met = {(deadline.id, deadline.key) for deadline in found if deadline.is_met}
    notify_unknown = any(deadline.id == NOTIFY and deadline.state == "clock-unknown" for deadline in found)
    return tuple(
        deadline
        for deadline in found
        if (deadline.rule.hidden_once_met, deadline.key) not in met and not _says_it_again(deadline, notify_unknown)
    )


def previous_clocks(case: Case) -> tuple[tuple[date, str], ...]:
    """The days from which the local authority's clock counted before, each with the record that said so.

    Both clocks stay visible when that day is judged anew. What was withdrawn or set aside is not among them.
    """
    found: dict[date, str] = {}
    for record in case.records:
        if isinstance(record, Facts) and isinstance(record.la_aware_on, date) and not _is_gone(case, record.id):
            found.setdefault(record.la_aware_on, record.id)
    return tuple((day, record_id) for day, record_id in found.items() if day != case.facts.la_aware_on)


def _is_gone(case: Case, record_id: str) -> bool:
    following = case.replacements.get(record_id)
    withdrawn = following is not None and following.replaces is not None and following.replaces.kind == "withdrawal"
    return withdrawn or record_id in case.set_aside


def _applies(rule: Rule, case: Case) -> bool:
    sent = case.latest(Notification)
    return rule.only_ground is None or (sent is not None and rule.only_ground in sent.grounds)


def _says_it_again(deadline: Deadline, notify_unknown: bool) -> bool:
    """An unknown clock is said once, loudly; a reminder without a day reminds of nothing."""
    if deadline.state == "clock-unknown":
        return deadline.force == "reminder" or (notify_unknown and deadline.id != NOTIFY)
    return deadline.due_on is None and deadline.force == "reminder"


@dataclass(frozen=True)
class _Clock:
    """A rule at work: what started it, and what met or stopped it."""

    rule: Rule
    started: Occurrence
    met: Occurrence | None
    stopped: Stopped | None
    calendar: Calendar

    @property
    def named(self) -> date | None:
        """The day that the record itself names, where the rule lets it."""
        return self.started.own_date if self.rule.is_named else None

    def day(self, number: int | None) -> date | None:
        """The day that the record names, or else the one with that number, counted from day 0."""
        if self.named or self.started.on is None or number is None:
            return self.named
        return self.rule.counted_in.day(self.started.on, number, self.calendar)

    def state(self, due_on: date | None) -> State:
        if self.met and self.met.on:
            late = due_on is not None and self.met.on > due_on and self.rule.can_be_late
            return "met-late" if late else "met"
        if self.stopped:
            return "stopped"
        return "open" if due_on else "clock-unknown"

    def provisional(self, due_on: date | None) -> bool:
        if self.named or self.started.on is None or due_on is None:
            return False
        return self.rule.counted_in.is_provisional(self.started.on, due_on, self.calendar)


def _of_rule(
    rule: Rule, case: Case, framework: Framework, calendar_for: CalendarFor, contested: frozenset[str]
) -> Iterator[Deadline]:
    newest = {started.key: started for started in EVENTS[rule.starts].occurrences(case, framework)}
    if not newest:
        return
    met = _first_met(rule, case, framework, contested)
    stopped = why_stopped(case, rule, contested)
    calendar = calendar_for(rule)
    for key, started in newest.items():
        if rule.counted_in.is_counted or started.own_date:
            yield _deadline(_Clock(rule, started, met.get(key), stopped, calendar), case, framework)


def _first_met(rule: Rule, case: Case, framework: Framework, contested: frozenset[str]) -> dict[str, Occurrence]:
    dated = [
        (met.on, met)
        for met in EVENTS[rule.met_by].occurrences(case, framework)
        if met.on is not None and met.record not in contested
    ]
    latest_first = sorted(dated, key=lambda pair: pair[0], reverse=True)
    return {met.key: met for _, met in latest_first}


def _deadline(clock: _Clock, case: Case, framework: Framework) -> Deadline:
    rule, started, met = clock.rule, clock.started, clock.met
    due_on = clock.day(rule.last_day)
    state = clock.state(due_on)
    stopped_on, stopped_why = clock.stopped if clock.stopped and state == "stopped" else (None, "")
    return Deadline(
        id=rule.id,
        key=started.key,
        case=case.ref,
        title=f"{rule.title}: {started.label}" if started.label else rule.title,
        rule=rule,
        started_on=started.on,
        started_by=started.record,
        aim_on=clock.day(rule.days),
        due_on=due_on,
        can_be_late=rule.can_be_late,
        own_date=clock.named is not None,
        met_on=met.on if met else None,
        met_by=met.record if met else "",
        state=state,
        stopped_on=stopped_on,
        stopped_why=stopped_why,
        owner=started.owner or rule.owner,
        agency=started.agency,
        command=rule.command.replace("{case}", case.ref),
        force=rule.force,
        source=framework.cite(rule),
        provisional=clock.provisional(due_on),
    )
