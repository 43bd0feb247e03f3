"""The documents that sptool can write, each listed once, and which of them a case calls for now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date
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
from sptool.framework.models import Framework
from sptool.records.anytime import DocumentSent
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.workflow.state import (
    is_closed,
    last_of,
    root_of,
)
from sptool.workflow.waiting import waiting_for

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


def due(case: Case, framework: Framework, today: date) -> tuple[tuple[str, str], ...]:
    """The documents that a case calls for now, in the order of the pathway.

    Args:
        today: the day; what is recorded as sent after it does not count.

    Returns:
        The id of each document, and the id of the agency that it is for, or empty.
    """
    if is_closed(case):
        return ()
    waits_for = {waiting.adds for waiting in waiting_for(case, framework)}
    return tuple(
        (document.id, agency)
        for document in DOCUMENTS.values()
        if document.not_yet(case) is None and _is_called_for(document, case, waits_for)
        if not _was_sent(document, case, today)
        for agency in (document.each_agency.silent(case) if document.each_agency else ("",))
    )


def _is_called_for(document: Document, case: Case, waits_for: Set[type[Record]]) -> bool:
    if callable(document.called_for):
        return document.called_for(case)
    return any(kind in waits_for for kind in document.called_for)


def _was_sent(document: Document, case: Case, today: date) -> bool:
    newest = last_of(case, *document.tells_of)
    return newest is not None and any(
        root_of(case, newest.id) in case.pasts[root_of(case, sent.id)]
        for sent in case.all(DocumentSent)
        if sent.document == document.id and sent.happened_on <= today
    )
