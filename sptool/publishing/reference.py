"""Writes the list of kinds and their fields into a page: `python -m sptool.publishing.reference docs/format.md`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from inspect import getdoc
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from sptool.records.fields import (
    CaseMark,
    ChildMark,
    FromFramework,
    LineMark,
    OfficerMark,
    ProseMark,
    RefersTo,
)
from sptool.records.header import EditionUsed, PrivatePart, Record, Replaces
from sptool.records.kinds import CASE_KINDS, REGISTER_KINDS
from sptool.records.particulars import Particulars, Person
from sptool.records.plain import allowed_values, branches, marks
from sptool.records.walk import full_annotation

BEGIN = "<!-- begin: made by the program; do not edit -->"
END = "<!-- end: made by the program -->"
_IN_EVERY = frozenset(Record.model_fields) - {"happened_on"}
HEADER_PARTS: tuple[type[BaseModel], ...] = (EditionUsed, Replaces, PrivatePart)
_ARGUMENT = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)
_KINDS_OF_VALUE = ((date, "date"), (datetime, "moment"), (bool, "`true` or `false`"))


def summary(model: type[BaseModel]) -> str:
    """What a model says, in one sentence."""
    return (model.__doc__ or "").partition("\n")[0]


def explained(model: type[BaseModel]) -> dict[str, str]:
    """What a model says of its fields: the question put to an officer, else the note in its documentation."""
    noted = {name: " ".join(text.split()) for name, text in _ARGUMENT.findall(getdoc(model) or "")}
    asked = {name: field.title or "" for name, field in model.model_fields.items()}
    return {name: noted.get(name) or asked[name] for name in asked}


def answer(annotation: Any) -> str:
    """What a field holds, in plain words.

    Args:
        annotation: the field's type with everything that is said about it.
    """
    first = branches(annotation)[0]
    if get_origin(first) is tuple:
        return f"list: {answer(get_args(first)[0])}"
    if get_origin(first) is dict:
        key, value = get_args(first)
        return f"for each {answer(key)}: {answer(value)}"
    if isinstance(first, type) and issubclass(first, BaseModel):
        return f"[{_in_words(first)}](#{_anchor(first)})"
    return _marked(annotation) or _bare(annotation)


def _marked(annotation: Any) -> str:
    for mark in marks(annotation):
        match mark:
            case FromFramework(name=name, also=also):
                return " or ".join([f"code of `{name}`", *(f"`{word}`" for word in also)])
            case RefersTo(kinds=kinds):
                named = " or ".join(f"`{kind}`" for kind in kinds)
                return f"id of a record {named}".rstrip()
            case ChildMark():
                return "label of a child"
            case CaseMark():
                return "reference of a case"
            case OfficerMark():
                return "id of an officer"
            case ProseMark():
                return "text"
            case LineMark():
                return "one line"
    return ""


def _bare(annotation: Any) -> str:
    alternatives = branches(annotation)
    words = ", ".join(f"`{word}`" for branch in alternatives for word in allowed_values(branch))
    named = [name for kind, name in _KINDS_OF_VALUE if kind in alternatives]
    if str in alternatives:
        named.insert(0, "text" if named else "code")
    return " or ".join([*named, *filter(None, (words,))])


def _in_words(model: type[BaseModel]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()


def _anchor(model: type[BaseModel]) -> str:
    return _in_words(model).replace(" ", "-")


def inner_models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models inside a model's fields, and those inside them."""
    for field in model.model_fields.values():
        for found in _models_in(full_annotation(field)):
            yield found
            yield from inner_models(found)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    for branch in branches(annotation):
        if isinstance(branch, type) and issubclass(branch, BaseModel):
            yield branch
        for argument in get_args(branch) if get_origin(branch) is tuple else ():
            yield from _models_in(argument)


def table(model: type[BaseModel], without: Iterable[str] = ()) -> list[str]:
    """A model's fields as a table; a star marks those that must be there."""
    said = explained(model)
    rows = [
        f"| `{field.alias or name}`{'*' if field.is_required() else ''} | {answer(full_annotation(field))} "
        f"| {said[name]} |"
        for name, field in model.model_fields.items()
        if name not in without
    ]
    return ["| field | holds | meaning |", "|---|---|---|", *rows, ""] if rows else []


def page() -> str:
    """Every kind of record with its fields, and what stands inside them."""
    kinds = [*CASE_KINDS.values(), *REGISTER_KINDS.values()]
    used = (inner for kind in kinds for inner in inner_models(kind))
    parts: list[type[BaseModel]] = [part for part in dict.fromkeys(used) if part not in HEADER_PARTS]
    parts += [Particulars, Person]
    lines = ["### Every record", "", *table(Record)]
    for part in HEADER_PARTS:
        lines += _section(part, _in_words(part), "####")
    for kind in kinds:
        lines += _section(kind, f"`{kind.kind}/{kind.version}`", "###", _IN_EVERY)
    for part in parts:
        lines += _section(part, _in_words(part), "###")
    return "\n".join(lines)


def _section(model: type[BaseModel], name: str, level: str, without: Iterable[str] = ()) -> list[str]:
    return [f"{level} {name}", "", summary(model), "", *table(model, without)]


def rewritten(text: str) -> str:
    """A page with the part between the markers written afresh."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{page()}\n{END}{after}"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(rewritten(target.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
