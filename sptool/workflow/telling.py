"""What the history says of a step, sentence by sentence; the same on the screen, in tables and in the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from sptool.framework.models import Framework
from sptool.records.anytime import Resolution
from sptool.records.header import Record
from sptool.records.notification import Deliberation, Position
from sptool.text.english import number
from sptool.workflow.another_look import Look
from sptool.workflow.conflicts import PastConflict
from sptool.workflow.history import StepTaken, Timing

SayDay = Callable[[date], str]
_REPLACING = {"correction": "Corrects", "reconsideration": "Decides afresh, instead of", "withdrawal": "Withdraws"}
_REPLACED = {"correction": "Corrected later by", "reconsideration": "Decided afresh by", "withdrawal": "Withdrawn by"}
_POSITIONS = {
    "agrees": "agrees",
    "disagrees": "DISAGREES",
    "no-view-yet": "has no view yet",
    "not-asked": "was not asked",
}


def named(record: Record) -> str:
    """A record by its kind and id, such as "notification decision (k9c3jw0e5v)"."""
    return f"{record.title} ({record.id})"


def decided_by(record: Record) -> str:
    """The role that decided; empty for a step that decides nothing."""
    return str(getattr(record, "decided_by", None) or "")


def how_decided(record: Record, framework: Framework, day: SayDay) -> Iterator[str]:
    """Who decided and when, where each partner stood, and who dissented."""
    if decided_by(record):
        yield f"Decided on {day(record.happened_on)} by {decided_by(record)}."
    if isinstance(record, Deliberation):
        yield from (f"{position_told(one, framework)}." for one in record.positions)
        if record.dissent:
            yield f"Dissent: {record.dissent}"


def position_told(position: Position, framework: Framework) -> str:
    """Where a partner stood, with its words if it had any."""
    name = framework.name_of("safeguarding-partners", position.partner)
    note = f": {position.note}" if position.note else ""
    return f"{name} {_POSITIONS[position.position]}{note}".removesuffix(".")


def timing_told(timing: Timing, day: SayDay) -> str:
    """In time or late, by how many working days, by which law or framework."""
    due = timing.deadline
    what = due.title.removesuffix(".")
    if due.due_on is None:
        return f"Whether in time can't be said, as day 0 is not known: {what} ({due.source})."
    basis = f"last day {day(due.due_on)}; {due.source}"
    if timing.is_late:
        return f"{number(timing.working_days or 0, 'working day').upper()} LATE: {what} ({basis})."
    left = -(timing.working_days or 0)
    how = f"In time, {number(left, 'working day')} before the last day" if left else "In time, on the last day"
    return f"{how}: {what} ({basis})."


def replacing(step: StepTaken) -> Iterator[str]:
    """What a step puts right or decides afresh, why, and who asked; and what took its place later."""
    given = step.record.replaces
    if given:
        what = named(step.replaces) if step.replaces else f"a record that is not here ({given.record})"
        yield f"{_REPLACING[given.kind]} the {what}."
        yield f"Reason: {given.reason}"
        if given.asked_by:
            yield f"Asked for by: {given.asked_by}"
    if step.replaced_by and step.replaced_by.replaces:
        yield f"{_REPLACED[step.replaced_by.replaces.kind]} record {step.replaced_by.id}."


def consequences(step: StepTaken, day: SayDay) -> Iterator[str]:
    """What a step meant for decisions and for other records."""
    for decision in step.new_since:
        yield f"New information: whoever took the {named(decision)} could not know it."
    for look in step.shakes:
        yield f"NEEDED ANOTHER LOOK because of it: the {named(look.decision)}. {_ended(look, day)}"
    for look in step.ends:
        yield f"Ends the other look at the {named(look.decision)} that record {look.because.id} made necessary."
    for conflict in step.conflicts:
        yield _conflict(conflict, step.record, day)
    if step.settles and isinstance(step.record, Resolution):
        yield f"Settles a conflict: {step.record.stands} stands, {step.record.set_aside} is set aside."
        yield f"Reason: {step.record.reason}"


def _ended(look: Look, day: SayDay) -> str:
    if look.ended_by is None:
        return "That look is still to be taken."
    how = {"decision-confirmed": "confirmed", "withdrawal": "withdrawn"}.get(look.ended_by.kind, "decided afresh")
    return f"It was {how} on {day(look.ended_by.happened_on)} (record {look.ended_by.id})."


def _conflict(conflict: PastConflict, record: Record, day: SayDay) -> str:
    said = f"CONFLICTED with the {named(conflict.other(record))}. {conflict.why}".strip()
    settled = conflict.settled_by
    if settled is None:
        return f"{said} Not settled yet."
    fate = "stands" if settled.stands == record.id else "was set aside"
    return f"{said} Settled on {day(settled.happened_on)} by {settled.decided_by}: this one {fate} ({settled.id})."


def _why_late(record: Record) -> Iterator[str]:
    reason = getattr(record, "late_reason", None)
    if reason:
        yield f"Reason given for being late: {reason}"


def out_of_order(record: Record) -> Iterator[str]:
    """Why a step was recorded out of order."""
    if record.out_of_order:
        yield f"Recorded out of order: {record.out_of_order}"


def everything(step: StepTaken, framework: Framework, day: SayDay) -> tuple[str, ...]:
    """All that the history says of a step but the answers that it changed.

    Args:
        day: how a date is said there.
    """
    return (
        *how_decided(step.record, framework, day),
        *(timing_told(timing, day) for timing in step.timings),
        *_why_late(step.record),
        *out_of_order(step.record),
        *replacing(step),
        *consequences(step, day),
    )
