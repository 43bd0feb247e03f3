"""The kinds of record: every model is one, wherever it stands, and no two share a name."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import sptool.records
from sptool.records.header import Record
from sptool.records.kinds import CASE_KINDS, KINDS, REGISTER_KINDS


def models() -> Iterator[type[Record]]:
    """Every model of a record that stands in a module of records, but those that only others build on."""
    for found in iter_modules(sptool.records.__path__, "sptool.records."):
        here = [value for value in vars(import_module(found.name)).values() if isinstance(value, type)]
        mine = [value for value in here if issubclass(value, Record) and value.__module__ == found.name]
        yield from (model for model in mine if "kind" in vars(model) or not model.__subclasses__())


def test_every_model_is_a_kind_under_a_name_of_its_own() -> None:
    left_out = [model.__name__ for model in models() if KINDS.get(vars(model).get("kind", "")) is not model]
    assert left_out == [], "name a kind of its own in the model, and its module in sptool/records/kinds.py"
    assert len(KINDS) == len(CASE_KINDS) + len(REGISTER_KINDS)
