"""How words look on the page: whether a reader takes them for said, and what sets them off from others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from sptool.documents.returning.markup import Node
from sptool.documents.returning.styles import Layer, Styles, layer, named

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


# Why a reader of the page does not take words for what the agency says now; each goes on from "it is".
STRUCK = "struck out"
HIDDEN = "hidden text, which the page does not show"
UNSEEN = "written in the colour of what lies behind it, so that the page does not show it"
TINY = "written too small to be read"
COVERED = "in a cell that is merged with the one above, so that the page does not show it"
FLAT = "in a row or a line that is too low to show it"
ROW_GONE = "in a row or a cell that was deleted with tracked changes"
TAKEN_BACK = "struck out with tracked changes"
PROMPT = "what an empty field asks for, not an answer"
FORMULA = "a formula, which can't be read as text"
CHANGING = "a date that changes whenever the file is opened"
ELSEWHERE = "shown by some programs only"
UNREADABLE = "a picture, a drawing or a file, which can't be read as text"

_FALSE = frozenset({"0", "false", "off"})
LOWEST = 100  # twentieths of a point; no letter fits into less
_SMALLEST = 6  # half points
_OVER = MappingProxyType(
    {"b": "in bold", "i": "in italics", "caps": "in capitals", "smallCaps": "in capitals"}
    | dict.fromkeys(("outline", "shadow", "emboss", "imprint"), "with an effect")
)
_NO_LINE = frozenset({"", "none", "nil"})
_UNSEEN_AT = 95_000  # of 100,000: how much shines through


@dataclass(frozen=True)
class Look:
    """How a stretch of words looks.

    Args:
        gone: why a reader does not take it for said; empty if it is said like any other.
        dress: what sets it off, such as a marker pen, each with what it is like.
        raised: `superscript` or `subscript`; empty for neither.
    """

    gone: str = ""
    dress: frozenset[tuple[str, str]] = frozenset()
    font: str = ""
    raised: str = ""


PLAIN = Look()


@dataclass(frozen=True)
class Around:
    """What words stand in, as far as it decides how they look.

    Args:
        table: the formatting of text that the table's style gives here.
        table_paragraph: the same for paragraphs.
        paragraph: the formatting of text that the paragraph's style gives.
        behind: the colour behind; empty for that of the page.
        gone: why nobody takes anything in here for said.
        look: how the words themselves look.
    """

    styles: Styles
    table: Layer = field(default_factory=dict)
    table_paragraph: Layer = field(default_factory=dict)
    paragraph: Layer = field(default_factory=dict)
    behind: str = ""
    gone: str = ""
    look: Look = PLAIN

    def lost(self, why: str) -> Around:
        """The same where nothing in here is taken for said; the first reason stays, but for a tracked change."""
        gone = why if why == TAKEN_BACK else self.gone or why
        return replace(self, gone=gone, look=replace(self.look, gone=gone or self.look.gone))

    def in_paragraph(self, node: Node) -> Around:
        """The same for what stands in a paragraph."""
        direct = layer(node.first("pPr"))
        style = named(direct.get("pStyle"))
        given = (direct, self.styles.layer("paragraph", style, "pPr"), self.table_paragraph, self.styles.paragraph)
        paint, spacing = (next((one[name] for one in given if name in one), None) for name in ("shd", "spacing"))
        behind = painted_with(paint) or self.behind
        here = self.lost(FLAT) if spacing and _is_low(spacing) else self
        return replace(here, paragraph=self.styles.layer("paragraph", style, "rPr"), behind=behind)

    def in_run(self, node: Node) -> Around:
        """The same for what stands in a run."""
        direct = layer(node.first("rPr"))
        character = self.styles.layer("character", named(direct.get("rStyle")), "rPr")
        given = Given(self.styles.run, (self.table, self.paragraph, character), direct)
        look = given.look(self.behind)
        return replace(self, look=replace(look, gone=self.gone or look.gone))


@dataclass(frozen=True)
class Given:
    """The formatting of a run, by where it comes from.

    Args:
        usual: of all text.
        styles: by the table's style, the paragraph's and the run's.
        direct: by the run itself.
    """

    usual: Layer
    styles: tuple[Layer, ...]
    direct: Layer

    def last(self, name: str) -> Node | None:
        """What the place that counts most says."""
        return next((one[name] for one in (self.direct, *self.styles[::-1], self.usual) if name in one), None)

    def turned(self, name: str) -> bool:
        """Whether something that styles turn round is on: what two of them turn on is off again."""
        if name in self.direct:
            return is_on(self.direct[name])
        return is_on(self.usual.get(name)) or sum(is_on(style.get(name)) for style in self.styles) % 2 == 1

    def look(self, behind: str) -> Look:
        """How it looks.

        Args:
            behind: the colour that lies behind; empty for that of the page.
        """
        pen, shade = marked_with(self.last("highlight")), painted_with(self.last("shd"))
        below = pen or shade or behind or PAGE
        ink, clear = self._ink()
        fonts = self.last("rFonts")
        return Look(
            self._gone(ink, below, clear, pen),
            frozenset(self._dress(ink, below).items()),
            (fonts.said.get("ascii") or fonts.said.get("hAnsi", "")) if fonts else "",
            named(self.last("vertAlign")),
        )

    def _gone(self, ink: str, below: str, clear: bool, pen: str) -> str:
        found: Mapping[str, bool] = {
            STRUCK: self.turned("strike") or is_on(self.last("dstrike")),
            HIDDEN: self.turned("vanish") or is_on(self.last("specVanish")) or is_on(self.last("webHidden")),
            # Some programs write white on a black pen where no colour is given, others black on black.
            UNSEEN: clear or (bool(ink) and alike(ink, below)) or (not ink and pen == INK),
            TINY: number_of(self.last("sz"), _SMALLEST) < _SMALLEST,
        }
        return next((why for why, holds in found.items() if holds), "")

    def _ink(self) -> tuple[str, bool]:
        """The colour of the letters, and whether one sees through them."""
        filled = self.last("textFill")
        solid = filled.first("solidFill") if filled else None
        if filled is None or (solid is None and filled.first("noFill") is None):
            return written_in(self.last("color")), False
        colour = next(iter(solid.inside), None) if solid else None
        clear = colour is None or number_of(colour.first("alpha"), 0) >= _UNSEEN_AT
        return written_in(colour), clear

    def _dress(self, ink: str, below: str) -> dict[str, str]:
        line, frame = named(self.last("u")), named(self.last("bdr")) or named(self.last("effect"))
        dots = named(self.last("em"))
        found = {
            "highlighted": "" if below == PAGE else below,
            **{words: "on" for name, words in _OVER.items() if self.turned(name)},
            "underlined": "" if line in _NO_LINE else line,
            "in another colour": "" if ink == INK else ink,
            "framed": "" if frame in _NO_LINE else frame,
            "marked letter by letter": "" if dots in _NO_LINE else dots,
            "in another size": named(self.last("sz")),
        }
        return {words: like for words, like in found.items() if like}


def _is_low(spacing: Node) -> bool:
    height = spacing.said.get("line", "")
    return spacing.said.get("lineRule") == "exact" and height.isdecimal() and len(height) < 9 and int(height) < LOWEST


def is_on(node: Node | None) -> bool:
    """Whether a piece of formatting is there and not turned off."""
    return node is not None and node.said.get("val", "").casefold() not in _FALSE


def number_of(node: Node | None, otherwise: int) -> int:
    """The number that a piece of formatting gives; something else if it gives none."""
    said = named(node)
    return int(said) if said.isdecimal() and len(said) < 9 else otherwise
