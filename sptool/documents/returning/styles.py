"""The formatting that a Word file's styles give: to text that says nothing itself, and to some cells of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sptool.documents.returning.markup import Node

Kind = Literal["paragraph", "character", "table"]
Layer = Mapping[str, Node]
"""Formatting that one place gives, by its names in the markup."""

_MOST_BASES = 40  # a style on a style on a style; Word stops far earlier, and a circle would never end
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


def layer(node: Node | None) -> Layer:
    """The formatting that a piece of markup lists; of what is listed twice, the last counts."""
    return {inner.name: inner for inner in node.inside} if node else {}


@dataclass(frozen=True)
class Styles:
    """The styles of one Word file.

    Args:
        known: the styles by kind and id.
        usual: the id of the style that counts where none is named, by kind.
        run: the formatting of all text that nothing else says anything about.
        paragraph: the same for paragraphs.
    """

    known: Mapping[tuple[str, str], Node]
    usual: Mapping[str, str]
    run: Layer
    paragraph: Layer
    _merged: dict[tuple[str, ...], Layer] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, root: Node | None) -> Styles:
        """Reads the part of a Word file that holds its styles; None if it has no such part."""
        listed = next((node for node in root.inside if node.name == "styles"), None) if root else None
        styles = [node for node in (listed.inside if listed else ()) if node.name == "style"]
        defaults = listed.first("docDefaults") if listed else None
        return cls(
            {(_kind(style), style.said.get("styleId", "")): style for style in styles},
            {_kind(style): style.said.get("styleId", "") for style in styles if "default" in style.said},
            layer(_below(defaults, "rPrDefault", "rPr")),
            layer(_below(defaults, "pPrDefault", "pPr")),
        )

    def layer(self, kind: Kind, name: str, part: str) -> Layer:
        """What a style says, with all that it is based on.

        Args:
            kind: what it is a style for.
            name: its id; the usual one counts if it is empty or unknown.
            part: which of its formatting, such as `rPr` for that of text.
        """
        return self.table(name, (), part) if kind == "table" else self._layer(kind, name, part, ())

    def table(self, name: str, conditions: Sequence[str], part: str) -> Layer:
        """What a table's style says of a cell.

        Args:
            conditions: what the cell is, such as `firstRow`, what counts most coming last.
            part: which of its formatting, such as `tcPr` for that of the cell.
        """
        return self._layer("table", name, part, conditions)

    def _layer(self, kind: Kind, name: str, part: str, conditions: Sequence[str]) -> Layer:
        key = (kind, name, part, *conditions)
        if key not in self._merged:
            bases = list(self._bases(kind, name))[::-1]
            found = [layer(style.first(part)) for style in bases]
            for condition in conditions:
                found += [layer(_conditional(style, condition, part)) for style in bases]
            self._merged[key] = {name: node for one in found for name, node in one.items()}
        return self._merged[key]

    def _bases(self, kind: Kind, name: str) -> Iterator[Node]:
        """A style, what it is based on, and so on."""
        style = self.known.get((kind, name)) or self.known.get((kind, self.usual.get(kind, "")))
        for _ in range(_MOST_BASES):
            if style is None:
                return
            yield style
            style = self.known.get((kind, named(style.first("basedOn"))))


def named(node: Node | None) -> str:
    """What a piece of markup names, such as a style; empty for nothing."""
    return node.said.get("val", "") if node else ""


def _kind(style: Node) -> str:
    return style.said.get("type", "paragraph")


def _below(node: Node | None, *names: str) -> Node | None:
    for name in names:
        node = node.first(name) if node else None
    return node


def _conditional(style: Node, condition: str, part: str) -> Node | None:
    found = [node for node in style.inside if node.name == "tblStylePr" and node.said.get("type") == condition]
    return found[-1].first(part) if found else None


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
