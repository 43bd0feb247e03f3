"""What an answer on the form means for the record, or why that can't be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from sptool.documents.returning.blank import Row
from sptool.documents.returning.drawn import BOX
from sptool.records.fields import LABEL, LONGEST_LINE, LONGEST_PROSE
from sptool.text.dates import NotADate, ReadDay
from sptool.text.plain import Plain

TICKS = "☑☒✓✔✗✘🗹🗷"
_TICKED = re.compile(rf"(?:[{TICKS}]|(?<!\w)[xX])[\])]?\s*$")
_LEFT_OF_BOXES = re.compile(rf"[\s·.,;:/|{BOX}{TICKS}()\[\]]+|(?<!\w)[xX](?!\w)")

WRONG: Mapping[str, str] = MappingProxyType(
    {
        "date": "this is not one date",
        "line": f"this is longer than {LONGEST_LINE} characters",
        "prose": f"this is longer than {LONGEST_PROSE:,} characters",
        "choice": "sptool can't tell which box is ticked",
        "label": "this is not a label, such as Sibling C",
    }
)


def squeezed(text: str) -> str:
    """A text with every gap as one space."""
    return " ".join(text.split())


def meaning(row: Row, written: str, read_day: ReadDay) -> Plain:
    """What an answer means for the record; None if that can't be told."""
    match row.shape:
        case "date":
            return _day(written, read_day)
        case "line":
            line = " ".join(part.strip() for part in written.split("\n") if part.strip())
            return line if len(line) <= LONGEST_LINE else None
        case "label":
            label = "-".join(written.casefold().replace("-", " ").split())
            return label if re.fullmatch(LABEL, label) else None
        case "choice":
            return ticked(row, written)[0]
        case _:
            return written if len(written) <= LONGEST_PROSE else None


def wrong(row: Row, written: str, read_day: ReadDay) -> str:
    """Why an answer can't be taken, for one whose meaning can't be told."""
    if row.shape == "date":
        try:
            read_day(written)
        except NotADate as fault:
            return f"{WRONG['date']}; {fault}"
    return WRONG[row.shape]


def _day(written: str, read_day: ReadDay) -> str | None:
    try:
        return read_day(written).isoformat()
    except NotADate:
        return None


def ticked(row: Row, written: str) -> tuple[str | None, str]:
    """The one choice that is ticked, or None; and what is written besides the choices.

    Args:
        written: the answer as it stands in the form: the boxes, one of them ticked, or a word.
    """
    found, beside = boxes(row, written)
    if not found:
        # A choice that stands there alone, without its box and without the others, is said in words.
        return _said(row, beside or squeezed(written))
    return (found[0] if len(found) == 1 else None), beside


def boxes(row: Row, written: str) -> tuple[list[str], str]:
    """The choices whose boxes are ticked, and what is written besides the choices."""
    rest = squeezed(written)
    found: list[str] = []
    for choice in sorted(row.choices, key=lambda one: -len(one.text)):
        before, there, after = rest.partition(squeezed(choice.text))
        if there and (_TICKED.search(before) or after.lstrip()[:1] in set(TICKS)):
            found.append(choice.code)
        rest = f"{_TICKED.sub('', before)} · {after}" if there else rest
    return found, without_boxes(rest)


def without_boxes(text: str) -> str:
    """A text without boxes, ticks, and what stands between choices."""
    return _LEFT_OF_BOXES.sub(" ", text).strip()


def _said(row: Row, word: str) -> tuple[str | None, str]:
    """A choice that is written in words instead of being ticked."""
    flat = word.casefold()
    fitting = [
        one.code
        for one in row.choices
        if flat in (one.text.casefold(), one.code, one.text.casefold().partition(":")[0])
    ]
    return (fitting[0], "") if len(fitting) == 1 else (None, word)
