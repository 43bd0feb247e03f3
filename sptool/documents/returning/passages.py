"""What stands in a paragraph or a cell: its words, and of each stretch how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from sptool.documents.returning.looks import PLAIN, TAKEN_BACK, Look
from sptool.text.prose import normalise

_EDGE = "\u2502"  # combines with nothing, and no joiner beside it is dropped


@dataclass(frozen=True)
class Piece:
    """A stretch of text that looks alike."""

    text: str
    look: Look = PLAIN


@dataclass(frozen=True)
class Gone:
    """Words that a reader of the page does not take for said.

    Args:
        why: why not, going on from "it is".
    """

    text: str
    why: str


@dataclass(frozen=True)
class Passage:
    """What stands in a paragraph or a cell, piece by piece."""

    pieces: tuple[Piece, ...] = ()

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Passage:
        """A passage without what word processors leave in text."""
        tidy = (Piece(normalise(f"{_EDGE}{one.text}{_EDGE}")[1:-1], one.look) for one in pieces)
        return cls(tuple(one for one in tidy if one.text))

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands here, and nothing was taken back."""
        return not any(one.text.strip() for one in self.pieces)

    @cached_property
    def there(self) -> Passage:
        """All that stands in the file now: without what tracked changes took back."""
        return Passage(tuple(one for one in self.pieces if one.look.gone != TAKEN_BACK))

    @cached_property
    def raw(self) -> str:
        """All that stands there now, gaps and all: what places are counted in."""
        return "".join(one.text for one in self.there.pieces)

    @cached_property
    def whole(self) -> str:
        """All that stands there now, whatever it looks like."""
        return normalise(self.raw)

    @property
    def said(self) -> str:
        """What a reader takes for said. A line of which nothing is left is no line."""
        return normalise("\n".join(line for line in map(_said, _lines(self.pieces)) if line is not None))

    @property
    def gone(self) -> tuple[Gone, ...]:
        """What a reader does not take for said, stretch by stretch."""
        stretches: list[tuple[str, str]] = []
        for one in self.pieces:
            # A gap between two stretches that are gone alike goes with them.
            gap = bool(stretches) and not one.text.strip()
            why = stretches[-1][0] if gap else one.look.gone
            stretches.append((why, one.text))
        groups = groupby(stretches, key=lambda one: one[0])
        found = [Gone(normalise("".join(text for _, text in group)).strip(), why) for why, group in groups if why]
        return tuple(one for one in found if one.text)

    @property
    def letters(self) -> tuple[tuple[str, Look], ...]:
        """All that stands there now letter by letter, each gap as one space."""
        found: list[tuple[str, Look]] = []
        for one in self.there.pieces:
            for letter in one.text:
                if not letter.isspace():
                    found.append((letter, one.look))
                elif found and found[-1][0] != " ":
                    found.append((" ", one.look))
        return tuple(found)

    def before(self, place: int) -> Passage:
        """What stands before a place, counted in `raw`."""
        return Passage(tuple(_cut(self.there.pieces, 0, place)))

    def after(self, place: int) -> Passage:
        """What stands after a place, counted in `raw`."""
        return Passage(tuple(_cut(self.there.pieces, place, len(self.raw))))


EMPTY = Passage()


def joined(passages: Iterable[Passage], between: str = "\n") -> Passage:
    """Several passages as one.

    Args:
        between: what stands between two of them.
    """
    pieces: list[Piece] = []
    for number, one in enumerate(passages):
        pieces += [Piece(between), *one.pieces] if number else one.pieces
    return Passage(tuple(pieces))


def _lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for one in pieces:
        first, *more = one.text.split("\n")
        line.append(Piece(first, one.look))
        for text in more:
            yield line
            line = [Piece(text, one.look)]
    yield line


def _said(line: list[Piece]) -> str | None:
    """What is left of a line; None where it was all taken away."""
    text, seam, cut = "", False, False
    for one in line:
        if one.look.gone:
            seam = seam or bool(one.text)
            continue
        # Where words were taken out of the middle, one of the two spaces around them goes, too.
        text += one.text.lstrip(" ") if seam and text[-1:] in ("", " ") else one.text
        seam, cut = seam and not one.text, cut or seam
    return None if (cut or seam) and not text.strip() else text


def _cut(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    at = 0
    for one in pieces:
        text = one.text[max(start - at, 0) : max(end - at, 0)]
        if text:
            yield Piece(text, one.look)
        at += len(one.text)
