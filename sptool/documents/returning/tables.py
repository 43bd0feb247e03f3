"""Which cells of a table its style treats apart: the first row, the last column, every other row."""

from __future__ import annotations

from sptool.documents.returning.markup import Node

# What a table takes over of its style, with the bit that says so in the older way to write it.
_ASKED = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}
_FALSE = frozenset({"0", "false", "off"})


def conditions(look: Node | None, row: tuple[int, int], column: tuple[int, int]) -> tuple[str, ...]:
    """What a cell is to its table's style, what counts most coming last.

    Args:
        look: what the table takes over of its style; None if it does not say.
        row: the number of its row, from 0, and how many there are.
        column: the same for its column.
    """
    asked = _asked(look)
    if not asked:
        return ()
    top, bottom = "firstRow" in asked and row[0] == 0, "lastRow" in asked and row[0] == row[1] - 1
    left, right = "firstColumn" in asked and column[0] == 0, "lastColumn" in asked and column[0] == column[1] - 1
    found = {
        _band("Vert", column[0] - ("firstColumn" in asked)): "noVBand" not in asked and not (left or right),
        _band("Horz", row[0] - ("firstRow" in asked)): "noHBand" not in asked and not (top or bottom),
        "lastRow": bottom,
        "firstRow": top,
        "lastCol": right,
        "firstCol": left,
        "neCell": top and right,
        "nwCell": top and left,
        "seCell": bottom and right,
        "swCell": bottom and left,
    }
    return tuple(name for name, holds in found.items() if holds)


def _band(way: str, number: int) -> str:
    return f"band{number % 2 + 1}{way}"


def _asked(look: Node | None) -> frozenset[str]:
    """What a table takes over of its style. One that does not say takes over nothing but the whole."""
    if look is None:
        return frozenset()
    bits = look.said.get("val", "")
    number = int(bits, 16) if len(bits) == 4 and all(digit in "0123456789abcdefABCDEF" for digit in bits) else 0
    named = {name: look.said[name].casefold() not in _FALSE for name in _ASKED if name in look.said}
    return frozenset(name for name, bit in _ASKED.items() if named.get(name, bool(number & bit))) or frozenset({""})
