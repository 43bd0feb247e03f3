"""The colours that a Word file names, as far as they decide whether words can be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from sptool.documents.returning.markup import Node

PAGE, INK = "FFFFFF", "000000"
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_ALIKE = 24  # of 255, in red, green and blue: what lies closer together than that, no reader tells apart
_MARKERS: Mapping[str, str] = MappingProxyType(
    {
        "black": INK,
        "blue": "0000FF",
        "cyan": "00FFFF",
        "darkBlue": "000080",
        "darkCyan": "008080",
        "darkGray": "808080",
        "darkGreen": "008000",
        "darkMagenta": "800080",
        "darkRed": "800000",
        "darkYellow": "808000",
        "green": "00FF00",
        "lightGray": "C0C0C0",
        "magenta": "FF00FF",
        "red": "FF0000",
        "white": PAGE,
        "yellow": "FFFF00",
    }
)
# Of a file's theme only what every theme has: paper and ink. Word writes the colour itself beside the rest.
_THEME = MappingProxyType({"background1": PAGE, "light1": PAGE, "bg1": PAGE, "text1": INK, "dark1": INK, "tx1": INK})


def written_in(node: Node | None) -> str:
    """The colour of letters; empty where the program picks one that shows."""
    return _colour(node, "val", "themeColor")


def marked_with(node: Node | None) -> str:
    """The colour of a marker pen; empty for none."""
    return _MARKERS.get(node.said.get("val", ""), "") if node else ""


def painted_with(node: Node | None) -> str:
    """The colour that lies behind something; empty where it lets through what lies below."""
    pattern = node.said.get("val", "clear") if node else "nil"
    if pattern == "nil":
        return ""
    return (_colour(node, "color", "themeColor") or INK) if pattern == "solid" else _colour(node, "fill", "themeFill")


def alike(one: str, other: str) -> bool:
    """Whether no reader tells two colours apart."""
    return all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) < _ALIKE for at in (0, 2, 4))


def _colour(node: Node | None, plain: str, theme: str) -> str:
    if node is None:
        return ""
    said = node.said.get(plain, "")
    return said.upper() if _HEX.fullmatch(said) else _THEME.get(node.said.get(theme, said), "")
