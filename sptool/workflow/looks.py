"""Every time a decision needed another look, and how that ended. `another_look` says which decisions need one now."""

from __future__ import annotations

from dataclasses import dataclass

from sptool.records.anytime import DecisionConfirmed
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.notification import NotificationDecision
from sptool.records.rapid_review import LocalReviewDecision
from sptool.workflow.another_look import NOT_RELIED_ON, Decision
from sptool.workflow.state import root_of


@dataclass(frozen=True)
class Look:
    """That a decision needed another look.

    Args:
        decision: the decision, as it was first written.
        because: the correction or withdrawal of something that it relied on.
        ended_by: the confirmation, the decision taken afresh or the withdrawal that ended it; None while it is open.
    """

    decision: Decision
    because: Record
    ended_by: Record | None


def looks(case: Case) -> tuple[Look, ...]:
    """Every time a decision of the case needed another look, in the order of the records that made it so."""
    return tuple(
        Look(decision, change, _end(case, decision, change))
        for change in case.records
        for decision in decisions_as_written(case)
        if _shakes(case, change, decision)
    )


def decisions_as_written(case: Case) -> tuple[Decision, ...]:
    """Every decision about a notification or a local review, as it was first written; a correction is no new one."""
    return tuple(
        record
        for record in case.records
        if isinstance(record, NotificationDecision | LocalReviewDecision) and root_of(case, record.id) == record.id
    )


def _shakes(case: Case, change: Record, decision: Decision) -> bool:
    """Whether a record corrects or withdraws a fact that the decision relied on, unknown to whoever decided."""
    if change.replaces is None or change.replaces.kind == "reconsideration" or change.id in case.set_aside:
        return False
    fact = case.by_id.get(root_of(case, change.replaces.record))
    known = case.pasts[decision.id]
    return fact is not None and fact.id in known and change.id not in known and fact.kind not in NOT_RELIED_ON


def _end(case: Case, decision: Decision, change: Record) -> Record | None:
    stand = [record for record in case.records if record.id not in case.withdrawn | case.set_aside]
    return next((record for record in stand if _ends(case, record, decision, change)), None)


def _ends(case: Case, record: Record, decision: Decision, change: Record) -> bool:
    if isinstance(record, DecisionConfirmed):
        knew = change.id in case.pasts[root_of(case, record.id)]
        return knew and root_of(case, record.decision) == decision.id
    if record.replaces is None or record.replaces.kind == "correction":
        return False
    return root_of(case, record.replaces.record) == decision.id
