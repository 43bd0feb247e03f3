"""What letters show that are drawn differently from how they are typed: ticks of a symbol font, raised figures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sptool.documents.returning.looks import Look

UNKNOWN = "\ufffd"
BOX, CROSSED = "☐", "☒"
# Ticks and boxes of the fonts that word processors draw them in, by the number of the letter.
_WINGDINGS = {0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x78: "☒", 0xA8: "☐", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"}
_FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType({"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2})
_PRIVATE = range(0xF000, 0xF100)  # where such a letter stands in a text that says which font it is of
_FIGURES = "0123456789+-="
_RAISED: Mapping[str, Mapping[int, int]] = MappingProxyType(
    {
        "superscript": str.maketrans(_FIGURES, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼"),
        "subscript": str.maketrans(_FIGURES, "₀₁₂₃₄₅₆₇₈₉₊₋₌"),
    }
)


def symbol(char: str, font: str) -> str:
    """What a symbol shows.

    Args:
        char: its number, as hexadecimal digits.
        font: the font that it is of; empty if that is not said.
    """
    try:
        number = int(char, 16)
    except ValueError:
        return UNKNOWN
    return _symbol(number, font.casefold())


def drawn(text: str, look: Look) -> str:
    """What a text shows."""
    font = look.font.casefold()
    if font in _FONTS or any(ord(letter) in _PRIVATE for letter in text):
        text = "".join(_letter(letter, font) for letter in text)
    # As an ordinary figure, 10² would be recorded as 102.
    return text.translate(_RAISED[look.raised]) if look.raised in _RAISED else text


def _letter(letter: str, font: str) -> str:
    number = ord(letter)
    if number in _PRIVATE:
        return _symbol(number, font)
    return _FONTS[font].get(number, letter) if font in _FONTS else letter


def _symbol(number: int, font: str) -> str:
    tables = [_FONTS[font]] if font in _FONTS else list(_FONTS.values())
    return next((table[number & 0xFF] for table in tables if number & 0xFF in table), UNKNOWN)
