"""The documents that sptool can write, each listed once; what is known of each stands in its own module."""

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
from sptool.documents.kinds import Document, FolderDocument
from sptool.errors import UsageError
from sptool.framework.lists import did_you_mean

DOCUMENTS: Mapping[str, Document] = MappingProxyType(
    {
        document.id: document
        for document in (
            need_to_know.DOCUMENT,
            decision_letter.DOCUMENT,
            notification_sheet.DOCUMENT,
            scoping_request.DOCUMENT,
            rapid_review_agenda.DOCUMENT,
            rapid_review_report.DOCUMENT,
            local_review_decision.DOCUMENT,
            family_letter.DOCUMENT,
            leadership_briefing.DOCUMENT,
            terms_of_reference.DOCUMENT,
            action_plan.DOCUMENT,
            seven_minute_briefing.DOCUMENT,
            case_history.DOCUMENT,
        )
    }
)
"""Every document about one case, in the order of the pathway."""

FOLDER_DOCUMENTS: Mapping[str, FolderDocument] = MappingProxyType(
    {document.id: document for document in (need_to_know.BLANK, forum_report.DOCUMENT)}
)
"""Every document that is not about a single case."""


def document_named(document_id: str) -> Document:
    """The document about one case with that id.

    Raises:
        UsageError: there is none; with those there are.
    """
    if document_id in DOCUMENTS:
        return DOCUMENTS[document_id]
    if document_id in FOLDER_DOCUMENTS:
        raise UsageError(
            "This document is not about a single case.", f"Leave the case out: sptool render {document_id}"
        )
    raise _unknown(document_id, DOCUMENTS)


def folder_document_named(document_id: str) -> FolderDocument:
    """The document with that id that is not about a single case.

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
