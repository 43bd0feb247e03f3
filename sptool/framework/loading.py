"""Reads an edition's file, and says everything that is wrong with it in plain English."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sptool.errors import Problem, UnfitFile
from sptool.framework import entries, models
from sptool.framework.checks import Found, cross_checks
from sptool.framework.lists import did_you_mean
from sptool.framework.models import Framework
from sptool.text.plain import Path, dotted
from sptool.text.yaml import Document, read_yaml

FIX = "Correct the file and check it again with: sptool framework check FILE"
_LIST = "this must be a list: each entry on a line of its own after `- `, or [in, brackets]"
_FIELDS = "this must have fields of its own, each on an indented line"

# The validator's name for what is wrong, and ours.
_PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "missing": "this field is missing",
        "string_type": "write text here; put it in quotes if it looks like a number",
        "string_too_short": "write something here",
        "int_type": "write a whole number here, without quotes",
        "bool_type": "write true or false here",
        "tuple_type": _LIST,
        "dict_type": _FIELDS,
        "model_type": _FIELDS,
        "too_short": "the list needs at least one entry",
        "date_from_datetime_parsing": "there is no such date",
        "date_parsing": "there is no such date",
        "date_type": "write the date as YYYY-MM-DD",
        "string_pattern_mismatch": "use small letters and digits, with single hyphens between words",
    }
)

_WITH_LIMIT: Mapping[str, Callable[[ErrorDetails], str]] = MappingProxyType(
    {
        "greater_than_equal": lambda error: f"write a number from {error['ctx']['ge']} up",
        "less_than_equal": lambda error: f"write a number up to {error['ctx']['le']}",
        "string_too_long": lambda error: f"write at most {error['ctx']['max_length']} characters",
        "literal_error": lambda error: f"write {error['ctx']['expected']}",
        "value_error": lambda error: str(error["ctx"]["error"]),
        "extra_forbidden": lambda error: f"this field is not known here.{_near_field(str(error['loc'][-1]))}",
    }
)


def load_framework(content: bytes, name: str, kinds: Collection[str], events: Mapping[str, str]) -> Framework:
    """An edition from the bytes of its file.

    Args:
        name: what messages call the file.
        kinds: the kinds of record that questions can be added to.
        events: what a deadline can count from or be met by, each with what it happens for: see `cross_checks`.

    Raises:
        UnfitFile: with every problem, each with its line and field.
    """
    document = read_yaml(content, name)
    if not isinstance(document.data, dict):
        raise UnfitFile([Problem("this is not a framework edition: no field is set", file=name)], FIX)
    framework, misfits = _typed(document, sha256(content).hexdigest())
    problems = _in_file_order(document, [*misfits, *cross_checks(document.data, kinds, events)])
    if framework is None or problems:
        raise UnfitFile(problems, FIX)
    return framework


def _typed(document: Document, digest: str) -> tuple[Framework | None, list[Found]]:
    data = document.data if isinstance(document.data, dict) else {}
    own: list[Found] = [(("sha256",), "leave this out: it is worked out from the file")] if "sha256" in data else []
    try:
        return Framework.model_validate({**data, "sha256": digest}), own
    except ValidationError as error:
        return None, [*own, *_misfits(error.errors(include_url=False))]


def _misfits(errors: list[ErrorDetails]) -> Iterator[Found]:
    for error in errors:
        yield tuple(part for part in error["loc"] if part != "[key]"), in_plain_words(error)


def _in_file_order(document: Document, found: list[Found]) -> list[Problem]:
    placed = {(document.line(path) or 0, dotted(path), what): path for path, what in found}
    return [_problem(document, path, what) for (_, _, what), path in sorted(placed.items(), key=lambda at: at[0])]


def _problem(document: Document, path: Path, what: str) -> Problem:
    return Problem(what, field=dotted(path), file=document.name, line=document.line(path))


def in_plain_words(error: ErrorDetails) -> str:
    """What is wrong and what is allowed; never the value itself."""
    if error["loc"] == ("edition",) and error["type"] == "string_pattern_mismatch":
        return "name the edition by year and month, such as 2022-01"
    if error["type"] in _WITH_LIMIT:
        return _WITH_LIMIT[error["type"]](error)
    return _PLAIN.get(error["type"], "this can't be read; see docs/framework-file.md for what goes here")


def field_names() -> dict[str, set[str]]:
    """Every part of an edition with the names that its fields have in the file."""
    parts = {
        part
        for module in (entries, models)
        for part in vars(module).values()
        if isinstance(part, type) and issubclass(part, BaseModel) and part is not BaseModel
    }
    return {
        part.__name__: {field.alias or name for name, field in part.model_fields.items()} - {"sha256"} for part in parts
    }


def _near_field(given: str) -> str:
    return did_you_mean(given, set().union(*field_names().values()))
