"""The documents that sptool can write, each listed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sptool.documents import (
    action_plan,
    case_history,
    decision_letter,
    family_letter,
    forum_report,
    leadership_briefing,
    local_review_decision,
    need_to_know,
    notification_sheet,
    rapid_review_agenda,
    rapid_review_report,
    scoping_request,
    seven_minute_briefing,
    terms_of_reference,
)
from sptool.documents.forum_facts import ForumReport
from sptool.documents.identifying import NAME_AND_BIRTH, WITH_ADDRESS
from sptool.documents.kinds import Document, FolderDocument
from sptool.errors import UsageError
from sptool.framework.lists import did_you_mean

DOCUMENTS: Mapping[str, Document] = MappingProxyType(
    {
        document.id: document
        for document in (
            Document(
                id="need-to-know",
                title="Need to know proforma",
                audience="whoever decides about the notification",
                facts=need_to_know.Proforma,
                gather=need_to_know.gather,
                not_yet=need_to_know.not_yet,
                identifies=WITH_ADDRESS,
            ),
            Document(
                id="decision-letter",
                title="Notification decision letter",
                audience="the referrer",
                facts=decision_letter.DecisionLetter,
                gather=decision_letter.gather,
                not_yet=decision_letter.not_yet,
            ),
            Document(
                id="notification-sheet",
                title="Notification sheet",
                audience="whoever fills in the government's form",
                facts=notification_sheet.NotificationSheet,
                gather=notification_sheet.gather,
                not_yet=notification_sheet.not_yet,
                identifies=WITH_ADDRESS,
            ),
            Document(
                id="scoping-request",
                title="Scoping and information request",
                audience="each agency that is asked",
                facts=scoping_request.ScopingRequest,
                gather=scoping_request.gather,
                not_yet=scoping_request.not_yet,
                identifies=WITH_ADDRESS,
                each="agency",
                agencies=scoping_request.agencies_asked,
            ),
            Document(
                id="rapid-review-agenda",
                title="Rapid review agenda",
                audience="the agencies that are invited",
                facts=rapid_review_agenda.RapidReviewAgenda,
                gather=rapid_review_agenda.gather,
                not_yet=rapid_review_agenda.not_yet,
                identifies=NAME_AND_BIRTH,
            ),
            Document(
                id="rapid-review-report",
                title="Rapid review report",
                audience="the Panel",
                facts=rapid_review_report.RapidReviewReport,
                gather=rapid_review_report.gather,
                not_yet=rapid_review_report.not_yet,
                identifies=WITH_ADDRESS,
            ),
            Document(
                id="local-review-decision",
                title="Local review decision and rationale",
                audience="the safeguarding partners and the Panel",
                facts=local_review_decision.LocalReviewDecisionPaper,
                gather=local_review_decision.gather,
                not_yet=local_review_decision.not_yet,
            ),
            Document(
                id="family-letter",
                title="Letter to the family",
                audience="the child's parents or carers",
                facts=family_letter.FamilyLetter,
                gather=family_letter.gather,
                not_yet=family_letter.not_yet,
                identifies=("name",),
                whom=("child",),
                salutation="Dear parent or carer",
            ),
            Document(
                id="leadership-briefing",
                title="Leadership group briefing",
                audience="the leadership group",
                facts=leadership_briefing.LeadershipBriefing,
                gather=leadership_briefing.gather,
                not_yet=leadership_briefing.not_yet,
            ),
            Document(
                id="terms-of-reference",
                title="Learning review terms of reference",
                audience="those who carry out the learning review",
                facts=terms_of_reference.TermsOfReference,
                gather=terms_of_reference.gather,
                not_yet=terms_of_reference.not_yet,
            ),
            Document(
                id="action-plan",
                title="Action plan",
                audience="the owners of the actions and the Task & Finish group",
                facts=action_plan.ActionPlan,
                gather=action_plan.gather,
                not_yet=action_plan.not_yet,
            ),
            Document(
                id="seven-minute-briefing",
                title="Seven-minute briefing",
                audience="teams in every agency",
                facts=seven_minute_briefing.SevenMinuteBriefing,
                gather=seven_minute_briefing.gather,
                not_yet=seven_minute_briefing.not_yet,
            ),
            Document(
                id="case-history",
                title="History of the case",
                audience="auditors, inspectors and scrutineers",
                facts=case_history.CaseHistory,
                gather=case_history.gather,
                not_yet=case_history.not_yet,
            ),
        )
    }
)
"""Every document about one case, in the order of the pathway."""

FOLDER_DOCUMENTS: Mapping[str, FolderDocument] = MappingProxyType(
    {
        document.id: document
        for document in (
            FolderDocument(
                id="need-to-know-form",
                title="Need to know proforma, blank",
                audience="any agency that refers",
                facts=need_to_know.BlankProforma,
                gather=need_to_know.gather_blank,
            ),
            FolderDocument(
                id="forum-report",
                title="Forum report",
                audience="the Practice Development Forum and the boards",
                facts=ForumReport,
                gather=forum_report.gather,
            ),
        )
    }
)
"""Every document about no one case."""


def document_named(document_id: str) -> Document:
    """The document about one case with that id.

    Raises:
        UsageError: there is none; with those there are.
    """
    if document_id in DOCUMENTS:
        return DOCUMENTS[document_id]
    if document_id in FOLDER_DOCUMENTS:
        raise UsageError("This document is about no one case.", f"Leave the case out: sptool render {document_id}")
    raise _unknown(document_id, DOCUMENTS)


def folder_document_named(document_id: str) -> FolderDocument:
    """The document about no one case with that id.

    Raises:
        UsageError: there is none; with those there are.
    """
    if document_id in FOLDER_DOCUMENTS:
        return FOLDER_DOCUMENTS[document_id]
    if document_id in DOCUMENTS:
        raise UsageError("This document is about one case.", f"Name the case: sptool render REF {document_id}")
    raise _unknown(document_id, FOLDER_DOCUMENTS)


def _unknown(document_id: str, allowed: Iterable[str]) -> UsageError:
    return UsageError(
        f"There is no such document.{did_you_mean(document_id, allowed)}",
        f"The documents are: {', '.join(allowed)}.",
    )
