"""Prose as it is kept, and text as it may be shown in a terminal."""

from __future__ import annotations

import re
from functools import cache

# Vertical tab and form feed are what Word pastes for a manual line break and a page break.
_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_SPACES = "[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_HIDDEN = "\xad\u034f\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
# Code points that Unicode sets aside for good: no character, and YAML can't show the last of each plane.
_NONE = "\ufdd0-\ufdef" + "".join(f"{chr(last - 1)}{chr(last)}" for last in range(0xFFFF, 0x110000, 0x10000))
_DROPPED = f"[{_CONTROLS}{_BIDI}{_HIDDEN}{_NONE}]"
# Persian and Hindi names, and emoji, need joiners between their letters; Latin text never does.
_JOINER = "(?<![^\x00-\x7f\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])"
_UNSAFE = f"[{_CONTROLS}{_BIDI}{_HIDDEN}{_NONE}\u2028\u2029]"


def normalise(text: str) -> str:
    """Prose without what word processors and web pages leave in it; typographic quotes and dashes stay.

    Lines end in a line feed, tabs become four spaces, every other kind of space one; invisible characters,
    trailing blanks and blank lines at both ends go. Normalising twice changes nothing more.
    """
    import unicodedata

    if _is_tidy(text) and unicodedata.is_normalized("NFC", text):
        return text
    text = unicodedata.normalize("NFC", text)
    text = _all(_BREAKS).sub("\n", text).replace("\t", "    ")
    text = _all(_DROPPED).sub("", _all(_SPACES).sub(" ", text))
    text = unicodedata.normalize("NFC", _all(_JOINER).sub("", text))
    lines = [line.rstrip(" ") for line in text.split("\n")]
    return "\n".join(lines).strip("\n")


def _is_tidy(text: str) -> bool:
    """Whether all can stay as it is, as in whatever sptool wrote itself: a quick answer, as thousands are read."""
    # What isprintable takes for a character that shows, and is none here.
    shows = text.replace("\n", "").isprintable() and "\u034f" not in text
    return shows and " \n" not in text and not text.endswith((" ", "\n")) and not text.startswith("\n")


def is_whole(text: str) -> bool:
    """Whether every letter came through: what a terminal sends in another code page arrives as halves of letters."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def for_screen(text: str) -> str:
    """Text that can't move the cursor, change colours, hide or reorder what a terminal shows.

    Returns:
        The text with each such character spelled out, as in `\\u001b`; line feeds and tabs stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return _all(_UNSAFE).sub(lambda found: f"\\u{ord(found.group()):04x}", text.replace("\r\n", "\n"))


@cache
def _all(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: the sets are large, and most runs of sptool need few of them."""
    return re.compile(pattern)
