"""The screen after each step, and the same for other programs."""

from __future__ import annotations

from sptool.cli.practice import say_if_practice
from sptool.cli.screen import say, say_item
from sptool.cli.wording import when_due
from sptool.desk.report import Report
from sptool.desk.session import Session
from sptool.text.plain import Plain

MOST_DUE = 4
MOST_NEXT = 2


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
