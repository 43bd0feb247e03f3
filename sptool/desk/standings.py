"""The cases of a folder as they stand, from the day from which a screen sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from sptool.desk.clock import end_of_day
from sptool.desk.indexed import named_by
from sptool.desk.session import Session
from sptool.errors import UsageError
from sptool.framework.models import Rule
from sptool.records.case import Case
from sptool.workflow.deadlines import CalendarFor
from sptool.workflow.standing import Standing, known_by
from sptool.workflow.state import linked_cases
from sptool.working_days import Calendar

__all__ = ["Standing", "standing_of", "standings"]


def standing_of(session: Session, typed: str, as_of: date | None = None) -> Standing:
    """The case that was meant.

    Args:
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
    others = (session.case(other) for other in named_by(session, reference))
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
