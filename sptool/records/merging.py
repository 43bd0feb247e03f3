"""Answers as flags, a file and a draft give them: their dates are read, and all are made one.

Each adds to the others or completes them. An entry of a list is known by what its model marks as its key, such as
the child or the partner; nothing said in one place is dropped for what is said in another. Where two of them give
different answers to the same question, both stand against each other, and somebody must say which is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args, get_origin

from sptool.records.fields import KeyMark
from sptool.records.header import Record
from sptool.records.plain import allowed_values, branches
from sptool.records.walk import answer_types, is_model, types_of
from sptool.text.dates import NotADate, ReadDay
from sptool.text.plain import Path, Plain, is_blank
from sptool.text.prose import normalise


def with_days_read(model: type[Record], answers: Mapping[str, Plain], read: ReadDay) -> dict[str, Plain]:
    """The answers with every date as it is stored. What is no date stays as it was, to be refused with the rest.

    Args:
        answers: as they were typed or stand in a file.
    """
    types = answer_types(model)
    return {name: _read(types.get(name), value, read) for name, value in answers.items()}


def _read(annotation: Any, value: Plain, read: ReadDay) -> Plain:
    for branch in branches(annotation):
        if is_model(branch) and isinstance(value, dict):
            types = types_of(branch)
            return {name: _read(types.get(name), inner, read) for name, inner in value.items()}
        if get_origin(branch) is dict and isinstance(value, dict):
            return {name: _read(get_args(branch)[1], inner, read) for name, inner in value.items()}
        if get_origin(branch) is tuple and isinstance(value, list):
            return [_read(get_args(branch)[0], entry, read) for entry in value]
    if isinstance(value, str) and date in branches(annotation) and value not in _words(annotation):
        return day_or_as_it_was(value, read)
    return value


def _words(annotation: Any) -> list[str]:
    """The words that may stand instead of a date, such as `unknown`."""
    return [word for branch in branches(annotation) for word in allowed_values(branch)]


def day_or_as_it_was(text: str, read: ReadDay) -> str:
    """A date as it is stored, or what is none as it was."""
    try:
        return read(text).isoformat()
    except NotADate:
        return text


@dataclass(frozen=True)
class Merged:
    """Answers from two places as one.

    Args:
        data: the answers, those of the first place in their order, then what the second adds.
        against: where the two say different things, as it stands in the first. `data` holds what the first says.
    """

    data: dict[str, Plain]
    against: tuple[Path, ...]


def merged(model: type[Record], first: Mapping[str, Plain], second: Mapping[str, Plain]) -> Merged:
    """The answers of two places as one.

    Args:
        first: answers, with dates as they are stored.
    """
    against: list[Path] = []
    return Merged(_fields(answer_types(model), first, second, (), against), tuple(against))


def completed(said: Mapping[str, Plain], otherwise: Mapping[str, Plain]) -> dict[str, Plain]:
    """Answers, with what is not said taken from elsewhere. A list that is said is the whole list.

    Args:
        otherwise: what stands unless something else is said.
    """
    found = dict(otherwise)
    for name, value in said.items():
        before = found.get(name)
        found[name] = completed(value, before) if isinstance(value, dict) and isinstance(before, dict) else value
    return found


def key_of(annotation: Any) -> str:
    """The name of the field by which an entry of a list is known; empty if its model marks none."""
    for branch in filter(is_model, branches(annotation)):
        for name, info in branch.model_fields.items():
            if any(isinstance(mark, KeyMark) for mark in info.metadata):
                return str(info.alias or name)
    return ""


def _fields(
    types: Mapping[str, Any], first: Mapping[str, Plain], second: Mapping[str, Plain], path: Path, against: list[Path]
) -> dict[str, Plain]:
    found = dict(first)
    for name, value in second.items():
        found[name] = _value(types.get(name), found.get(name), value, (*path, name), against)
    return found


def _value(annotation: Any, first: Plain, second: Plain, path: Path, against: list[Path]) -> Plain:
    if is_blank(first) or is_blank(second):
        return second if is_blank(first) else first
    for branch in branches(annotation):
        if is_model(branch) or get_origin(branch) is dict:
            if isinstance(first, dict) and isinstance(second, dict):
                return _fields(_types(branch, second), first, second, path, against)
            return second if isinstance(first, dict) else first  # what has the wrong form stays, to be refused
        if get_origin(branch) is tuple:
            if isinstance(first, list) and isinstance(second, list):
                return _entries(get_args(branch)[0], first, second, path, against)
            return second if isinstance(first, list) else first
    if not _same(first, second):
        against.append(path)
    return first


def _types(branch: Any, second: Mapping[str, Plain]) -> Mapping[str, Any]:
    return types_of(branch) if is_model(branch) else dict.fromkeys(second, get_args(branch)[1])


def _entries(annotation: Any, first: list[Plain], second: list[Plain], path: Path, against: list[Path]) -> list[Plain]:
    key = key_of(annotation)
    found = list(first)
    for entry in second:
        place = next((number for number, known in enumerate(found) if _of_the_same(known, entry, key)), None)
        if place is None:
            found.append(entry)
        else:
            found[place] = _value(annotation, found[place], entry, (*path, place), against)
    return found


def _of_the_same(one: Plain, other: Plain, key: str) -> bool:
    if key and isinstance(one, dict) and isinstance(other, dict):
        return not is_blank(one.get(key)) and _same(one.get(key), other.get(key))
    return _same(one, other)


def _same(one: Plain, other: Plain) -> bool:
    """Whether two answers are the same once they are stored."""
    if isinstance(one, str) and isinstance(other, str):
        return normalise(one).strip() == normalise(other).strip()
    return one == other
