"""Writes what follows from the models: a schema for each kind of record, and the list of kinds on a page.

`python -m sptool.publishing schemas` and `python -m sptool.publishing docs/format.md`: see `make schemas docs`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from inspect import getdoc
from pathlib import Path
from typing import Any, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

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
from sptool.records.kinds import CASE_KINDS, KINDS, REGISTER_KINDS
from sptool.records.particulars import Particulars, Person
from sptool.records.plain import allowed_values, branches, marks
from sptool.records.walk import full_annotation
from sptool.text.plain import Plain

BEGIN = "<!-- begin: made by the program; do not edit -->"
END = "<!-- end: made by the program -->"
_IN_EVERY = frozenset(Record.model_fields) - {"happened_on"}
HEADER_PARTS: tuple[type[BaseModel], ...] = (EditionUsed, Replaces, PrivatePart)
_ARGUMENT = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)
_KINDS_OF_VALUE = ((date, "date"), (datetime, "moment"), (bool, "`true` or `false`"))
DATE = r"^\d{4}-\d{2}-\d{2}$"
MOMENT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"


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


class _AsStored(GenerateJsonSchema):
    """What a file may hold: a field without an answer is left out, never null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        return {name: value for name, value in made.items() if name != "default" or value not in (None, [], {})}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        said = summary(schema["cls"])
        return {**super().model_schema(schema), **({"description": said} if said else {})}

    def field_title_should_be_set(self, schema: object) -> bool:
        del schema  # only the questions put to an officer are titles, never a field's name over again
        return False

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        return {**super().date_schema(schema), "pattern": DATE}

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> JsonSchemaValue:
        return {**super().datetime_schema(schema), "pattern": MOMENT}


def schema_of(model: type[Record]) -> dict[str, Plain]:
    """The JSON schema that every file of a kind of record meets."""
    made = cast("dict[str, Plain]", model.model_json_schema(by_alias=True, schema_generator=_AsStored))
    fields = cast("dict[str, Plain]", made["properties"])
    fields["record"] = {"const": f"{model.kind}/{model.version}"}
    named = {"$schema": GenerateJsonSchema.schema_dialect, "title": model.title}
    return {**named, "description": summary(model), **{name: made[name] for name in made if name not in named}}


def file_of(model: type[Record]) -> str:
    """The name of a schema's file."""
    return f"{model.kind}-{model.version}.schema.json"


def as_text(schema: dict[str, Plain]) -> str:
    """A schema as its file has it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> None:
    """Writes the schema of every kind, and takes away those of kinds that are no more."""
    wanted = {file_of(model): as_text(schema_of(model)) for model in KINDS.values()}
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.schema.json"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    if target.suffix == ".md":
        target.write_text(rewritten(target.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    else:
        write_schemas(target)
