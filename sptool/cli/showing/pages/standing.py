"""A case with all that a screen needs: its edition, its deadlines, and the day from which it is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sptool.cli.clock import end_of_day
from sptool.cli.session import Session
from sptool.errors import UsageError
from sptool.framework.models import Framework, Rule
from sptool.records.case import Case
from sptool.workflow.asof import known_by
from sptool.workflow.clearing import command_now
from sptool.workflow.conflicts import Conflict, conflicts
from sptool.workflow.deadlines import CalendarFor, Deadline, deadlines
from sptool.workflow.loud import Loud, loud_things
from sptool.workflow.state import is_closed, lead_officer, linked_cases
from sptool.workflow.steps import RULES
from sptool.workflow.waiting import stage
from sptool.working_days import Calendar

NOT_READABLE = "not readable"


@dataclass(frozen=True)
class Standing:
    """A case as it stands on a day.

    Args:
        case: the case, as far as it was known.
        framework: the edition that it was opened under.
        today: the day from which it is seen.
        calendar_for: the calendar that a rule's days are counted by.
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
        """The ids of the records in conflict."""
        return frozenset(one.id for pair in self.conflicts for one in (pair.first, pair.second))

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        return deadlines(self.case, self.framework, self.calendar_for, self.contested)

    @cached_property
    def still_open(self) -> tuple[Deadline, ...]:
        """The deadlines that somebody has to meet, the earliest first; those with an unknown clock lead."""
        waiting = [one for one in self.deadlines if one.state in ("open", "clock-unknown")]
        return tuple(sorted(waiting, key=lambda one: (one.due_on or date.min, not one.rule.can_be_late)))

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
        """As a deadline counts them, except that a reminder's number never goes above 0: it is never late."""
        late = deadline.working_days_late(self.today, self.calendar(deadline))
        return min(late, 0) if late is not None and not deadline.rule.can_be_late else late

    def calendar(self, deadline: Deadline) -> Calendar:
        return self.calendar_for(deadline.rule)

    def command(self, deadline: Deadline) -> str:
        """What to type for an open deadline now; for one with an unknown clock, how to say since when it runs."""
        if deadline.state == "clock-unknown":
            return f"sptool update {self.case.ref}"
        return command_now(deadline, self.case, self.framework, self.contested)


def standing_of(session: Session, typed: str, as_of: date | None = None) -> Standing:
    """The case that was meant.

    Args:
        session: this run.
        typed: the reference as typed.
        as_of: the day at whose end it is seen, in London; None for now.

    Raises:
        UsageError: there is no such case, or the day lies ahead or before the first record.
    """
    case = session.case(session.reference(typed))
    edition = session.edition(case)
    if as_of is not None:
        case = _known_at_the_end_of(as_of, case, session)
    today = as_of or session.clock.today
    return Standing(case, edition, today, session.calendar_for(edition), _linked_from(session, case.ref, today))


def _linked_from(session: Session, reference: str, today: date) -> tuple[tuple[str, str], ...]:
    others = (session.case(other) for other in session.book.naming(reference))
    return tuple(
        (other.ref, relation)
        for other in others
        for named, relation in linked_cases(known_by(other, end_of_day(today)))
        if named == reference
    )


def standings(session: Session) -> Iterator[Standing]:
    """Every case of the folder, in the order of the references."""
    calendars: dict[str, CalendarFor] = {}
    for case in session.book.cases():
        edition = session.edition(case)
        calendar_for = calendars.setdefault(edition.sha256, _remembering(session.calendar_for(edition)))
        yield Standing(case, edition, session.clock.today, calendar_for)


def _remembering(make: Callable[[Rule], Calendar]) -> CalendarFor:
    """The same calendars, each made once."""
    made: dict[str, Calendar] = {}
    return lambda rule: made[rule.id] if rule.id in made else made.setdefault(rule.id, make(rule))


def _known_at_the_end_of(day: date, case: Case, session: Session) -> Case:
    if day > session.clock.today:
        raise UsageError("The day given with --as-of lies in the future.", "Give a day up to today.")
    known = known_by(case, end_of_day(day))
    if not known.records and not known.unread:
        first = min(record.recorded_at for record in case.records)
        raise UsageError(
            "By the end of that day nothing had been recorded about this case.",
            f"Its first record is of {first:%Y-%m-%d}.",
        )
    return known
