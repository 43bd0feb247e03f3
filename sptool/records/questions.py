"""The questions of a kind of record, as prompts, blank forms and the reference put them. Made from the models."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sptool.records.fields import LineMark, ProseMark
from sptool.records.header import HEADER, Record
from sptool.records.plain import allowed_values, branches, marks
from sptool.records.walk import full_annotation

Shape = Literal["date", "choice", "several", "code", "line", "prose", "lines", "group", "groups", "answers"]


@dataclass(frozen=True)
class Question:
    """One question.

    Args:
        name: the field's name in the YAML.
        shape: what kind of answer it takes: a date, one or several of a list, one line, prose, other questions
            (once or several times), or one answer for each entry of a list.
        choices: the allowed words, where the model fixes them. For a date: words allowed besides dates.
        marks: what is said about the type: which list of the framework, which kind of record.
        inner: the questions inside, for `group` and `groups`.
    """

    name: str
    ask: str
    hint: str
    required: bool
    shape: Shape
    choices: tuple[str, ...] = ()
    marks: tuple[object, ...] = ()
    inner: tuple[Question, ...] = field(default=())


def questions(model: type[BaseModel]) -> tuple[Question, ...]:
    """The questions of a model, what must be answered first; without what the program writes itself."""
    own = HEADER | {"local"} if issubclass(model, Record) else frozenset()
    found = [
        _question(info.alias or name, info)
        for name, info in model.model_fields.items()
        if name not in own and info.title
    ]
    first = model.asked_first if issubclass(model, Record) else ()
    place = {name: number for number, name in enumerate(first)}
    return tuple(sorted(found, key=lambda asked: (not asked.required, place.get(asked.name, len(place)))))


def _question(name: str, info: FieldInfo) -> Question:
    annotation = full_annotation(info)
    shape, choices, said, inner = _shape(annotation)
    return Question(
        name=name,
        ask=info.title or name,
        hint=info.description or "",
        required=info.is_required(),
        shape=shape,
        choices=choices,
        marks=said,
        inner=inner,
    )


def _shape(annotation: Any) -> tuple[Shape, tuple[str, ...], tuple[object, ...], tuple[Question, ...]]:
    said = tuple(marks(annotation))
    alternatives = branches(annotation)
    first = alternatives[0]
    if get_origin(first) is tuple:
        return _several(get_args(first)[0])
    if get_origin(first) is dict:
        key, value = get_args(first)
        return "answers", tuple(allowed_values(value)), tuple(marks(key)), ()
    if isinstance(first, type) and issubclass(first, BaseModel):
        return "group", (), (), questions(first)
    if date in alternatives:
        return "date", tuple(word for branch in alternatives[1:] for word in allowed_values(branch)), said, ()
    if allowed := allowed_values(annotation):
        return "choice", tuple(allowed), said, ()
    if any(isinstance(mark, ProseMark) for mark in said):
        return "prose", (), said, ()
    return ("line" if any(isinstance(mark, LineMark) for mark in said) else "code"), (), said, ()


def _several(entry: Any) -> tuple[Shape, tuple[str, ...], tuple[object, ...], tuple[Question, ...]]:
    shape, choices, said, inner = _shape(entry)
    if shape == "group":
        return "groups", (), (), inner
    if shape in ("choice", "code"):
        return "several", choices, said, ()
    return "lines", (), said, ()
