"""What a YAML scalar means here: YAML 1.2's core, a little narrower, and nothing from YAML 1.1.

Dates and times stay text, as do `yes`, `no`, `on` and `off`, and numbers that begin with a nought or a plus
(telephone numbers, references).
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,999})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def scalar(text: str) -> bool | int | float | str | None:
    """What a value written without quotes means.

    Args:
        text: the value as it stands in the file.

    Returns:
        A boolean, a number, None for an empty value, or the text itself.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-0123456789":
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and isfinite(number := float(text)):
        return number
    return text


def dotted(path: Path) -> str:
    """A field's name as messages show it, such as `children.0.died`."""
    return ".".join(str(part) for part in path)


def is_blank(value: Plain) -> bool:
    """Whether nothing is said: no value, empty text, nothing in a list or in fields."""
    return value is None or value in ("", [], {})
