"""What is due in all the cases of a folder: gathered, sorted, and only what was asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from sptool.desk.indexed import asked
from sptool.desk.session import Session
from sptool.desk.unfinished import unfinished_erasures
from sptool.index.asking import is_for_practice, loud_things, open_deadlines, with_erasure
from sptool.index.counting import counted
from sptool.workflow.glance import BY_URGENCY, Loud, OpenDeadline
from sptool.working_days import Calendar


@dataclass(frozen=True)
class Outlook:
    """What was asked for.

    Args:
        ahead: how many working days to look ahead; None for all that is open.
        owner: part of the owner's words, or a lead officer's id; empty for anybody.
        agency: an agency's id; empty for any.
        called: what that agency is called in each edition, by the edition's digest.
    """

    ahead: int | None
    late_only: bool = False
    owner: str = ""
    agency: str = ""
    called: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Due:
    """An open deadline as the morning check shows it.

    Args:
        late: how many working days late it is, negative before the day; None while the clock is unknown.
    """

    deadline: OpenDeadline
    late: int | None


@dataclass(frozen=True)
class Morning:
    """The morning check.

    Args:
        loud: what can't wait, in all cases: no filter hides it.
        unknown: deadlines whose clock is unknown.
        late: what is late, the longest first.
        reminders: local reminders, which are never late.
    """

    today: date
    outlook: Outlook
    training: bool
    loud: tuple[Loud, ...]
    unknown: tuple[Due, ...]
    late: tuple[Due, ...]
    due_today: tuple[Due, ...]
    coming: tuple[Due, ...]
    reminders: tuple[Due, ...]


def gather(session: Session, outlook: Outlook) -> Morning:
    """The morning check of a folder.

    Raises:
        UsageError: the agency asked for is unknown.
    """
    if outlook.agency:
        session.book.current_edition.agency(outlook.agency)
        editions = session.book.editions.values()
        called = {edition.sha256: edition.name_of("agencies", outlook.agency) for edition in editions}
        outlook = replace(outlook, called=called)
    found, with_erasures = asked(
        session, lambda index: (_Asked(index, session.clock.today, outlook).morning(), with_erasure(index))
    )
    loud = (*unfinished_erasures(session, with_erasures), *found.loud)
    return replace(found, loud=tuple(sorted(loud, key=lambda one: BY_URGENCY.index(one.kind))))


@dataclass(frozen=True)
class _Asked:
    """One morning check being gathered."""

    index: sqlite3.Connection
    today: date
    outlook: Outlook

    def morning(self) -> Morning:
        found = [due for one in open_deadlines(self.index, self._until()) if (due := self._due(one))]
        today = self.today
        binding = [due for due in found if due.deadline.can_be_late and due.deadline.due_on]
        return Morning(
            today=today,
            outlook=self.outlook,
            training=is_for_practice(self.index),
            loud=tuple(loud_things(self.index)),
            unknown=tuple(due for due in found if due.deadline.due_on is None),
            late=tuple(due for due in binding if due.deadline.is_late(today)),
            due_today=tuple(due for due in binding if due.deadline.due_on == today),
            coming=tuple(due for due in binding if due.deadline.due_on and due.deadline.due_on > today),
            reminders=tuple(due for due in found if not due.deadline.can_be_late),
        )

    @cached_property
    def _calendars(self) -> Mapping[tuple[str, str], Calendar]:
        return counted(self.index)

    def _until(self) -> date | None:
        """The last day that is not too far ahead by any calendar."""
        if self.outlook.late_only:
            return self.today
        ahead = self.outlook.ahead
        if ahead is None or not self._calendars:
            return None
        return max(_before_working_day(calendar, self.today, ahead + 1) for calendar in self._distinct())

    def _distinct(self) -> list[Calendar]:
        return list({id(calendar): calendar for calendar in self._calendars.values()}.values())

    def _due(self, deadline: OpenDeadline) -> Due | None:
        outlook = self.outlook
        if outlook.late_only and not deadline.is_late(self.today):
            return None
        if outlook.owner and not _is_owner(deadline, outlook.owner):
            return None
        if outlook.agency and not _is_agency(deadline, outlook):
            return None
        late = self._working_days_late(deadline)
        too_far = outlook.ahead is not None and late is not None and -late > outlook.ahead
        return None if too_far else Due(deadline, late)

    def _working_days_late(self, deadline: OpenDeadline) -> int | None:
        if deadline.due_on is None:
            return None
        calendar = self._calendars.get((deadline.edition, deadline.id))
        if calendar is None:
            raise sqlite3.DatabaseError  # damaged: no deadline is kept without its calendar
        return deadline.working_days_late(self.today, calendar)


def _before_working_day(calendar: Calendar, day: date, number: int) -> date:
    """The day before a working day that is counted from a day on."""
    while number:
        day += timedelta(days=1)
        number -= calendar.is_working(day)
    return day - timedelta(days=1)


def _is_owner(deadline: OpenDeadline, owner: str) -> bool:
    return owner.casefold() in deadline.owner.casefold() or owner.casefold() == deadline.lead


def _is_agency(deadline: OpenDeadline, outlook: Outlook) -> bool:
    """The agency that a record names; else the owner in the framework's words, such as "local authority"."""
    called = (outlook.called.get(deadline.edition, outlook.agency), outlook.agency.replace("-", " "))
    return deadline.agency == outlook.agency or deadline.owner.casefold() in (name.casefold() for name in called)
