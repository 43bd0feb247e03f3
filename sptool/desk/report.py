"""After a step: what was recorded, what is due now and when, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from sptool.desk.session import Session
from sptool.desk.wanted import Recorded
from sptool.store.tidying import is_tidying_due
from sptool.workflow.deadlines import Deadline
from sptool.workflow.standing import Standing
from sptool.workflow.waiting import Waiting, waiting_for


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
