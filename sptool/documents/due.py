"""Which documents a case calls for now: `sptool render REF --due`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from sptool.documents.documents import DOCUMENTS
from sptool.documents.terms_of_reference import LEARNING_REVIEW
from sptool.framework.models import Framework
from sptool.records.anytime import DocumentSent
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.learning import Action, ActionAssurance, ActionUpdate, Briefing, LearningOutcome
from sptool.records.notification import NotificationDecision
from sptool.records.rapid_review import Informed, LocalReviewDecision, PanelReply, RapidReview
from sptool.records.referral import ClarificationReply, Referral, Update
from sptool.records.scoping import AgencyReturn, InformationRequest
from sptool.workflow.state import is_closed, last_of, outstanding_requests, root_of, things_to_tell_leadership
from sptool.workflow.waiting import waiting_for

_WAITED_FOR: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "notification-decision": ("need-to-know",),
        "notification": ("notification-sheet",),
        "rationale-shared": ("decision-letter",),
        "rapid-review": ("rapid-review-agenda",),
        "local-review-decision": ("rapid-review-report",),
        "submission": ("rapid-review-report", "local-review-decision"),
        "action-update": ("action-plan",),
    }
)
"""What is written for the step that a case waits for, by the kind of record which that step adds."""

_FACTS: tuple[type[Record], ...] = (Referral, ClarificationReply, Update)
_TELLS_OF: Mapping[str, tuple[type[Record], ...]] = MappingProxyType(
    {
        "need-to-know": _FACTS,
        "decision-letter": (NotificationDecision,),
        "notification-sheet": (*_FACTS, NotificationDecision),
        "rapid-review-agenda": (InformationRequest, AgencyReturn),
        "rapid-review-report": (RapidReview, LocalReviewDecision),
        "local-review-decision": (LocalReviewDecision,),
        "family-letter": (LocalReviewDecision,),
        "leadership-briefing": (RapidReview, PanelReply),
        "terms-of-reference": (LearningOutcome,),
        "action-plan": (Action, ActionUpdate, ActionAssurance),
        "seven-minute-briefing": (Briefing,),
    }
)
"""The records that a document tells of: once it was sent by somebody who had the newest of them, it is not due."""


def due(case: Case, framework: Framework, today: date) -> tuple[tuple[str, str], ...]:
    """The documents that a case calls for now, in the order of the pathway.

    Args:
        case: the case.
        framework: the edition that it was opened under.
        today: the day; what is recorded as sent after it does not count.

    Returns:
        The id of each document, and the id of the agency that it is for, or empty.
    """
    if is_closed(case):
        return ()
    called = set(_called_for(case, framework))
    asked = list(dict.fromkeys(request.agency for request in outstanding_requests(case)))
    return tuple(
        (document.id, agency)
        for document in DOCUMENTS.values()
        for agency in (asked if document.each == "agency" else [""])
        if document.each == "agency" or (document.id in called and not _was_sent(document.id, case, today))
        if document.not_yet(case) is None
    )


def _called_for(case: Case, framework: Framework) -> Iterator[str]:
    for waiting in waiting_for(case, framework):
        yield from _WAITED_FOR.get(waiting.kind, ())
    if _leadership_waits(case):
        yield "leadership-briefing"
    if _family_waits(case):
        yield "family-letter"
    outcome = case.latest(LearningOutcome)
    if outcome and LEARNING_REVIEW in outcome.approaches:
        yield "terms-of-reference"
    if case.latest(Briefing):
        yield "seven-minute-briefing"


def _leadership_waits(case: Case) -> bool:
    told = [one.happened_on for one in case.all(Informed) if one.who == "leadership" and one.told == "told"]
    return any(not any(on >= news.happened_on for on in told) for news in things_to_tell_leadership(case))


def _family_waits(case: Case) -> bool:
    """Whether the family was neither told of the decision nor is it recorded why not."""
    decision = case.latest(LocalReviewDecision)
    if decision is None or decision.family_told_on or decision.family_not_told:
        return False
    return not any(one.who == "family" and one.happened_on >= decision.happened_on for one in case.all(Informed))


def _was_sent(document: str, case: Case, today: date) -> bool:
    newest = last_of(case, *_TELLS_OF[document])
    return newest is not None and any(
        root_of(case, newest.id) in case.pasts[root_of(case, sent.id)]
        for sent in case.all(DocumentSent)
        if sent.document == document and sent.happened_on <= today
    )
