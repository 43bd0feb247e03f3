"""What is wrong with a field, in an officer's words rather than the validator's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from sptool.framework import closures, entries, models
from sptool.framework.lists import did_you_mean

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


def in_plain_words(error: ErrorDetails) -> str:
    """What is wrong and what is allowed; never the value itself.

    Args:
        error: one finding of the validator.
    """
    if error["loc"] == ("edition",) and error["type"] == "string_pattern_mismatch":
        return "name the edition by year and month, such as 2022-01"
    if error["type"] in _WITH_LIMIT:
        return _WITH_LIMIT[error["type"]](error)
    return _PLAIN.get(error["type"], "this can't be read; see docs/framework-file.md for what goes here")


def field_names() -> dict[str, set[str]]:
    """Every part of an edition with the names that its fields have in the file."""
    parts = {
        part
        for module in (closures, entries, models)
        for part in vars(module).values()
        if isinstance(part, type) and issubclass(part, BaseModel) and part is not BaseModel
    }
    return {
        part.__name__: {field.alias or name for name, field in part.model_fields.items()} - {"sha256"} for part in parts
    }


def _near_field(given: str) -> str:
    return did_you_mean(given, set().union(*field_names().values()))
