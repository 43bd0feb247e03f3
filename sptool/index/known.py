"""Records and editions that this very program checked before: made from their content without checking it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TypeVar, get_args

from pydantic import BaseModel

from sptool.records.case import Case, UnreadRecord
from sptool.records.fields import LineMark, ProseMark
from sptool.records.header import Record
from sptool.records.plain import branches, marks, model_of
from sptool.records.walk import full_annotation
from sptool.store.casebook import read_record, sorted_out
from sptool.text.plain import Plain
from sptool.text.prose import normalise
from sptool.text.yaml import read_plain

Model = TypeVar("Model", bound=BaseModel)


def fold_known(
    reference: str, contents: Mapping[str, bytes], known: Collection[str], others: Iterable[UnreadRecord] = ()
) -> Case:
    """The case made of these files; what is new among them is checked.

    Preparing pydantic to check a kind of record costs more than all else that a changed case needs.

    Args:
        known: the paths of those that could be read when they were checked, and have not changed since.
    """
    read = {
        path: (_known_record(path, content) if path in known else None) or read_record(path, content)
        for path, content in contents.items()
    }
    return sorted_out(reference, read, others)


def _known_record(path: str, content: bytes) -> Record | None:
    data = read_plain(content, path)
    model = model_of(data)
    return None if isinstance(model, str) or not isinstance(data, dict) else as_checked(model, data)


def as_checked(model: type[Model], content: Mapping[str, Plain]) -> Model:
    """What the model made of this content when it was checked.

    Args:
        content: plain data, by the names of the fields or those under which they are written.
    """
    fields = _fields(model)
    values = {fields[name][0]: _value(fields[name][1], value) for name, value in content.items()}
    return model.model_construct(None, **values)


@cache
def _fields(model: type[BaseModel]) -> Mapping[str, tuple[str, object]]:
    """Each field's name and type, by its name and by the one under which it is written."""
    found = {name: (name, full_annotation(info)) for name, info in model.model_fields.items()}
    written = {info.alias: found[name] for name, info in model.model_fields.items() if info.alias}
    return found | written


def _value(annotation: object, value: Plain) -> object:
    for branch in branches(annotation):
        if isinstance(value, list):
            return tuple(_value(get_args(branch)[0], entry) for entry in value)
        if isinstance(value, dict):
            is_model = isinstance(branch, type) and issubclass(branch, BaseModel)
            return as_checked(branch, value) if is_model else _mapped(branch, value)
        if branch in (date, datetime) and isinstance(value, str) and value[:1].isdigit():
            return branch.fromisoformat(value)
    if isinstance(value, str) and any(isinstance(mark, ProseMark | LineMark) for mark in marks(annotation)):
        return normalise(value)
    return value


def _mapped(annotation: object, value: dict[str, Plain]) -> dict[str, object]:
    return {key: _value(get_args(annotation)[1], entry) for key, entry in value.items()}
