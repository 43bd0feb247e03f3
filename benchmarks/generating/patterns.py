"""Bytes with gaps: a record as sptool writes it, in which days, ids and prose are filled in for each case."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

PROSE = "prose-to-be"
_PADDING = "." * 80  # prose is long, so that it stands in a block of its own

CASE, OTHER_CASE = "ZZZ-2022-ZZZZK", "ZZZ-2022-ZZZ1P"
RECORDER, LEAD = "zz-recorder", "zz-lead"

_GAPS = re.compile(
    rf"^(?P<indent> *){PROSE} (?P<length>\w+) (?P<name>[\w-]+) {re.escape(_PADDING)}$"
    r"|(?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
    r"|(?P<day>\d{4}-\d\d-\d\d)"
    rf"|(?P<case>{CASE})|(?P<other>{OTHER_CASE})|(?P<recorder>{RECORDER})|(?P<lead>{LEAD})"
    r"|(?P<id>zzzzz(?P<number>\d{5}))",
    re.MULTILINE,
)

Gap = tuple[str, ...]
"""What belongs in a gap: its kind, and what further tells it apart."""
Fill = Callable[[Gap], str]


@dataclass(frozen=True)
class Pattern:
    """A text in pieces.

    Args:
        pieces: what stands fixed, and between two such pieces a gap.
        gaps: what belongs between them.
    """

    pieces: tuple[str, ...]
    gaps: tuple[Gap, ...]

    @classmethod
    def of(cls, text: str) -> Pattern:
        """The pattern of a text that was written with stand-ins."""
        pieces, gaps, end = [], [], 0
        for found in _GAPS.finditer(text):
            pieces.append(text[end : found.start()])
            gaps.append(_gap(found))
            end = found.end()
        return cls((*pieces, text[end:]), tuple(gaps))

    def filled(self, fill: Fill) -> str:
        """The text with every gap filled."""
        parts = [self.pieces[0]]
        for gap, piece in zip(self.gaps, self.pieces[1:], strict=True):
            parts.append(fill(gap))
            parts.append(piece)
        return "".join(parts)


def prose(length: str, name: str) -> str:
    """A stand-in for prose. The same name is the same text throughout a case."""
    return f"{PROSE} {length} {name} {_PADDING}"


def record_id(number: int) -> str:
    """A stand-in for the id of a case's record."""
    return f"zzzzz{number:05d}"


def _gap(found: re.Match[str]) -> Gap:
    if found["length"]:
        return ("prose", found["length"], found["name"], found["indent"])
    if found["id"]:
        return ("id", str(int(found["number"])))
    kind = next(name for name in ("moment", "day", "case", "other", "recorder", "lead") if found[name])
    return (kind, found[kind])
