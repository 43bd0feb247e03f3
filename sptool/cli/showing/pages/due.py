"""What is due in all the cases of a folder: gathered, sorted, and only what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sptool.cli.session import Session
from sptool.cli.showing.pages.standing import Standing, standings
from sptool.framework.models import Framework
from sptool.workflow.deadlines import Deadline
from sptool.workflow.loud import Loud

BY_URGENCY = (
    "safety",
    "clock-unknown",
    "conflicting",
    "needs-another-look",
    "unreadable",
    "duty-not-followed",
    "to-refer",
    "panel-disagrees",
)


@dataclass(frozen=True)
class Wanted:
    """What was asked for.

    Args:
        ahead: how many working days to look ahead; None for all that is open.
        late_only: nothing but what is late.
        owner: part of the owner's words, or a lead officer's id; empty for anybody.
        agency: an agency's id; empty for any.
    """

    ahead: int | None
    late_only: bool = False
    owner: str = ""
    agency: str = ""


@dataclass(frozen=True)
class Due:
    """An open deadline as the morning check shows it.

    Args:
        deadline: the deadline.
        late: how many working days late it is, negative before the day; None while the clock is unknown.
        lead: the lead officer's id, or empty.
        command: what to type now.
    """

    deadline: Deadline
    late: int | None
    lead: str
    command: str


@dataclass(frozen=True)
class Morning:
    """The morning check.

    Args:
        today: the day.
        wanted: what was asked for.
        loud: what can't wait, in all cases: no filter hides it.
        unknown: deadlines whose clock is unknown.
        late: what is late, the longest first.
        due_today: what is due today.
        coming: what is due next.
        reminders: local reminders, which are never late.
    """

    today: date
    wanted: Wanted
    loud: tuple[Loud, ...]
    unknown: tuple[Due, ...]
    late: tuple[Due, ...]
    due_today: tuple[Due, ...]
    coming: tuple[Due, ...]
    reminders: tuple[Due, ...]


def gather(session: Session, wanted: Wanted) -> Morning:
    """The morning check of a folder.

    Raises:
        UsageError: the agency asked for is unknown.
    """
    if wanted.agency:
        session.book.current_edition.agency(wanted.agency)
    every = tuple(standings(session))
    found = [due for standing in every for due in _due(standing, wanted)]
    found.sort(key=lambda due: (due.deadline.due_on or date.min, due.deadline.case))
    today = session.clock.today
    binding = [due for due in found if due.deadline.rule.can_be_late and due.deadline.due_on]
    return Morning(
        today=today,
        wanted=wanted,
        loud=_loud(every),
        unknown=tuple(due for due in found if due.deadline.due_on is None),
        late=tuple(due for due in binding if due.deadline.is_late(today)),
        due_today=tuple(due for due in binding if due.deadline.due_on == today),
        coming=tuple(due for due in binding if due.deadline.due_on and due.deadline.due_on > today),
        reminders=tuple(due for due in found if not due.deadline.rule.can_be_late),
    )


def _is_history(one: Loud, standing: Standing) -> bool:
    """A duty not followed stays wherever its case is shown; once the case is closed, the morning can't change it."""
    return one.kind == "duty-not-followed" and standing.is_closed


def _loud(every: tuple[Standing, ...]) -> tuple[Loud, ...]:
    found = (one for standing in every for one in standing.loud if not _is_history(one, standing))
    return tuple(sorted(found, key=lambda one: _urgency(one.kind)))


def _urgency(kind: str) -> int:
    return BY_URGENCY.index(kind)


def _due(standing: Standing, wanted: Wanted) -> Iterator[Due]:
    for deadline in standing.still_open:
        if _is_wanted(standing, deadline, wanted):
            late = standing.working_days_late(deadline)
            yield Due(deadline, late, standing.lead, standing.command(deadline))


def _is_wanted(standing: Standing, deadline: Deadline, wanted: Wanted) -> bool:
    if wanted.late_only and not deadline.is_late(standing.today):
        return False
    late = standing.working_days_late(deadline)
    if wanted.ahead is not None and late is not None and -late > wanted.ahead:
        return False
    by_owner = not wanted.owner or _is_owner(standing, deadline, wanted.owner)
    return by_owner and (not wanted.agency or _is_agency(standing.framework, deadline, wanted.agency))


def _is_owner(standing: Standing, deadline: Deadline, owner: str) -> bool:
    return owner.casefold() in deadline.owner.casefold() or owner.casefold() == standing.lead


def _is_agency(framework: Framework, deadline: Deadline, agency: str) -> bool:
    """The agency that a record names; else the owner in the framework's words, such as "local authority"."""
    called = (framework.name_of("agencies", agency), agency.replace("-", " "))
    return deadline.agency == agency or deadline.owner.casefold() in (name.casefold() for name in called)
