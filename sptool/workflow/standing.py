"""A case, now or as it was known then, and all that follows from it: conflicts, deadlines, stage, what can't wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from sptool.framework.models import Framework
from sptool.records.case import Case, UnreadRecord
from sptool.workflow.conflicts import Conflict, conflicts
from sptool.workflow.deadlines import CalendarFor, Deadline, deadlines
from sptool.workflow.glance import NOT_READABLE, OpenDeadline
from sptool.workflow.loud import Loud, loud_things
from sptool.workflow.state import is_closed, lead_officer, linked_cases
from sptool.workflow.steps import RULES
from sptool.workflow.waiting import command_now, stage
from sptool.working_days import Calendar

_STAMP = "%Y-%m-%d-%H%M%SZ"
_STAMP_LENGTH = len("2026-03-02-091407Z")


@dataclass(frozen=True)
class Standing:
    """A case as it stands on a day.

    Args:
        case: the case, as far as it was known.
        linked_from: the cases that name this one as linked, each with how.
    """

    case: Case
    framework: Framework
    today: date
    calendar_for: CalendarFor
    linked_from: tuple[tuple[str, str], ...] = ()

    @property
    def linked(self) -> tuple[tuple[str, str], ...]:
        """The linked cases, whichever of the two names the other, each with how it is linked."""
        return tuple(dict.fromkeys((*linked_cases(self.case), *self.linked_from)))

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        return conflicts(self.case, self.framework, RULES)

    @cached_property
    def contested(self) -> frozenset[str]:
        """The ids of the records in an unsettled conflict. None of them meets a deadline."""
        return frozenset(one.id for pair in self.conflicts for one in (pair.first, pair.second))

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        return deadlines(self.case, self.framework, self.calendar_for, self.contested)

    @cached_property
    def still_open(self) -> tuple[Deadline, ...]:
        """The deadlines that somebody has to meet, the earliest first; those with an unknown clock lead."""
        waiting = [one for one in self.deadlines if one.is_open]
        return tuple(sorted(waiting, key=lambda one: (one.due_on or date.min, not one.can_be_late)))

    @property
    def open_deadlines(self) -> tuple[OpenDeadline, ...]:
        """The same as a list of many cases shows them."""
        return tuple(self._as_open(one) for one in self.still_open)

    def _as_open(self, one: Deadline) -> OpenDeadline:
        return OpenDeadline(
            case=self.case.ref,
            id=one.id,
            title=one.title,
            aim_on=one.aim_on,
            due_on=one.due_on,
            can_be_late=one.can_be_late,
            provisional=one.provisional,
            owner=one.owner,
            agency=one.agency,
            command=self.command(one),
            force=one.force,
            source=one.source,
            lead=self.lead,
            edition=self.framework.sha256 if self.case.records else "",
        )

    @cached_property
    def loud(self) -> tuple[Loud, ...]:
        return loud_things(self.case, self.framework, self.deadlines, self.conflicts)

    @property
    def stage(self) -> str:
        return stage(self.case, self.framework) if self.case.records else NOT_READABLE

    @property
    def lead(self) -> str:
        """The lead officer's id, or nothing."""
        return lead_officer(self.case) or ""

    @property
    def is_closed(self) -> bool:
        return is_closed(self.case)

    def working_days_late(self, deadline: Deadline) -> int | None:
        """How many working days late a deadline is, seen from this day."""
        return deadline.working_days_late(self.today, self.calendar(deadline))

    def calendar(self, deadline: Deadline) -> Calendar:
        return self.calendar_for(deadline.rule)

    def command(self, deadline: Deadline) -> str:
        """What to type for an open deadline now; for one with an unknown clock, how to say since when it runs."""
        if deadline.state == "clock-unknown":
            return f"sptool update {self.case.ref}"
        return command_now(deadline, self.case, self.framework, self.contested)


def known_by(case: Case, moment: datetime) -> Case:
    """The case as it had been recorded before a moment; also what can't be read, by the time in its file's name.

    Args:
        moment: the first moment that is left out, UTC.
    """
    unread = tuple(item for item in case.unread if _stamp(item) < moment)
    return Case(case.ref, case.recorded_before(moment).records, unread)


def _stamp(item: UnreadRecord) -> datetime:
    """When an unreadable record was recorded; the earliest moment there is if its name doesn't say."""
    name = item.path.rpartition("/")[2]
    try:
        return datetime.strptime(name[:_STAMP_LENGTH], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
