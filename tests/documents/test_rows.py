"""Each document is one row that says all of it: what is left out, or does not fit, is named here with the document."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from jinja2 import Environment, meta, nodes

import sptool.documents
from sptool.documents.context import CaseFacts
from sptool.documents.documents import DOCUMENTS, FOLDER_DOCUMENTS, due
from sptool.documents.kinds import AnyDocument
from sptool.documents.returning.blank import TEMPLATE
from sptool.documents.sources import shipped_names
from sptool.records.anytime import DocumentSent
from sptool.records.case import Case
from sptool.resources import shipped
from sptool.workflow.waiting import waiting_for
from tests import making
from tests.documents.cases import FRAMEWORK
from tests.documents.goldens import LATER
from tests.documents.journeys import CASES
from tests.documents.test_due import stages

EVERY: dict[str, AnyDocument] = {**DOCUMENTS, **FOLDER_DOCUMENTS}
UNDATED = {"seven-minute-briefing"}  # it says on which day it was issued


def rows() -> Iterator[tuple[str, AnyDocument]]:
    """Every row that stands in a module of documents, with where it stands."""
    for found in iter_modules(sptool.documents.__path__, "sptool.documents."):
        module = import_module(found.name)
        for name, value in vars(module).items():
            if isinstance(value, AnyDocument):
                yield f"{found.name}.{name}", value


def cases() -> Iterator[Case]:
    yield from (case for case, _ in stages())
    yield from (make() for make in CASES.values())


def test_every_row_is_in_the_list_of_documents() -> None:
    left_out = [where for where, row in rows() if EVERY.get(row.id) is not row]
    assert left_out == []
    assert len(EVERY) == len(DOCUMENTS) + len(FOLDER_DOCUMENTS)


def test_every_document_has_a_template_and_every_template_is_used() -> None:
    templates = set(shipped_names())
    assert [row.id for row in EVERY.values() if row.template not in templates] == []
    used = {row.template for row in EVERY.values()} | {TEMPLATE}
    assert templates - used - {part for name in templates for part in included(name)} == set()


def included(template: str) -> set[str]:
    tree = Environment(autoescape=True).parse(shipped("templates", "documents", template).read_text(encoding="utf-8"))
    return {one.template.value for one in tree.find_all(nodes.Include) if isinstance(one.template, nodes.Const)}


@pytest.mark.parametrize("row", EVERY.values(), ids=lambda row: row.id)
def test_a_row_says_what_people_read_and_what_its_template_can_name(row: AnyDocument) -> None:
    assert all((row.title, row.audience, row.salutation.startswith("Dear ")))
    own = set(row.facts.__dataclass_fields__) - set(CaseFacts.__dataclass_fields__)
    assert own, f"gather of {row.id} names no facts of its own as what it gives"


@pytest.mark.parametrize("row", EVERY.values(), ids=lambda row: row.id)
def test_a_template_names_every_fact_of_its_own_and_what_is_in_every_document(row: AnyDocument) -> None:
    own = set(row.facts.__dataclass_fields__) - set(CaseFacts.__dataclass_fields__)
    always = {"partnership", "training"} | ({"reference", "checks"} if row.id in DOCUMENTS else set())
    dated = {"today"} if row.id in DOCUMENTS and row.id not in UNDATED else set()
    assert (own | always | dated) - named(row.template) == set()


def named(template: str) -> set[str]:
    """All that a template and its parts name."""
    tree = Environment(autoescape=True).parse(shipped("templates", "documents", template).read_text(encoding="utf-8"))
    return meta.find_undeclared_variables(tree).union(*(named(part) for part in included(template)))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_parts_of_a_row_fit_together(document: str) -> None:
    row = DOCUMENTS[document]
    assert bool(row.identifies) == bool(row.whom), "whom it identifies, and by what"
    if row.called_for == ():
        assert row.tells_of == (), "it is never due, so nothing settles it"
    elif row.each_agency is None:
        assert row.tells_of, "it is due, so it must say which records it tells of"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_case_without_records_has_no_document_and_is_told_what_comes_first(document: str) -> None:
    refusal = DOCUMENTS[document].not_yet(Case(making.REF))
    assert refusal is not None
    assert refusal.reason.endswith(".")
    assert refusal.first.startswith("sptool ")
    assert "{" not in refusal.first


@pytest.mark.parametrize("document", [one.id for one in DOCUMENTS.values() if one.called_for != ()])
def test_a_document_that_is_called_for_is_due_at_some_stage_and_not_once_it_was_sent(document: str) -> None:
    row = DOCUMENTS[document]
    waiting = [case for case in cases() if document in {name for name, _ in due(case, FRAMEWORK, LATER)}]
    assert waiting, "no case is ever at the stage that calls for it"
    for case in waiting:
        sent = making.make(DocumentSent, LATER.isoformat(), document=document, to="the reader")
        again = {name for name, _ in due(making.added(case, sent), FRAMEWORK, LATER)}
        assert (document in again) == (row.each_agency is not None)


@pytest.mark.parametrize("document", [one.id for one in DOCUMENTS.values() if isinstance(one.called_for, tuple)])
def test_each_step_that_calls_for_a_document_is_one_that_cases_wait_for(document: str) -> None:
    called_for = DOCUMENTS[document].called_for
    assert isinstance(called_for, tuple)
    waited_for = {waiting.adds for case in cases() for waiting in waiting_for(case, FRAMEWORK)}
    assert [kind.kind for kind in called_for if kind not in waited_for] == []


def test_every_row_is_seen_where_it_stands() -> None:
    assert {row.id for _, row in rows()} == set(EVERY)
    assert ("sptool.documents.need_to_know.BLANK", FOLDER_DOCUMENTS["need-to-know-form"]) in list(rows())
