"""Writes a case's document in Markdown. The same case and templates give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from sptool.documents.context import DocumentFacts, Folder, Material, agency_name
from sptool.documents.documents import DOCUMENTS, FOLDER_DOCUMENTS, document_named, folder_document_named
from sptool.documents.identifying import limited
from sptool.documents.kinds import AnyDocument, Document
from sptool.documents.sources import Sources
from sptool.documents.templates import fill_in, problems_of
from sptool.errors import Problem, StepRefused, UsageError
from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.particulars import Person
from sptool.workflow.deadlines import CalendarFor
from sptool.workflow.standing import Standing

NO_OVERRIDES: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True)
class Rendered:
    """A document as it was written.

    Args:
        agency: the id of the agency that it is for, or empty.
        template_sha256: the digest of all templates that made it.
        file_name: what to call its file; it identifies nobody.
        checks: what to settle before it is sent; they stand in the document too.
        people: whom it identifies, each with no more than it shows of them.
        reader: whom it is for, by role or agency.
    """

    markdown: str
    document: AnyDocument
    agency: str
    template_sha256: str
    file_name: str
    checks: tuple[str, ...]
    people: tuple[Person, ...] = ()
    reader: str = ""


def render(
    document_id: str,
    case: Case,
    framework: Framework,
    *,
    today: date,
    partnership: str,
    training: bool,
    overrides: Mapping[str, bytes] = NO_OVERRIDES,
    agency: str | None = None,
    calendar_for: CalendarFor | None = None,
    people: Sequence[Person] = (),
) -> Rendered:
    """A document of a case in Markdown.

    Args:
        document_id: which document, one of `DOCUMENTS`.
        case, framework, today: as `Standing` has them.
        partnership, training: as `Material` has them.
        overrides: the partnership's own templates: name and content.
        agency: the agency's id, for a document that each agency gets; needed if more than one does.
        calendar_for: the calendar that a rule's days are counted by; None for England's.
        people: whose particulars the document may show, if it is one that identifies; its table says how much.

    Raises:
        UsageError: no such document, or no such agency for it.
        StepRefused: the case has nothing to write in it yet.
        UnfitFile: a template can't be used, with every reason and its line.
    """
    document = document_named(document_id)
    refusal = document.not_yet(case)
    if refusal:
        raise StepRefused(refusal.reason, refusal.first)
    chosen = _agency(document, case, agency)
    shown = limited(people, document.identifies, document.whom)
    counted_by = calendar_for or (lambda rule: england_calendar(framework, rule.id))
    material = Material(Standing(case, framework, today, counted_by), partnership, training, chosen, shown)
    facts = document.gather(material)
    named = shown if facts.people else ()
    parts = (case.ref, document.id, chosen, "identified" if named else "")
    made = _written(document, facts, overrides, chosen, "-".join(part for part in parts if part))
    return replace(made, people=named, reader=agency_name(material, chosen) if chosen else document.audience)


def render_folder(document_id: str, folder: Folder, overrides: Mapping[str, bytes] = NO_OVERRIDES) -> Rendered:
    """A document that is not about a single case, in Markdown.

    Args:
        document_id: which document, one of `FOLDER_DOCUMENTS`.
        overrides: the partnership's own templates: name and content.

    Raises:
        UsageError: no such document.
        UnfitFile: a template can't be used, with every reason and its line.
    """
    document = folder_document_named(document_id)
    named = f"{document.id}-{folder.today.isoformat()}"
    return _written(document, document.gather(folder), overrides, "", named)


def _written(
    document: AnyDocument, facts: DocumentFacts, overrides: Mapping[str, bytes], agency: str, named: str
) -> Rendered:
    sources = Sources(overrides)
    return Rendered(
        markdown=fill_in(document.template, facts, sources),
        document=document,
        agency=agency,
        template_sha256=sources.digest(),
        file_name=f"{named}.md",
        checks=facts.checks,
        reader=document.audience,
    )


def override_problems(overrides: Mapping[str, bytes]) -> list[Problem]:
    """What is wrong with a partnership's own templates, each used as the documents use it.

    Args:
        overrides: the partnership's own templates: name and content.
    """
    sources = Sources(overrides)
    found = [
        problem
        for document in (*DOCUMENTS.values(), *FOLDER_DOCUMENTS.values())
        for problem in problems_of(document.template, document.facts, sources)
    ]
    return list(dict.fromkeys([*found, *sources.unused()]))


def _agency(document: Document, case: Case, agency: str | None) -> str:
    allowed = document.agencies(case)
    if document.each_agency is None and agency:
        raise UsageError("This document is not written for one agency.", "Leave the agency out.")
    if agency is None and len(allowed) == 1:
        return allowed[0]
    if document.each_agency and agency not in allowed:
        what = "There is one of these for each agency." if agency is None else "This agency has not been asked."
        raise UsageError(what, f"Name one of: {', '.join(allowed)}.")
    return agency or ""
