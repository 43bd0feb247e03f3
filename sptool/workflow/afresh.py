"""Whether something was decided or notified again, so that what follows it may come again."""

from __future__ import annotations

from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.notification import Notification
from sptool.workflow.state import root_of


def decided_afresh_since(case: Case, decision: Record, sent: Record) -> bool:
    """Whether a decision was taken afresh by somebody who knew what had been sent on the earlier one.

    It goes by what the writer could know, not by dates: what was sent may be written up before the first decision.
    """
    root = root_of(case, decision.id)
    first = case.by_id.get(root)
    afresh = first is not None and first.replaces is not None and first.replaces.kind == "reconsideration"
    return afresh and root_of(case, sent.id) in case.pasts[root]


def notified_again_since(case: Case, held: Record) -> bool:
    """Whether a further notification followed a meeting, by somebody who knew of the meeting."""
    sent = case.all(Notification)
    return len(sent) > 1 and root_of(case, held.id) in case.pasts[root_of(case, sent[-1].id)]
