"""A command that records a step, from what was typed to what was recorded, what is due now, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from sptool.desk.fitting import Fit
from sptool.desk.session import Session
from sptool.desk.step import record
from sptool.desk.wanted import Given, Instead, Recorded, Typed, Wanted, typed_with
from sptool.errors import InvalidAnswers, UsageError
from sptool.store.tidying import is_tidying_due
from sptool.workflow.deadlines import Deadline
from sptool.workflow.standing import Standing
from sptool.workflow.steps import STEPS, steps_of
from sptool.workflow.steps.row import Command, Flag, Step
from sptool.workflow.waiting import Waiting, waiting_for

ON = Flag("--on", "happened_on", "When it happened")
CasesMeant = Callable[[Session, Given], list[str]]
"""Finds the cases that a command is about when none is named."""
DoInstead = Callable[[Session, Wanted, Given], Instead | None]
"""Does what is asked for instead of recording; None if there is nothing of the kind."""
Afterwards = Callable[[Session, Recorded, Given], str]
"""What is done once a step is recorded; gives what there is to say of it."""


def cases_meant(session: Session, command: Command, given: Given) -> list[str]:
    """The cases that a command is about, one step for each; an empty reference for a new one.

    Raises:
        UsageError: a reference is missing, or there is no such case.
    """
    reference = str(given.get("reference") or "")
    if reference:
        return [session.reference(reference)]
    match command.about:
        case "new" | "one-or-new":
            return [""]
        case "one-or-all" if command.waiting:
            return cast("CasesMeant", command.waiting.load())(session, given)
        case "one" | "one-or-all":
            raise UsageError("Say which case.", f"sptool {command.name} REF")


def take(session: Session, command: Command, reference: str, given: Given) -> Recorded | Instead:
    """Takes a step of one case.

    Args:
        reference: the case's exact reference; empty for a new one.

    Returns:
        What was recorded, or what was done instead.

    Raises:
        SptoolError: as the step has it. Nothing was recorded.
    """
    wanted = as_typed(command, reference, given)
    instead = cast("DoInstead", command.instead.load())(session, wanted, given) if command.instead else None
    if instead is not None:
        return instead
    if command.fitted_by:
        wanted = cast("Fit", command.fitted_by.load())(session, wanted, given)
    try:
        return record(session, wanted)
    except InvalidAnswers as problems:
        raise _mendable(problems) if wanted.from_form else problems from None


def as_typed(command: Command, reference: str, given: Given) -> Wanted:
    """The step as it was typed, not yet fitted to its case."""
    return Wanted(
        kind=steps_of(command)[0].kind,
        reference=reference,
        flags=_flags(command, given),
        source=str(given.get("answers_from") or "") or None,
        not_names=tuple(given.get("not_names") or ()),
        names_nobody=bool(given.get("names_nobody")),
        dry_run=bool(given.get("dry_run")),
        resume=bool(given.get("resume")),
    )


def done_afterwards(session: Session, command: Command, done: Recorded, given: Given) -> str:
    """Does what a command does once its step is recorded.

    Returns:
        What there is to say of it.
    """
    return cast("Afterwards", command.afterwards.load())(session, done, given) if command.afterwards else ""


def what_follows(session: Session, done: Recorded) -> Step | None:
    """The step that naturally follows in the same phone call, if it can be taken now."""
    case = session.case(done.record.case)
    for model in STEPS[done.record.kind].follows:
        if not STEPS[model.kind].refused_by(case, session.edition(case)):
            return STEPS[model.kind]
    return None


def _mendable(problems: InvalidAnswers) -> InvalidAnswers:
    """The same problems with a way to mend them although they stand in the agency's own file."""
    way = "To mend it by hand: add --to-yaml FILE, which writes what was understood, to be corrected."
    return InvalidAnswers(problems.problems, f"{problems.fix}\n{way}".strip())


def _flags(command: Command, given: Given) -> tuple[Typed, ...]:
    words = [(flag, given.get(flag.field)) for flag in command.flags]
    if command.word:
        words.append((command.word, given.get("word")))
    words.append((ON, given.get("on")))
    return tuple(one for flag, word in words for one in typed_with(flag, word))


@dataclass(frozen=True)
class Report:
    """What there is to say after a step.

    Args:
        open: what is due, the earliest first; an unknown clock last.
    """

    done: Recorded
    standing: Standing
    open: tuple[Deadline, ...]
    coming: tuple[Waiting, ...]
    is_tidying_due: bool


def report(session: Session, done: Recorded) -> Report:
    """What there is to say after a step that was recorded."""
    case = session.case(done.record.case)
    edition = session.edition(case)
    standing = Standing(case, edition, session.clock.today, session.calendar_for(edition))
    waiting = [one for one in standing.deadlines if one.is_open]
    waiting.sort(key=lambda one: (one.due_on is None, one.due_on))
    return Report(done, standing, tuple(waiting), waiting_for(case, edition), is_tidying_due(session.folder))
