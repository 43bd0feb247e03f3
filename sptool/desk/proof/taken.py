"""Finds the decision that was asked for, with what was known then and what became known later."""

from __future__ import annotations

from dataclasses import dataclass

from sptool.desk.session import Session
from sptool.errors import UnfitFolder, UsageError
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.workflow.hindsight import AnyDecision, KnownThen, Later, decisions, known_later, known_then
from sptool.workflow.state import root_of


@dataclass(frozen=True)
class DecisionTaken:
    """A decision, then and later. The two never meet.

    Args:
        then: the decision with exactly what its taker had.
        later: what its taker could not know.
        case: the case as it is now, for the second part alone.
    """

    then: KnownThen
    later: Later
    case: Case


@dataclass(frozen=True)
class Found:
    """What was found.

    Args:
        decisions: its decisions as they were first written.
        decision: the one asked for, or the only one; None if there are several or none.
    """

    case: Case
    decisions: tuple[AnyDecision, ...]
    decision: DecisionTaken | None


def taken(session: Session, typed: str, record: str = "") -> Found:
    """The decision that was meant.

    Args:
        typed: the case's reference as typed.
        record: the decision's id as typed, or that of a correction of it; empty for the only one.

    Raises:
        UsageError: there is no such case or decision.
        UnfitFolder: the framework edition of the day is missing or was changed.
    """
    case = session.case(session.reference(typed))
    every = decisions(case)
    if not record:
        return Found(case, every, as_taken(session, case, every[0]) if len(every) == 1 else None)
    wanted = root_of(case, record.strip().casefold())
    found = next((one for one in every if one.id == wanted), None)
    if found is None:
        raise UsageError("This case has no such decision.", f"To see its decisions: sptool decision {case.ref}")
    return Found(case, every, as_taken(session, case, found))


def as_taken(session: Session, case: Case, decision: AnyDecision) -> DecisionTaken:
    """A decision of a case, then and later."""
    edition = edition_of_the_day(session, decision)
    then = known_then(case, decision, edition, session.calendar_for(edition))
    return DecisionTaken(then, known_later(case, decision), case)


def edition_of_the_day(session: Session, decision: AnyDecision) -> Framework:
    """The framework edition that a decision names, with the very wording that it had.

    Raises:
        UnfitFolder: it is missing, or its file was changed since.
    """
    used = decision.framework
    edition = session.book.editions.get(used.edition)
    if edition is None:
        raise UnfitFolder("The framework edition of this decision is missing.", "Restore its file under framework/.")
    if edition.sha256 != used.sha256:
        raise UnfitFolder(
            "The framework edition of this decision was changed since, so its wording of the day can't be shown.",
            f"Bring the adopted file back: git log -p -- framework/{used.edition}.yaml",
        )
    return edition
