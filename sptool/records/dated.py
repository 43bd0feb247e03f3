"""Reads the dates among answers: a field holds one because its type in the model says so, whatever it is called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args, get_origin

from sptool.records.header import Record
from sptool.records.plain import allowed_values, branches
from sptool.records.walk import answer_types, is_model, types_of
from sptool.text.dates import NotADate, ReadDay
from sptool.text.plain import Plain


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
