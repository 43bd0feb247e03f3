"""The words and codes of a record, found by a plan of its model that is made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from sptool.records.fields import FromFramework, LineMark, ProseMark
from sptool.records.header import Record
from sptool.records.plain import branches, marks
from sptool.records.walk import full_annotation


@dataclass
class Answers:
    """What a record says.

    Args:
        words: its texts in an officer's own words, in the order of its fields.
        codes: the codes that it takes from the framework's lists, by the list's name.
    """

    words: list[str] = field(default_factory=list)
    codes: dict[str, frozenset[str]] = field(default_factory=dict)

    def add_code(self, mark: FromFramework, code: str) -> None:
        """Notes a code, unless it is one that a field allows besides its list."""
        if code not in mark.also:
            self.codes[mark.name] = self.codes.get(mark.name, frozenset()) | {code}


Take = Callable[[Any, Answers], None]
"""Notes what a value says."""


def answers_of(record: Record) -> Answers:
    """What a record says, the partnership's own questions included."""
    answers = Answers()
    _take_model(record, answers)
    answers.words += [answer for answer in record.local.values() if isinstance(answer, str)]
    return answers


def _take_model(model: BaseModel, answers: Answers) -> None:
    for name, take in _plan(type(model)).items():
        value = getattr(model, name)
        if value:
            take(value, answers)


@cache
def _plan(model: type[BaseModel]) -> Mapping[str, Take]:
    """The fields of a model that can say something, each with how it is noted."""
    taken = {name: _taking(full_annotation(info)) for name, info in model.model_fields.items()}
    return MappingProxyType({name: take for name, take in taken.items() if take is not None})


def _taking(annotation: Any) -> Take | None:
    for branch in branches(annotation):
        if isinstance(branch, type) and issubclass(branch, BaseModel):
            return _take_model if _plan(branch) else None
        if get_origin(branch) is tuple:
            return _each(_taking(get_args(branch)[0]))
        if get_origin(branch) is dict:
            return _pairs(*(_taking(part) for part in get_args(branch)))
    said = marks(annotation)
    lists = [mark for mark in said if isinstance(mark, FromFramework)]
    if lists:
        return _code(lists)
    return _words if any(isinstance(mark, ProseMark | LineMark) for mark in said) else None


def _words(value: Any, answers: Answers) -> None:
    answers.words.append(str(value))


def _code(lists: list[FromFramework]) -> Take:
    def take(value: Any, answers: Answers) -> None:
        for mark in lists:
            answers.add_code(mark, str(value))

    return take


def _each(inner: Take | None) -> Take | None:
    def take(values: Any, answers: Answers) -> None:
        for value in values:
            if value is not None and inner is not None:
                inner(value, answers)

    return take if inner else None


def _pairs(of_key: Take | None, of_value: Take | None) -> Take | None:
    def take(values: Any, answers: Answers) -> None:
        for key, value in values.items():
            for inner, said in ((of_key, key), (of_value, value)):
                if inner is not None and said is not None:
                    inner(said, answers)

    return take if of_key or of_value else None
