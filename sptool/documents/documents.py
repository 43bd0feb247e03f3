"""The documents that sptool can write, each listed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sptool.documents import decision_letter, scoping_request
from sptool.documents.context import DocumentFacts, Material
from sptool.errors import UsageError
from sptool.framework.lists import did_you_mean
from sptool.records.case import Case
from sptool.workflow.refusals import Refusal


def _no_agencies(case: Case) -> tuple[str, ...]:
    del case
    return ()


@dataclass(frozen=True)
class Document:
    """A kind of document.

    Args:
        id: what commands and records call it.
        title: what people call it.
        audience: whom it is for.
        each: whether a case has one, or one for each agency.
        facts: the dataclass whose fields its template can name.
        gather: finds those facts in a case.
        not_yet: why a case can't have it (yet), or None.
        agencies: for one per agency: the ids of those that get it.
    """

    id: str
    title: str
    audience: str
    each: Literal["case", "agency"]
    facts: type[DocumentFacts]
    gather: Callable[[Material], DocumentFacts]
    not_yet: Callable[[Case], Refusal | None]
    agencies: Callable[[Case], tuple[str, ...]] = _no_agencies

    @property
    def template(self) -> str:
        """The name of its template."""
        return f"{self.id}.md.j2"


DOCUMENTS: Mapping[str, Document] = MappingProxyType(
    {
        document.id: document
        for document in (
            Document(
                id="decision-letter",
                title="Notification decision letter",
                audience="the referrer",
                each="case",
                facts=decision_letter.DecisionLetter,
                gather=decision_letter.gather,
                not_yet=decision_letter.not_yet,
            ),
            Document(
                id="scoping-request",
                title="Scoping and information request",
                audience="each agency that is asked",
                each="agency",
                facts=scoping_request.ScopingRequest,
                gather=scoping_request.gather,
                not_yet=scoping_request.not_yet,
                agencies=scoping_request.agencies_asked,
            ),
        )
    }
)


def document_named(document_id: str) -> Document:
    """The document with that id.

    Raises:
        UsageError: there is none; with those there are.
    """
    if document_id in DOCUMENTS:
        return DOCUMENTS[document_id]
    raise UsageError(
        f"There is no such document.{did_you_mean(document_id, DOCUMENTS)}",
        f"The documents are: {', '.join(DOCUMENTS)}.",
    )
