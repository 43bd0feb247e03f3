"""Which decisions need another look, every time that one did, and what is new since a decision.

Only a correction of something that a decision relied on makes it need another look. New information does not: it was
no mistake not to have known it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sptool.records.anytime import DecisionConfirmed
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.referral import ClarificationReply, Update
from sptool.workflow.state import Decision, root_of
from sptool.workflow.steps import STEPS


@dataclass(frozen=True)
class Suspect:
    """A decision that needs another look.

    Args:
        because: the ids of the corrections and withdrawals that it could not know, oldest first.
    """

    decision: Decision
    because: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """That a decision needed another look, and how that ended.

    Args:
        decision: the decision, as it was first written.
        because: the correction or withdrawal of something that it relied on.
        ended_by: the confirmation, the decision taken afresh or the withdrawal that ended it; None while it is open.
    """

    decision: Decision
    because: Record
    ended_by: Record | None


def suspects(case: Case) -> tuple[Suspect, ...]:
    """The standing decisions that relied on something corrected or withdrawn since.

    It ends when the decision is reconsidered or confirmed by somebody who knew of the correction. Correcting the
    decision's own record is not thinking again, so it ends nothing.
    """
    standing = [record for record in case.standing if isinstance(record, Decision)]
    looked_at = [(decision, _unconfirmed(case, root_of(case, decision.id))) for decision in standing]
    return tuple(Suspect(decision, because) for decision, because in looked_at if because)


def looks(case: Case) -> tuple[Look, ...]:
    """Every time a decision of the case needed another look, in the order of the records that made it so."""
    return tuple(
        Look(decision, change, _end(case, decision.id, change))
        for change in case.records
        for decision in decisions_as_written(case)
        if _shakes(case, change, decision.id)
    )


def decisions_as_written(case: Case) -> tuple[Decision, ...]:
    """Every decision about a notification or a local review, as it was first written; a correction is no new one."""
    return tuple(
        record for record in case.records if isinstance(record, Decision) and root_of(case, record.id) == record.id
    )


def new_since(case: Case, decision: Decision) -> tuple[Record, ...]:
    """New information and replies to questions that whoever decided could not know, oldest first."""
    return tuple(record for record in case.standing if is_new_to(case, decision, record))


def is_new_to(case: Case, decision: Decision, record: Record) -> bool:
    """Whether a record is information that whoever decided could not know.

    A correction of what was known before is not new: see `looks`.
    """
    known = case.pasts[root_of(case, decision.id)]
    return isinstance(record, Update | ClarificationReply) and root_of(case, record.id) not in known


def _shakes(case: Case, change: Record, decision: str) -> bool:
    """Whether a record corrects or withdraws a fact that a decision relied on, unknown to whoever decided.

    Args:
        decision: the id under which the decision was first written; the same below.
    """
    if change.replaces is None or change.replaces.kind == "reconsideration" or change.id in case.set_aside:
        return False
    fact = case.by_id.get(root_of(case, change.replaces.record))
    known = case.pasts[decision]
    return fact is not None and fact.id in known and change.id not in known and STEPS[fact.kind].relied_on


def _unconfirmed(case: Case, decision: str) -> tuple[str, ...]:
    """What shook a decision that nobody has confirmed since with knowledge of it."""
    shaking = [change for change in case.records if _shakes(case, change, decision)]
    return tuple(change.id for change in shaking if not _confirmations(case, decision, change))


def _confirmations(case: Case, decision: str, change: Record) -> frozenset[str]:
    """The confirmations of a decision by somebody who knew of a change, by the ids under which they were written."""
    confirming = [one for one in case.all(DecisionConfirmed) if root_of(case, one.decision) == decision]
    return frozenset(root for one in confirming if change.id in case.pasts[root := root_of(case, one.id)])


def _end(case: Case, decision: str, change: Record) -> Record | None:
    confirmations = _confirmations(case, decision, change)
    gone = case.withdrawn | case.set_aside
    stand = (record for record in case.records if record.id not in gone)
    return next((record for record in stand if _ends(case, record, decision, confirmations)), None)


def _ends(case: Case, record: Record, decision: str, confirmations: frozenset[str]) -> bool:
    """Whether a record confirms the decision, takes it afresh or withdraws it."""
    if isinstance(record, DecisionConfirmed):
        return root_of(case, record.id) in confirmations and root_of(case, record.decision) == decision
    if record.replaces is None or record.replaces.kind == "correction":
        return False
    return root_of(case, record.replaces.record) == decision
