"""Goes through every answer of a record, with where it stands and what is said about its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from sptool.records.header import Record
from sptool.records.particulars import Particulars
from sptool.records.plain import branches, marks
from sptool.text.plain import Path, Plain


@dataclass(frozen=True)
class Leaf:
    """One answer.

    Args:
        path: where it stands, such as `("children", 0, "died_on")`.
        marks: what its type says besides the type itself, such as that it is prose.
    """

    path: Path
    value: object
    marks: tuple[object, ...]


def full_annotation(field: FieldInfo) -> Any:
    """A field's type with everything that is said about it."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def is_model(annotation: Any) -> bool:
    """Whether fields stand below an answer of this type."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def types_of(model: type[BaseModel]) -> Mapping[str, Any]:
    """The type of each field of a model, by the name under which it is written."""
    return {info.alias or name: full_annotation(info) for name, info in model.model_fields.items()}


def answer_types(model: type[Record]) -> Mapping[str, Any]:
    """The types of the answers to a kind of record. Below `private` stands whom it identifies, not the digests."""
    return {**types_of(model), "private": Particulars}


def leaves(model: BaseModel, path: Path = ()) -> Iterator[Leaf]:
    """Every answer of a model and of the models inside it; empty ones are left out."""
    for name, field in type(model).model_fields.items():
        yield from _leaves(getattr(model, name), full_annotation(field), (*path, field.alias or name))


def _leaves(value: object, annotation: Any, path: Path) -> Iterator[Leaf]:
    if isinstance(value, BaseModel):
        yield from leaves(value, path)
    elif isinstance(value, tuple):
        inner = _arguments(annotation, tuple)[0]
        for number, entry in enumerate(value):
            yield from _leaves(entry, inner, (*path, number))
    elif isinstance(value, dict):
        key_type, value_type = _arguments(annotation, dict)
        for key, entry in value.items():
            yield Leaf((*path, key), key, tuple(marks(key_type)))
            yield from _leaves(entry, value_type, (*path, key))
    elif value is not None:
        yield Leaf(path, value, tuple(marks(annotation)))


def _arguments(annotation: Any, container: type) -> tuple[Any, ...]:
    return next(get_args(branch) for branch in branches(annotation) if get_origin(branch) is container)


def partly(model: type[Record], data: Mapping[str, Plain], happened_on: date) -> Record:
    """What can be read of answers that can't be read whole, to look for what else is wrong. Never to be recorded.

    Args:
        happened_on: the day to take where the answers name none.
    """
    read: dict[str, Any] = {name: None for name, info in model.model_fields.items() if info.is_required()}
    read["happened_on"] = happened_on
    for name, info in model.model_fields.items():
        if (info.alias or name) in data:
            try:
                read[name] = TypeAdapter(full_annotation(info)).validate_python(data[info.alias or name])
            except ValidationError:
                continue
    return model.model_construct(**read)
