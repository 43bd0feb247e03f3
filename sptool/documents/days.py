"""The days by which something is due, as a document says them. The dates are the rules'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sptool.documents.context import Material
from sptool.documents.words import began_large
from sptool.text.english import in_full
from sptool.workflow.deadlines import AWAITED, Deadline

PROVISIONAL = " (provisional: not all bank holidays up to then have been published)"


@dataclass(frozen=True)
class DueFacts:
    """One deadline as it stands.

    Args:
        on: the last day in time, or that it can't be worked out yet.
        how: how it stands, such as "Done on Monday 2 March 2026, in time".
    """

    title: str
    on: str
    how: str
    owner: str


def day_of(due: Deadline) -> str | None:
    """The last day in time, marked where bank holidays may still change; None where the clock is unknown."""
    if due.due_on is None:
        return None
    return in_full(due.due_on) + (PROVISIONAL if due.provisional else "")


def by_day(material: Material, rule: str) -> str | None:
    """The last day of one deadline of the case; None if it has none."""
    due = material.deadline(rule)
    return day_of(due) if due else None


def due_table(material: Material, shown: Callable[[Deadline], bool]) -> tuple[DueFacts, ...]:
    """The deadlines of the case that are to be shown, the earliest first and those without a day last."""
    found = sorted((due for due in material.deadlines if shown(due)), key=lambda due: due.due_on or date.max)
    return tuple(due_facts(due, material) for due in found)


def due_facts(due: Deadline, material: Material) -> DueFacts:
    """A deadline as a row of a table."""
    return DueFacts(due.title_now, day_of(due) or "Can't be worked out yet", how(due, material), began_large(due.owner))


def how(due: Deadline, material: Material) -> str:
    """How a deadline stands on the day of the document. A reminder is never late."""
    if due.state == "clock-unknown":
        return "The day on which it starts is not known"
    if due.state == "stopped":
        return "Stopped"
    if due.met_on:
        late = ", late" if due.state == "met-late" else ", in time" if due.rule.can_be_late and due.due_on else ""
        done = "Received" if AWAITED in due.title else "Done"
        return f"{done} on {in_full(due.met_on)}{late}"
    return "Late" if due.is_late(material.today) else "Open"
