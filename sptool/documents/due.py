"""Which documents a case calls for now: `sptool render REF --due`."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

from sptool.documents.documents import DOCUMENTS
from sptool.documents.kinds import Document
from sptool.framework.models import Framework
from sptool.records.anytime import DocumentSent
from sptool.records.case import Case
from sptool.workflow.state import (
    is_closed,
    last_of,
    root_of,
)
from sptool.workflow.waiting import waiting_for


def due(case: Case, framework: Framework, today: date) -> tuple[tuple[str, str], ...]:
    """The documents that a case calls for now, in the order of the pathway.

    Args:
        today: the day; what is recorded as sent after it does not count.

    Returns:
        The id of each document, and the id of the agency that it is for, or empty.
    """
    if is_closed(case):
        return ()
    waits_for = {waiting.kind for waiting in waiting_for(case, framework)}
    return tuple(
        (document.id, agency)
        for document in DOCUMENTS.values()
        if document.not_yet(case) is None and _is_called_for(document, case, waits_for)
        if not _was_sent(document, case, today)
        for agency in (document.each_agency.silent(case) if document.each_agency else ("",))
    )


def _is_called_for(document: Document, case: Case, waits_for: Set[str]) -> bool:
    if callable(document.called_for):
        return document.called_for(case)
    return any(kind.kind in waits_for for kind in document.called_for)


def _was_sent(document: Document, case: Case, today: date) -> bool:
    newest = last_of(case, *document.tells_of)
    return newest is not None and any(
        root_of(case, newest.id) in case.pasts[root_of(case, sent.id)]
        for sent in case.all(DocumentSent)
        if sent.document == document.id and sent.happened_on <= today
    )
