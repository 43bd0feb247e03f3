"""What a piece of markup holds, and what that stands in: rows, cells, tracked changes, fields and what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from sptool.documents.returning.drawn import BOX, CROSSED
from sptool.documents.returning.looks import (
    CHANGING,
    COVERED,
    ELSEWHERE,
    FLAT,
    FORMULA,
    HIDDEN,
    LOWEST,
    PROMPT,
    ROW_GONE,
    TAKEN_BACK,
    Around,
    is_on,
    number_of,
    painted_with,
)
from sptool.documents.returning.markup import Node
from sptool.documents.returning.styles import Layer, conditions, layer, named

Inside = tuple[Node, Around]

# Why nothing in such a piece of markup is taken for said.
_LOSES = MappingProxyType(
    {"del": TAKEN_BACK, "moveFrom": TAKEN_BACK, "delText": TAKEN_BACK, "oMath": FORMULA, "oMathPara": FORMULA}
)
_WAYS = frozenset({"Choice", "Fallback"})
_SKIPPED = frozenset(
    {"pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sdtPr", "tblGrid", "rubyPr", "spPr", "shapetype"}
)

_MOVES = re.compile(r"\s*(?:DATE|TIME)\b", re.IGNORECASE)


def inside(node: Node, around: Around) -> Iterator[Inside]:
    """What a piece of markup holds, each with what it stands in."""
    first = next((_text(inner) for inner in node.inside if inner.name == "Choice"), None)
    seen = False
    for inner in node.inside:
        if inner.name in _WAYS:
            # Of two ways to show the same, the first; if they differ, some readers see the second.
            if not seen or _text(inner) != first:
                yield inner, around.lost(ELSEWHERE) if seen else around
            seen = True
        elif inner.name not in _SKIPPED:
            why = _why_lost(inner)
            yield inner, around.lost(why) if why else around


def rows_in(table: Node, around: Around) -> Iterator[tuple[bool, list[Inside]]]:
    """The rows of a table: whether each was deleted with tracked changes, and its cells."""
    about = layer(table.first("tblPr"))
    rows = list(_found("tr", table, around))
    for number, (row, in_row) in enumerate(rows):
        about_row = layer(row.first("trPr"))
        deleted = "del" in about_row
        here = in_row.lost(ROW_GONE) if deleted else in_row.lost(FLAT) if _is_flat(about_row) else in_row
        cells = list(_found("tc", row, here))
        style = named(about.get("tblStyle"))
        ways = [
            conditions(about.get("tblLook"), (number, len(rows)), (place, len(cells))) for place in range(len(cells))
        ]
        paint = about.get("shd")
        yield (
            deleted,
            [(cell, _in_cell(cell, one, style, way, paint)) for (cell, one), way in zip(cells, ways, strict=True)],
        )


def _is_flat(row: Layer) -> bool:
    height = row.get("trHeight")
    return height is not None and height.said.get("hRule") == "exact" and number_of(height, LOWEST) < LOWEST


def goes_on(paragraph: Node) -> bool:
    """Whether a paragraph runs into the next, because a tracked change took away what ends it."""
    properties = paragraph.first("pPr")
    mark = layer(properties.first("rPr")) if properties else {}
    return "del" in mark or "moveFrom" in mark


def is_numbered(paragraph: Node) -> bool:
    """Whether a paragraph has a bullet or a number before it."""
    return "numPr" in layer(paragraph.first("pPr"))


def _in_cell(cell: Node, around: Around, style: str, ways: tuple[str, ...], table: Node | None) -> Around:
    direct = layer(cell.first("tcPr"))
    styles = around.styles
    paints = (
        direct.get("shd"),
        styles.table(style, ways, "tcPr").get("shd"),
        table,
        styles.table(style, (), "tblPr").get("shd"),
    )
    paint = next((one for one in paints if one is not None), None)
    here = replace(
        around,
        table=styles.table(style, ways, "rPr"),
        table_paragraph=styles.table(style, ways, "pPr"),
        behind=painted_with(paint) or around.behind,
    )
    if "cellDel" in direct:
        return here.lost(ROW_GONE)
    merged = [direct[name] for name in ("vMerge", "hMerge") if name in direct]
    return here.lost(COVERED) if any(named(one) != "restart" for one in merged) else here


def _found(name: str, node: Node, around: Around) -> Iterator[Inside]:
    """Every piece of that name, however it is wrapped; none of those in another table."""
    for inner, here in inside(node, around):
        if inner.name == name:
            yield inner, here
        elif inner.name not in ("tbl", "p"):
            yield from _found(name, inner, here)


def _why_lost(node: Node) -> str:
    if node.name == "sdt" and is_on(layer(node.first("sdtPr")).get("showingPlcHdr")):
        return PROMPT
    if node.name == "fldSimple" and moves(node.said.get("instr", "")):
        return CHANGING
    return _LOSES.get(node.name, "")


def _text(node: Node) -> str:
    """The words anywhere in a piece of markup, gaps aside."""
    return "".join(node.text.split()) if node.name == "t" else "".join(_text(inner) for inner in node.inside)


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
