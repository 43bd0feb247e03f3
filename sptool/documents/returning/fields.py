"""Fields of a Word file: a code that is not on the page, and what the page shows in its place."""

from __future__ import annotations

import re

from sptool.documents.returning.drawn import BOX, CROSSED
from sptool.documents.returning.looks import CHANGING, HIDDEN, is_on
from sptool.documents.returning.markup import Node
from sptool.documents.returning.styles import named

_MOVES = re.compile(r"\s*(?:DATE|TIME)\b", re.IGNORECASE)


class Fields:
    """The fields that are open at a place, the innermost last."""

    def __init__(self) -> None:
        self._codes: list[str] = []
        self._shown: list[bool] = []

    def met(self, node: Node) -> None:
        """Takes note of a mark that begins, parts or ends a field, or of a piece of its code."""
        what = node.said.get("fldCharType", "")
        if node.name == "instrText" and self._codes:
            self._codes[-1] += node.text
        elif what == "begin":
            self._codes.append("")
            self._shown.append(False)
        elif what == "separate" and self._shown:
            self._shown[-1] = True
        elif what == "end" and self._codes:
            self._codes.pop()
            self._shown.pop()

    @property
    def gone(self) -> str:
        """Why what stands here is not taken for said; empty if it is."""
        if not all(self._shown):
            return HIDDEN
        return CHANGING if any(moves(code) for code in self._codes) else ""


def moves(code: str) -> bool:
    """Whether a field shows another day whenever the file is opened."""
    return bool(_MOVES.match(code))


def picked(node: Node) -> str:
    """What an old form field shows that has no text of its own: a tick box, or one of a list."""
    data = node.first("ffData")
    box, choices = (data.first("checkBox"), data.first("ddList")) if data else (None, None)
    if box:
        return CROSSED if is_on(box.first("checked") or box.first("default")) else BOX
    if choices is None:
        return ""
    listed = [named(entry) for entry in choices.inside if entry.name == "listEntry"]
    number = named(choices.first("result") or choices.first("default")) or "0"
    return listed[int(number)] if number.isdecimal() and len(number) < 4 and int(number) < len(listed) else ""
