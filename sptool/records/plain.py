"""Records to and from plain data, and pydantic's complaints in an officer's words."""

from __future__ import annotations

import re
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sptool.errors import Problem
from sptool.records.header import Record
from sptool.records.kinds import KINDS
from sptool.text.dates import WRITE
from sptool.text.plain import Path, Plain

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}\Z")
_WORDS = {
    "missing": "this must be answered",
    "extra_forbidden": "there is no such field here",
    "dict_type": "write fields below this one, each as `field: value`",
    "model_type": "write fields below this one, each as `field: value`",
    "tuple_type": "write a list: each entry on a line of its own, beginning with `- `",
    "string_type": "write text",
    "too_short": "give at least one",
    "string_pattern_mismatch": "this is not written as it should be",
    "string_too_long": "this is too long",
    "date_from_datetime_parsing": "there is no such date",
    "date_parsing": "there is no such date",
}


def to_plain(record: BaseModel) -> dict[str, Plain]:
    """A record as it is written to YAML: no empty field, dates as text, the order of the model."""
    dumped: dict[str, Plain] = record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=False)
    return {
        name: value for name, value in ((name, _lean(value)) for name, value in dumped.items()) if value not in ([], {})
    }


def _lean(value: Plain) -> Plain:
    if isinstance(value, dict):
        return {name: lean for name, lean in ((n, _lean(v)) for n, v in value.items()) if lean not in ([], {})}
    if isinstance(value, list):
        return [_lean(entry) for entry in value]
    return value


def model_of(data: Plain) -> type[Record] | str:
    """The model that reads a stored record, or why there is none."""
    if not isinstance(data, dict):
        return "this is not a record"
    kind, _, version = str(data.get("record", "")).partition("/")
    model = KINDS.get(kind)
    if model is None:
        return "this program does not know the kind of this record"
    if version != str(model.version):
        return "this program does not know the version of this record"
    return model


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[tuple[Path, Problem]]:
    """What pydantic found, each in plain English with the field's path; values are never repeated."""
    found: dict[Path, Problem] = {}
    for detail in error.errors(include_url=False, include_input=False):
        path = _field_path(detail["loc"], model)
        if detail["type"] == "extra_forbidden":
            problem = Problem(_no_such_field(path, model), shown_path(path[:-1]))
        else:
            problem = Problem(_in_words(detail["type"], str(detail["msg"]), path, model), shown_path(path))
        found.setdefault(path, problem)
    return list(found.items())


def _no_such_field(path: Path, model: type[BaseModel]) -> str:
    """Prose that lost its indentation reads as a field, so what stands there is never repeated."""
    known = [
        info.alias or name
        for branch in branches(annotation_at(model, path[:-1]))
        if isinstance(branch, type) and issubclass(branch, BaseModel)
        for name, info in branch.model_fields.items()
    ]
    near = get_close_matches(str(path[-1]).lower(), known, n=1, cutoff=0.6)
    return "there is no such field here" + (f". Did you mean `{near[0]}`?" if near else "")


def _in_words(code: str, message: str, path: Path, model: type[BaseModel]) -> str:
    declared = annotation_at(model, path)
    if message.startswith("Value error, "):
        said = message.removeprefix("Value error, ")
        return said + _or_a_word(declared) if said == WRITE else said
    allowed = allowed_values(declared)
    if allowed and code != "missing":
        return "choose one of: " + ", ".join(allowed)
    return _WORDS.get(code, "this does not fit here")


def _or_a_word(annotation: Any) -> str:
    """The words that may stand instead of what a field otherwise takes, such as `unknown` for a date."""
    words = [word for branch in branches(annotation) for word in allowed_values(branch)]
    return f", or {', '.join(words)}" if words else ""


def shown_path(path: Path) -> str:
    """A field's path as messages show it: entries of a list are counted from 1, and only names are repeated."""
    return ".".join(
        str(part + 1) if isinstance(part, int) else part for part in path if isinstance(part, int) or _NAME.match(part)
    )


def _field_path(location: tuple[int | str, ...], model: type[BaseModel]) -> Path:
    """The path as it stands in the YAML: without the names that pydantic gives to branches of a union."""
    path: list[str | int] = []
    here: Any = model
    for part in location:
        following = _inside(here, part)
        if following is None and not _is_field_name(here, part):
            break
        path.append(part)
        here = following
    return tuple(path)


def _is_field_name(annotation: Any, part: str | int) -> bool:
    """Whether a step that leads nowhere is a field that doesn't exist, and not a branch of a union."""
    return any(isinstance(branch, type) and issubclass(branch, BaseModel) for branch in branches(annotation)) and (
        isinstance(part, str)
    )


def _inside(annotation: Any, part: str | int) -> Any | None:
    """The annotation one step further down, or None if there is no such step."""
    for branch in branches(annotation):
        origin = get_origin(branch)
        if isinstance(branch, type) and issubclass(branch, BaseModel) and isinstance(part, str):
            return _field_annotation(branch, part)
        if origin is tuple and isinstance(part, int):
            return get_args(branch)[0]
        if origin is dict and isinstance(part, str) and part != "[key]":
            return get_args(branch)[1]
    return None


def _field_annotation(model: type[BaseModel], name: str) -> Any | None:
    for field_name, field in model.model_fields.items():
        if name in (field_name, field.alias):
            return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    return None


def annotation_at(model: type[BaseModel], path: Path) -> Any | None:
    """The declared type of the field at a path, or None."""
    here: Any = model
    for part in path:
        here = _inside(here, part)
        if here is None:
            return None
    return here


def branches(annotation: Any) -> list[Any]:
    """A type's alternatives, without wrappers and without None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return branches(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [inner for part in get_args(annotation) if part is not type(None) for inner in branches(part)]
    return [annotation]


def allowed_values(annotation: Any) -> list[str]:
    """The words that a field accepts, if it accepts only certain words."""
    allowed: list[str] = []
    for branch in branches(annotation):
        if get_origin(branch) is Literal:
            allowed += [str(value) for value in get_args(branch)]
        elif annotation is not None:
            return []
    return allowed


def marks(annotation: Any) -> list[object]:
    """What is said about a type besides the type itself, through unions and wrappers."""
    if get_origin(annotation) is Annotated:
        inner, *said = get_args(annotation)
        return marks(inner) + said
    if get_origin(annotation) in (Union, UnionType):
        return [mark for part in get_args(annotation) for mark in marks(part)]
    return []
