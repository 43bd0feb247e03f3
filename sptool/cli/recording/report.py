"""After each step: what was recorded, what is now due and when, and the next command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sptool.cli.dates import british
from sptool.cli.recording.flow import Recorded
from sptool.cli.screen import say, say_json
from sptool.text.plain import Plain
from sptool.workflow.deadlines import Deadline, deadlines
from sptool.workflow.state import duty_not_followed
from sptool.workflow.waiting import waiting_for

if TYPE_CHECKING:
    from sptool.cli.session import Session

MOST_DUE = 4


def report(session: Session, done: Recorded, as_json: bool) -> None:
    """Shows a step that was recorded, what is due now, and what comes next."""
    case = session.case(done.case)
    edition = session.edition(case)
    calendar_for = session.calendar_for(edition)
    open_ones = [one for one in deadlines(case, edition, calendar_for) if one.state in ("open", "clock-unknown")]
    open_ones.sort(key=lambda one: (one.due_on is None, one.due_on))
    coming = waiting_for(case, edition)
    if as_json:
        say_json(_as_data(done, open_ones, [waiting.command for waiting in coming]))
        return
    say(f"Recorded {done.case}: {done.title}.")
    if duty_not_followed(case):
        say("Duty not followed: a ground is met and no notification is made.")
    for deadline in open_ones[:MOST_DUE]:
        late = deadline.working_days_late(session.clock.today, calendar_for(deadline.rule))
        say(f"  Due: {deadline.title}: {when(deadline, late)}")
    if len(open_ones) > MOST_DUE:
        say(f"  And {len(open_ones) - MOST_DUE} more: sptool show {done.case}")
    for waiting in coming[:2]:
        say(f"  Next: {waiting.what}: {waiting.command}")


def when(deadline: Deadline, late: int | None) -> str:
    """When something is due, with the working days that are left or gone."""
    if deadline.due_on is None or late is None:
        return "can't be worked out: the day the local authority became aware is unknown"
    provisional = ", provisional" if deadline.provisional else ""
    return f"{british(deadline.due_on)} ({_days(late)}{provisional})"


def _days(late: int) -> str:
    if late == 0:
        return "today"
    number = f"{abs(late)} working day{'' if abs(late) == 1 else 's'}"
    return f"{number} late" if late > 0 else f"{number} left"


def _as_data(done: Recorded, open_ones: Iterable[Deadline], commands: list[str]) -> dict[str, Plain]:
    due: list[Plain] = [
        {"deadline": one.id, "title": one.title, "due": one.due_on.isoformat() if one.due_on else None}
        for one in open_ones
    ]
    return {
        "case": done.case,
        "record": done.record,
        "commit": done.commit,
        "step": done.kind,
        "title": done.title,
        "due": due,
        "next": list(commands),
    }
