"""Runs a command that records a step: what was typed, adapted to the case, recorded, reported, and what follows."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from typing import Any

from sptool.cli.dates import read_date
from sptool.cli.recording.flags import answers_of_flags
from sptool.cli.recording.flow import Recorded, Wanted, can_ask, record
from sptool.cli.recording.report import report
from sptool.cli.screen import say_json
from sptool.cli.session import Session
from sptool.cli.stepping.adapting import ADAPT
from sptool.cli.stepping.afterwards import AFTERWARDS
from sptool.cli.stepping.table import STEP_COMMANDS, StepCommand
from sptool.errors import InvalidAnswers, UsageError
from sptool.text.plain import Plain
from sptool.workflow.state import outstanding_requests
from sptool.workflow.steps import STEPS

# One command for both decisions.
COMMAND_OF = {"local-review-decision": "notification-decision"}


def run_step(session: Session, row: StepCommand, typed: Mapping[str, Any]) -> None:
    """Records the step of a command.

    Args:
        session: this run.
        row: the command.
        typed: what was typed, by the parameter's name.
    """
    if row.name == "chase" and typed.get("all_outstanding") and not typed.get("reference"):
        _chase_everywhere(session, row, typed)
        return
    if typed.get("to_yaml"):
        from sptool.cli.stepping.returning import write_understood

        write_understood(session, plainly_wanted(session, row, typed), typed)
        return
    wanted = wanted_of(session, row, typed)
    done = _recorded(session, wanted)
    _tell(session, row, done, bool(typed.get("as_json")))
    if done.commit and typed.get("email"):
        from sptool.cli.rendering.chasing import write_reminders

        write_reminders(session, done.case, done.record)
    if done.commit and can_ask(session) and not wanted.source:
        _offer(session, done)


def _recorded(session: Session, wanted: Wanted) -> Recorded:
    try:
        return record(session, wanted)
    except InvalidAnswers as problems:
        if not wanted.from_form:
            raise
        from sptool.cli.stepping.returning import mendable

        raise mendable(problems) from None


def wanted_of(session: Session, row: StepCommand, typed: Mapping[str, Any]) -> Wanted:
    """The step that was asked for, fitted to its case.

    Raises:
        UsageError: a reference is missing, or there is no such case.
    """
    wanted = plainly_wanted(session, row, typed)
    return ADAPT[row.adapt](session, wanted, typed) if row.adapt else wanted


def plainly_wanted(session: Session, row: StepCommand, typed: Mapping[str, Any]) -> Wanted:
    """The step as it was typed.

    Raises:
        UsageError: a reference is missing, or there is no such case.
    """
    reference = str(typed.get("reference") or "")
    if not reference and not row.opens and row.name != "nominate":
        raise UsageError("Say which case.", f"sptool {row.name} REF")
    return Wanted(
        kind=row.kind,
        reference=session.reference(reference) if reference else "",
        flags=_flags(session, row, typed),
        source=str(typed.get("answers_from") or "") or None,
        not_names=tuple(typed.get("not_names") or ()),
        dry_run=bool(typed.get("dry_run")),
        resume=bool(typed.get("resume")),
    )


def _flags(session: Session, row: StepCommand, typed: Mapping[str, Any]) -> dict[str, Plain]:
    given = {flag.name: typed.get(flag.field) for flag in row.flags}
    found = answers_of_flags(row.flags, given)
    if row.word and typed.get("word") and row.adapt != "correction":
        found[row.word.field] = str(typed["word"])
    if typed.get("on"):
        found["happened_on"] = str(typed["on"])
    today = session.clock.today
    dated = [name for name in found if name.endswith(("_on", "_by"))]
    return found | {name: read_date(str(found[name]), today) for name in dated if _could_be_date(found[name])}


def _could_be_date(value: Plain) -> bool:
    return isinstance(value, str) and len(value) < 20


def _tell(session: Session, row: StepCommand, done: Recorded, as_json: bool) -> None:
    if not done.commit:
        return
    report(session, done, as_json)
    if row.afterwards:
        AFTERWARDS[row.afterwards](session, done, as_json)


def _chase_everywhere(session: Session, row: StepCommand, typed: Mapping[str, Any]) -> None:
    """One chaser for each case with open requests, each its own record."""
    waiting = [case.ref for case in session.book.cases() if outstanding_requests(case)]
    if not waiting:
        raise UsageError("No agency has an open request in any case.", "To see what is due: sptool overdue")
    chasers = [{**typed, "reference": reference} for reference in waiting]
    if typed.get("as_json") and not typed.get("dry_run"):
        _one_list(session, row, chasers)
        return
    for chaser in chasers:
        run_step(session, row, chaser)


def _one_list(session: Session, row: StepCommand, steps: Sequence[Mapping[str, Any]]) -> None:
    """Several steps, answered in JSON as one list. What was recorded before one fails is listed all the same."""
    done: list[Plain] = []
    try:
        for typed in steps:
            with redirect_stdout(io.StringIO()) as answer:
                run_step(session, row, typed)
            done.append(json.loads(answer.getvalue()))
    finally:
        say_json(done)


def _offer(session: Session, done: Recorded) -> None:
    """Offers the step that naturally follows in the same phone call; each is a record of its own."""
    from sptool.cli.recording.prompts import confirm

    case = session.case(done.case)
    for kind in STEPS[done.kind].follows:
        row = next((row for row in STEP_COMMANDS if row.kind == COMMAND_OF.get(kind, kind)), None)
        if row is None or STEPS[kind].rule(case, session.edition(case)):
            continue
        if confirm(f"Go on with: sptool {row.name} {done.case}?", default=True):
            run_step(session, row, {"reference": done.case})
        return
