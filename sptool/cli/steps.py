"""Runs a command that records a step, says what was recorded, and offers what naturally follows."""

from __future__ import annotations

from typing import Any

from sptool.cli.screen import say, say_if_practice, say_item, say_json, tell
from sptool.cli.wording import when_due
from sptool.desk.command import Report, cases_meant, done_afterwards, report, take, what_follows
from sptool.desk.new_record import as_bytes
from sptool.desk.session import Session
from sptool.desk.wanted import Given, Instead, Recorded
from sptool.store.step_commits import step_commits
from sptool.text.plain import Plain
from sptool.workflow.steps.row import Command
from sptool.workflow.subjects import step_title

MOST_DUE = 4
MOST_NEXT = 2


def run_step(session: Session, command: Command, given: dict[str, Any]) -> None:
    """Records the steps of a command.

    Args:
        given: what was typed, by the parameter's name.
    """
    cases = cases_meant(session, command, given)
    if not given.get("dry_run"):
        session.done.expect(len(cases) * (1 + bool(command.afterwards)))
    if given.get("as_json") and not given.get("dry_run"):
        _answer_in_json(session, command, cases, given)
        return
    for reference in cases:
        done = take(session, command, reference, given)
        if isinstance(done, Instead):
            session.done.left = 0
            if done.said:
                say(done.said)
        else:
            _tell(session, command, done, given)


def _tell(session: Session, command: Command, done: Recorded, given: Given) -> None:
    if not done.commit:
        say(f"Would record {done.record.case}: {done.title}.")
        say(as_bytes(done.record).decode())
        return
    say_report(session, report(session, done))
    also = _afterwards(session, command, done, given)
    if also:
        say(also)
    if session.talk.can_ask and not given.get("answers_from"):
        _offer(session, done)


def _answer_in_json(session: Session, command: Command, cases: list[str], given: Given) -> None:
    """The answer for one case, or a list for all. What was recorded before one fails is listed all the same."""
    answers: list[Plain] = []
    try:
        for reference in cases:
            done = take(session, command, reference, given)
            if isinstance(done, Instead):
                session.done.left = 0
                if done.said:
                    tell(done.said)
                answers += [as_data(session, report(session, earlier)) for earlier in _earlier(session, done)]
            else:
                answers.append(as_data(session, report(session, done)))
                also = _afterwards(session, command, done, given)
                if also:
                    tell(also)
    finally:
        if given.get("reference") or (len(cases) == 1 and not command.waiting):
            for answer in answers:
                say_json(answer)
        else:
            say_json(answers)


def _earlier(session: Session, instead: Instead) -> list[Recorded]:
    """The step of long ago that was only finished now."""
    if instead.record is None:
        return []
    record = instead.record
    commit = step_commits(session.folder, session.book.commit, record.case).get(record.id, "")
    return [Recorded(record, commit, step_title(record))]


def _afterwards(session: Session, command: Command, done: Recorded, given: Given) -> str:
    """Does what comes afterwards; what there is to say of it."""
    also = done_afterwards(session, command, done, given)
    if command.afterwards:
        session.done.finished()
    return also


def _offer(session: Session, done: Recorded) -> None:
    """Offers the step that naturally follows in the same phone call; each is a record of its own."""
    step = what_follows(session, done)
    case = done.record.case
    if step and session.talk.confirm(f"Go on with: {step.typed(case)}?"):
        run_step(session, step.command, {"reference": case})


def say_report(session: Session, found: Report) -> None:
    """Shows a step that was recorded, what is due now, and what comes next."""
    case, today = found.done.record.case, session.clock.today
    say_if_practice(session)
    say(f"Recorded {case}: {found.done.title}.")
    for loud in found.standing.loud:
        say_item(loud.what)
        say(f"    {loud.command}")  # apart, since what it is may end with a command of its own
    for deadline in found.open[:MOST_DUE]:
        when = when_due(deadline, today, found.standing.working_days_late(deadline))
        say_item(f"Due: {deadline.title.rstrip('.')}: {when}")
    if len(found.open) > MOST_DUE:
        say(f"  And {len(found.open) - MOST_DUE} more: sptool show {case}")
    for waiting in found.coming[:MOST_NEXT] if not found.standing.is_closed else ():
        say_item(f"Next: {waiting.what}: {waiting.command}")
    if found.is_tidying_due:
        say_item("Housekeeping is due: sptool tidy")


def as_data(session: Session, found: Report) -> dict[str, Plain]:
    """The same for other programs."""
    say_if_practice(session)
    record = found.done.record
    due: list[Plain] = [
        {"deadline": one.id, "title": one.title, "due": one.due_on.isoformat() if one.due_on else None}
        for one in found.open
    ]
    return {
        "case": record.case,
        "record": record.id,
        "commit": found.done.commit,
        "step": record.kind,
        "title": found.done.title,
        "due": due,
        "next": [waiting.command for waiting in found.coming],
    }
