"""Parts of a form: what is known, in a table or at length, and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from sptool.documents.words import Known, answer, known, not_known
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.fields import ProseMark
from sptool.records.header import Record
from sptool.records.plain import marks
from sptool.records.referral import Child, ClarificationReply, Facts, Referral, Update
from sptool.records.walk import full_annotation
from sptool.workflow.names import label_of

Names = Mapping[str, str]
TELL_FACTS: tuple[type[Record], ...] = (Referral, ClarificationReply, Update)
"""The records from which the facts of a case become known."""
_OPTIONAL = frozenset({"parallel_note"})
"""Where no answer is as good as one, so that nothing is missing without it."""


@dataclass(frozen=True)
class Part:
    """A part of a form.

    Args:
        rows: what is known and short enough for a table.
        texts: what is told at length.
    """

    title: str
    rows: tuple[Known, ...] = ()
    texts: tuple[Known, ...] = ()
    missing: tuple[str, ...] = ()


def part(title: str, names: Names, model: BaseModel, framework: Framework) -> Part:
    """A part of a form, from the fields of a record.

    Args:
        names: the fields in order, and what the form calls each.
    """
    long = {name: what for name, what in names.items() if is_prose(type(model), name)}
    short = {name: what for name, what in names.items() if name not in long}
    return Part(
        title,
        known(model, short, framework),
        known(model, long, framework),
        not_known(model, {name: what for name, what in names.items() if name not in _OPTIONAL}, framework),
    )


def is_prose(model: type[BaseModel], name: str) -> bool:
    """Whether the answer is told at length."""
    return any(isinstance(mark, ProseMark) for mark in marks(full_annotation(model.model_fields[name])))


def of_facts(title: str, names: Names, case: Case, framework: Framework) -> Part:
    """A part of a form about the case: the newest answer to what becomes known bit by bit, else the referral's."""
    newest = part(
        title, {name: what for name, what in names.items() if name in Facts.model_fields}, case.facts, framework
    )
    referral = case.latest(Referral)
    others = {name: what for name, what in names.items() if name not in Facts.model_fields}
    if referral is None or not others:
        return newest
    told = part(title, others, referral, framework)
    return Part(title, told.rows + newest.rows, told.texts + newest.texts, told.missing + newest.missing)


def of_child(child: Child, names: Names, framework: Framework) -> Part:
    """A part of a form about one child, under its label."""
    asked = {name: what for name, what in names.items() if name != "died_on" or child.outcome == "died"}
    return part(label_of(child.id), asked, child, framework)


def local_part(title: str, record: Referral, framework: Framework) -> Part:
    """The answers to the questions that the partnership added to the referral."""
    asked = framework.questions_for(Referral.kind)
    told = {question.id: _local(record.local.get(question.id)) for question in asked}
    return Part(
        title,
        rows=tuple(Known(question.ask, told[question.id]) for question in asked if told[question.id]),
        missing=tuple(question.ask for question in asked if not told[question.id]),
    )


def _local(given: str | bool | None) -> str:
    if isinstance(given, bool):
        return "Yes" if given else "No"
    return given or ""


def fact(name: str, case: Case, framework: Framework) -> str | None:
    """The newest answer to one question about the case as people read it."""
    return answer(case.facts, name, framework)
