"""The committed schemas are those of the program, and every record that it writes meets its schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError

from sptool.publishing import as_text, file_of, schema_of, write_schemas
from sptool.records.header import Record
from sptool.records.kinds import CASE_KINDS, KINDS
from sptool.records.plain import to_plain
from sptool.resources import shipped
from sptool.text.plain import Plain
from sptool.text.yaml import read_plain, write_yaml
from tests.filling import filled, least

SCHEMAS = shipped("schemas")
MODELS = tuple(KINDS.values())


def names(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def faults(data: Plain, model: type[Record]) -> Iterator[str]:
    """What the committed schema of a kind finds wrong."""
    schema = json.loads((SCHEMAS / file_of(model)).read_text(encoding="utf-8"))
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    yield from (error.message for error in checker.iter_errors(data))


def test_the_committed_schemas_are_those_of_the_program() -> None:
    wanted = {file_of(model): as_text(schema_of(model)) for model in MODELS}
    assert names(SCHEMAS) == wanted, "To write them afresh: make schemas"


def test_writing_takes_away_the_schema_of_a_kind_that_is_no_more(tmp_path: Path) -> None:
    (tmp_path / "gone-1.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "README.md").write_text("kept", encoding="utf-8")
    write_schemas(tmp_path)
    assert {*names(tmp_path)} == {*names(SCHEMAS), "README.md"}


@pytest.mark.parametrize("model", MODELS, ids=KINDS)
def test_each_schema_is_one(model: type[Record]) -> None:
    Draft202012Validator.check_schema(schema_of(model))


@pytest.mark.parametrize("model", MODELS, ids=KINDS)
def test_a_whole_record_and_the_shortest_meet_their_schema(model: type[Record]) -> None:
    for data in (filled(model), least(model)):
        written = read_plain(write_yaml(to_plain(model.model_validate(data))), "example.yaml")
        assert list(faults(written, model)) == []


@pytest.mark.parametrize("model", MODELS, ids=KINDS)
def test_schema_and_program_refuse_alike(model: type[Record]) -> None:
    good = filled(model)
    spoilt: list[dict[str, Plain]] = [{name: value for name, value in good.items() if name != "happened_on"}]
    spoilt += [
        {**good, "happened_on": "2 March 2026"},
        {**good, "recorded_at": "2026-03-02T09:14:07+01:00"},
        {**good, "id": "0000000000"},
        {**good, "record": "unknown/1"},
        {**good, "colour": "red"},
    ]
    for data in spoilt:
        assert list(faults(data, model)) != []
        if data["record"] != "unknown/1":
            with pytest.raises(ValidationError):
                model.model_validate(data)


def test_the_examples_reach_every_field() -> None:
    """So that a field which the filling forgets does not go untested."""
    for model in CASE_KINDS.values():
        assert set(to_plain(model.model_validate(filled(model)))) == {
            info.alias or name for name, info in model.model_fields.items()
        }
