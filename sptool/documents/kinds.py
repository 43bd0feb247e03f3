"""What is known of each kind of document: for whom it is, when it is called for, whom a copy of it may identify.

Nothing here has a default: whoever adds a document says all of it, in one row beside what gathers its facts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_type_hints

from sptool.documents.context import CaseFacts, DocumentFacts, Folder, Material
from sptool.records.anytime import Detail
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.workflow.refusals import Refusal

COLLEAGUE = "Dear colleague"


@dataclass(frozen=True, kw_only=True)
class AnyDocument:
    """A kind of document.

    Args:
        id: what commands and records call it; its template is called so too.
        salutation: how a message to its readers begins, without the comma.
        gather: finds its facts. The type that it gives names all that the template can name.
        identifies: by which details a copy of it may identify people; none for one that never does.
    """

    id: str
    title: str
    audience: str
    salutation: str
    gather: Callable[..., DocumentFacts]
    identifies: tuple[Detail, ...]

    @property
    def facts(self) -> type[DocumentFacts]:
        """The dataclass whose fields its template can name."""
        found: type[DocumentFacts] = get_type_hints(self.gather)["return"]
        return found

    @property
    def template(self) -> str:
        """The name of its template."""
        return f"{self.id}.md.j2"


@dataclass(frozen=True)
class EachAgency:
    """The agencies that each get a copy of their own, by their ids.

    Args:
        asked: all that can have one.
        silent: those for which it is still called for.
    """

    asked: Callable[[Case], tuple[str, ...]]
    silent: Callable[[Case], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Document(AnyDocument):
    """A kind of document about one case.

    Args:
        gather: finds its facts in a case that `not_yet` lets pass.
        not_yet: why a case can't have it (yet), or None.
        called_for: when it is due: while the case waits for a step that adds one of these kinds of record, or as a
            function of the case says. Empty for a document that is never due of itself.
        tells_of: the kinds of record that it tells of: once somebody who had the newest of them has sent it, it is due
            no more. Empty for a document that sending does not settle.
        each_agency: the agencies, if each gets its own; None if a case has one.
        whom: whom a copy of it may identify, as roles.
    """

    gather: Callable[[Material], CaseFacts]
    not_yet: Callable[[Case], Refusal | None]
    called_for: tuple[type[Record], ...] | Callable[[Case], bool]
    tells_of: tuple[type[Record], ...]
    each_agency: EachAgency | None
    whom: tuple[str, ...]

    def agencies(self, case: Case) -> tuple[str, ...]:
        """The ids of the agencies that each get their own; none if a case has one."""
        return self.each_agency.asked(case) if self.each_agency else ()


@dataclass(frozen=True, kw_only=True)
class FolderDocument(AnyDocument):
    """A kind of document that is not about a single case."""

    gather: Callable[[Folder], DocumentFacts]


def unless(kind: type[Record], reason: str, first: str) -> Callable[[Case], Refusal | None]:
    """A document that a case can't have without a record of a certain kind.

    Args:
        reason: why there is no document, in one sentence.
        first: the command that comes first, with `{case}` for the reference.
    """

    def not_yet(case: Case) -> Refusal | None:
        return None if case.latest(kind) else Refusal(reason, first.format(case=case.ref))

    return not_yet


def whenever_there_is_one(case: Case) -> bool:
    """That a document is due as soon as the case can have it."""
    del case
    return True
