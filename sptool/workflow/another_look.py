"""Which decisions need another look, and what is new since a decision.

Only a correction of something that a decision relied on makes it need another look. New information does not: it was
no mistake not to have known it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sptool.records.anytime import DecisionConfirmed
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.notification import NotificationDecision
from sptool.records.rapid_review import LocalReviewDecision
from sptool.records.referral import ClarificationReply, Update
from sptool.workflow.state import root_of

Decision = NotificationDecision | LocalReviewDecision

NOT_RELIED_ON = frozenset(
    {
        "notification-decision",
        "local-review-decision",
        "decision-confirmed",
        "resolution",
        "chaser",
        "document-sent",
        "lead-officer",
        "link",
        "legal-hold",
        "erasure",
    }
)
"""Kinds of record that are no facts for a decision: a correction of one changes nothing that was decided on."""


@dataclass(frozen=True)
class Suspect:
    """A decision that needs another look.

    Args:
        decision: the decision that stands.
        because: the ids of the corrections and withdrawals that it could not know, oldest first.
    """

    decision: Decision
    because: tuple[str, ...]


def reconsider(case: Case, decision: Decision) -> str:
    """What is typed to take a decision afresh; it names the earlier one where a later one stands too."""
    later = isinstance(decision, NotificationDecision) and case.latest(LocalReviewDecision) is not None
    return f"sptool decide {case.ref} --reconsider" + (" --of notification" if later else "")


def suspects(case: Case) -> tuple[Suspect, ...]:
    """The standing decisions that relied on something corrected or withdrawn since.

    It ends when the decision is reconsidered or confirmed by somebody who knew of the correction. Correcting the
    decision's own record is not thinking again, so it ends nothing.
    """
    looked_at = [(decision, _unsettled(case, decision)) for decision in _decisions(case)]
    return tuple(Suspect(decision, because) for decision, because in looked_at if because)


def new_since(case: Case, decision: Decision) -> tuple[Record, ...]:
    """New information and replies to questions that whoever decided could not know, oldest first.

    A correction of what was known before is not new: see `suspects`.
    """
    known = _known_to(case, decision)
    return tuple(
        record
        for record in case.standing
        if isinstance(record, Update | ClarificationReply) and root_of(case, record.id) not in known
    )


def _decisions(case: Case) -> tuple[Decision, ...]:
    return tuple(record for record in case.standing if isinstance(record, NotificationDecision | LocalReviewDecision))


def _known_to(case: Case, decision: Decision) -> frozenset[str]:
    return case.pasts[root_of(case, decision.id)]


def _unsettled(case: Case, decision: Decision) -> tuple[str, ...]:
    known = _known_to(case, decision)
    settled = _known_when_confirmed(case, decision)
    return tuple(
        record.id
        for record in case.records
        if _changes_a_fact(case, record, known) and record.id not in known | settled | case.set_aside
    )


def _changes_a_fact(case: Case, record: Record, known: frozenset[str]) -> bool:
    """Whether the record corrects or withdraws a fact that was known."""
    if record.replaces is None or record.replaces.kind == "reconsideration":
        return False
    fact = case.by_id.get(root_of(case, record.replaces.record))
    return fact is not None and fact.id in known and fact.kind not in NOT_RELIED_ON


def _known_when_confirmed(case: Case, decision: Decision) -> frozenset[str]:
    root = root_of(case, decision.id)
    confirmed = [one for one in case.all(DecisionConfirmed) if root_of(case, one.decision) == root]
    return frozenset().union(*(case.pasts[root_of(case, one.id)] for one in confirmed))
