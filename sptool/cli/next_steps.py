"""`sptool next`: what a case waits for, and what to type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from sptool.cli.arguments import CaseArgument, open_session
from sptool.cli.screen import say, say_if_practice, say_json
from sptool.cli.wording import say_lines, when_due, wrapped
from sptool.desk.standings import Standing, standing_of
from sptool.records.referral import ClarificationReply
from sptool.text.plain import Plain
from sptool.workflow.deadlines import Deadline
from sptool.workflow.waiting import CLOSED, Waiting, kind_for, waiting_for


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("next")(next_steps)


def next_steps(
    context: typer.Context,
    ref: CaseArgument,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Say what a case waits for, the most urgent first, and what to type."""
    session = open_session(context)
    say_if_practice(session)
    standing = standing_of(session, ref)
    (say_ahead_json if as_json else say_ahead)(standing, steps_ahead(standing))


AT_ONCE = ("safety", "conflicting", "needs-another-look", "unreadable")

"""What can't wait and is no step of the pathway, except for safety, which leads."""


@dataclass(frozen=True)
class Ahead:
    """Something to be done next.

    Args:
        deadline: the most pressing deadline that hangs on it; None if none does.
    """

    what: str
    command: str
    deadline: Deadline | None = None


def steps_ahead(standing: Standing) -> list[Ahead]:
    """What comes next: safety first, then what is late, then by date, then what has no date."""
    if not standing.case.records:
        return [Ahead(one.what, one.command) for one in standing.loud]
    first = [Ahead(one.what, one.command) for one in standing.loud if one.kind in AT_ONCE]
    waiting = [one for one in waiting_for(standing.case, standing.framework) if one.what not in _said(standing)]
    steps = [Ahead(one.what, one.command, _pressing(one, standing)) for one in waiting]
    known = {step.command for step in (*first, *steps)}
    hanging = {id(step.deadline) for step in steps}
    others = [
        Ahead(deadline.title, standing.command(deadline), deadline)
        for deadline in standing.still_open
        if id(deadline) not in hanging and standing.command(deadline) not in known
    ]
    return [*first, *sorted((*steps, *others), key=lambda step: _urgency(step, standing))]


def _said(standing: Standing) -> tuple[str, ...]:
    """What the loud things say already."""
    loud = {one.kind for one in standing.loud}
    return ("Confirm that every child is safe",) if "safety" in loud else ()


def _pressing(waiting: Waiting, standing: Standing) -> Deadline | None:
    """The open deadline that hangs on a step: one that can be late before a reminder, the earliest first."""
    found = [deadline for deadline in standing.still_open if _hangs_on(deadline, waiting, standing)]
    return min(found, key=lambda one: (not one.rule.can_be_late, one.due_on or date.min), default=None)


def _hangs_on(deadline: Deadline, waiting: Waiting, standing: Standing) -> bool:
    if kind_for(deadline) == waiting.adds.kind == ClarificationReply.kind:  # each question waits for its own
        return waiting.command.endswith(deadline.started_by)
    return kind_for(deadline) == waiting.adds.kind or standing.command(deadline) == waiting.command


def _urgency(step: Ahead, standing: Standing) -> tuple[int, date]:
    deadline = step.deadline
    if deadline is None:
        return 2, date.max
    return (0 if deadline.is_late(standing.today) else 1), deadline.due_on or date.min


def say_ahead(standing: Standing, steps: Sequence[Ahead]) -> None:
    """Prints what comes next, numbered."""
    if standing.is_closed and [step.what for step in steps] == [CLOSED]:
        say(f"{standing.case.ref} is closed. To open it again: {steps[0].command}")
        return
    say(f"{standing.case.ref} waits for:" if steps else f"{standing.case.ref} waits for nothing.")
    for at, step in enumerate(steps, 1):
        say_lines(_lines(at, step, standing))


def _lines(at: int, step: Ahead, standing: Standing) -> Iterator[str]:
    yield from wrapped(f"{at}. {step.what}", hanging=3)
    if step.deadline:
        when = when_due(step.deadline, standing.today, standing.working_days_late(step.deadline))
        title = "" if step.deadline.title == step.what else f"{step.deadline.title}: "
        yield from wrapped(f"{title}{when}" if title else f"{when[0].upper()}{when[1:]}", indent=5)
    yield from wrapped(step.command, indent=5)


def say_ahead_json(standing: Standing, steps: Sequence[Ahead]) -> None:
    """Prints what comes next for other programs."""
    say_json([_as_data(step, standing) for step in steps])


def _as_data(step: Ahead, standing: Standing) -> dict[str, Plain]:
    deadline = step.deadline
    return {
        "case": standing.case.ref,
        "what": step.what,
        "command": step.command,
        "deadline": deadline.id if deadline else None,
        "due": deadline.due_on.isoformat() if deadline and deadline.due_on else None,
        "working_days_late": standing.working_days_late(deadline) if deadline else None,
    }
