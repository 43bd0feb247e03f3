"""What is known of each kind of document: for whom it is, what it tells of, and whom a copy of it may identify."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sptool.documents.context import CaseFacts, DocumentFacts, Folder, Material
from sptool.documents.identifying import FAMILY
from sptool.records.anytime import Detail
from sptool.records.case import Case
from sptool.workflow.refusals import Refusal


def _no_agencies(case: Case) -> tuple[str, ...]:
    del case
    return ()


@dataclass(frozen=True, kw_only=True)
class AnyDocument:
    """A kind of document.

    Args:
        id: what commands and records call it.
        title: what people call it.
        audience: whom it is for.
        facts: the dataclass whose fields its template can name.
        identifies: by which details a copy of it may identify people; none for one that never does.
        salutation: how a message to its readers begins, without the comma.
    """

    id: str
    title: str
    audience: str
    facts: type[DocumentFacts]
    identifies: tuple[Detail, ...] = ()
    salutation: str = "Dear colleague"

    @property
    def template(self) -> str:
        """The name of its template."""
        return f"{self.id}.md.j2"


@dataclass(frozen=True, kw_only=True)
class Document(AnyDocument):
    """A kind of document about one case.

    Args:
        gather: finds its facts in a case.
        not_yet: why a case can't have it (yet), or None.
        each: whether a case has one, or one for each agency.
        agencies: for one per agency: the ids of those that get it.
        whom: whom a copy of it may identify, as roles.
    """

    facts: type[CaseFacts]
    gather: Callable[[Material], CaseFacts]
    not_yet: Callable[[Case], Refusal | None]
    each: Literal["case", "agency"] = "case"
    agencies: Callable[[Case], tuple[str, ...]] = _no_agencies
    whom: tuple[str, ...] = FAMILY


@dataclass(frozen=True, kw_only=True)
class FolderDocument(AnyDocument):
    """A kind of document about no one case.

    Args:
        gather: finds its facts in the folder.
    """

    gather: Callable[[Folder], DocumentFacts]
