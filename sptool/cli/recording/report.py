"""After each step: what was recorded, what is now due and when, and the next command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sptool.cli.recording.flow import Recorded
from sptool.cli.screen import say, say_item, say_json
from sptool.cli.showing.pages.wording import when_due
from sptool.cli.showing.practice import say_if_practice
from sptool.store.tidying import is_tidying_due
from sptool.text.plain import Plain
from sptool.workflow.conflicts import conflicts, contested_ids
from sptool.workflow.deadlines import Deadline, deadlines
from sptool.workflow.loud import loud_things
from sptool.workflow.state import is_closed
from sptool.workflow.steps import RULES
from sptool.workflow.waiting import waiting_for

if TYPE_CHECKING:
    from sptool.cli.session import Session

MOST_DUE = 4
MOST_NEXT = 2


def report(session: Session, done: Recorded, as_json: bool) -> None:
    """Shows a step that was recorded, what is due now, and what comes next."""
    case = session.case(done.case)
    edition = session.edition(case)
    calendar_for = session.calendar_for(edition)
    contested = contested_ids(case, edition, RULES)
    every = deadlines(case, edition, calendar_for, contested)
    open_ones = [one for one in every if one.state in ("open", "clock-unknown")]
    open_ones.sort(key=lambda one: (one.due_on is None, one.due_on))
    coming = waiting_for(case, edition)
    say_if_practice(session)
    if as_json:
        say_json(_as_data(done, open_ones, [waiting.command for waiting in coming]))
        return
    say(f"Recorded {done.case}: {done.title}.")
    for loud in loud_things(case, edition, every, conflicts(case, edition, RULES)):
        say_item(f"{loud.what} {loud.command}")
    for deadline in open_ones[:MOST_DUE]:
        late = deadline.working_days_late(session.clock.today, calendar_for(deadline.rule))
        say_item(f"Due: {deadline.title.rstrip('.')}: {when_due(deadline, session.clock.today, late)}")
    if len(open_ones) > MOST_DUE:
        say(f"  And {len(open_ones) - MOST_DUE} more: sptool show {done.case}")
    for waiting in coming[:MOST_NEXT] if not is_closed(case) else ():
        say_item(f"Next: {waiting.what}: {waiting.command}")
    if is_tidying_due(session.folder):
        say_item("Housekeeping is due: sptool tidy")


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
