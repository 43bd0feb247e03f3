"""Writes a JSON schema for every kind of record: `python -m sptool.publishing.schemas schemas`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import cast

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from sptool.publishing.reference import summary
from sptool.records.header import Record
from sptool.records.kinds import KINDS
from sptool.text.plain import Plain

DATE = r"^\d{4}-\d{2}-\d{2}$"
MOMENT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"


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
    write_schemas(Path(sys.argv[1]))
