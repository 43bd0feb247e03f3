"""What the clocks ask of an answer: why a step is late, and why a case is closed while a duty is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sptool.cli.dates import british
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.closing import Closure
from sptool.records.header import Record
from sptool.workflow.checking import Found
from sptool.workflow.deadlines import deadlines

if TYPE_CHECKING:
    from sptool.cli.session import Session

# Open actions are asked about by a question of their own.
ACTIONS_END = "action-ended"


def unexplained(session: Session, case: Case, edition: Framework, record: Record) -> list[Found]:
    """What a record must say about duties and guidance, and does not.

    Args:
        session: this run.
        case: the case before the record.
        edition: the case's edition.
        record: the record.
    """
    if isinstance(record, Closure):
        return _open_duties(session, case, edition, record)
    return _late_without_reason(session, case, edition, record)


def _late_without_reason(session: Session, case: Case, edition: Framework, record: Record) -> list[Found]:
    """Whoever is late with a duty or with guidance says why."""
    if "late_reason" not in type(record).model_fields or getattr(record, "late_reason", None):
        return []
    late = [
        deadline
        for deadline in deadlines(case.with_record(record), edition, session.calendar_for(edition))
        if deadline.met_by == record.id and deadline.state == "met-late" and deadline.rule.can_be_late
    ]
    return [
        (("late_reason",), f"it was due on {british(one.due_on)}: say why it is late") for one in late if one.due_on
    ]


def _open_duties(session: Session, case: Case, edition: Framework, record: Closure) -> list[Found]:
    """A case is not closed over an open duty without a word. A local reminder is none."""
    if record.open_duties:
        return []
    found = [
        deadline.title
        for deadline in deadlines(case, edition, session.calendar_for(edition))
        if deadline.state in ("open", "clock-unknown")
        and deadline.rule.can_be_late
        and deadline.rule.met_by != ACTIONS_END
    ]
    if not found:
        return []
    return [(("open_duties",), f"still open: {'; '.join(found)}. Say why the case is closed all the same")]
