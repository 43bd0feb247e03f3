"""The questions of the agency return form, taken from the record that the answers go into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args, get_origin

from pydantic import BaseModel

from sptool.framework.models import Framework, Question
from sptool.records.fields import ProseMark
from sptool.records.header import HEADER
from sptool.records.plain import annotation_at, branches, marks
from sptool.records.review import AgencyReturn

# Answered by whoever records the return, not by the agency.
_OURS = HEADER | {"happened_on", "out_of_order", "local", "agency", "answer"}


@dataclass(frozen=True)
class FormQuestion:
    """A question to an agency.

    Args:
        parts: what it asks for in each case, such as each practice episode.
    """

    text: str
    parts: tuple[str, ...] = ()
    hint: str | None = None


def about_the_return() -> tuple[FormQuestion, ...]:
    """The short questions: who wrote, checked and signed the return, and what it covers."""
    return tuple(_question(name) for name in _fields() if not _is_about_the_case(name))


def questions(framework: Framework) -> tuple[FormQuestion, ...]:
    """The questions about the case, and those that the partnership adds."""
    own = tuple(_own_question(question) for question in framework.questions_for(AgencyReturn.kind))
    return tuple(_question(name) for name in _fields() if _is_about_the_case(name)) + own


def _fields() -> tuple[str, ...]:
    return tuple(name for name in AgencyReturn.model_fields if name not in _OURS)


def _is_about_the_case(name: str) -> bool:
    """Whether the answer is told in prose."""
    annotation = annotation_at(AgencyReturn, (name,))
    return _entry(name) is not None or any(isinstance(mark, ProseMark) for mark in marks(annotation))


def _question(name: str) -> FormQuestion:
    field, entry = AgencyReturn.model_fields[name], _entry(name)
    parts = tuple(part.title or "" for part in entry.model_fields.values()) if entry else ()
    return FormQuestion(field.title or "", parts, field.description)


def _entry(name: str) -> type[BaseModel] | None:
    """The model of a list's entries, such as a practice episode; None for a plain answer."""
    for branch in branches(annotation_at(AgencyReturn, (name,))):
        entry = get_args(branch)[0] if get_origin(branch) is tuple else None
        if isinstance(entry, type) and issubclass(entry, BaseModel):
            return entry
    return None


def _own_question(question: Question) -> FormQuestion:
    choices = ("Yes", "No") if question.type == "yes-no" else question.choices
    return FormQuestion(question.ask, choices, question.hint or None)
