"""What the blank form says itself: our own words, by which those of the agency are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sptool.documents.returning.answers import squeezed
from sptool.documents.returning.passages import Passage, joined
from sptool.documents.returning.reading import Contents, Paragraph, TableRow
from sptool.documents.returning.rows import Row

_KEY = re.compile(r"([A-Z][0-9]{1,2}[a-h]?)(?![0-9A-Za-z])")
_NUMBERS = re.compile(r"\d+")
_LONG = 30  # letters; what begins with a shorter line of ours need not be ours


@dataclass(frozen=True)
class Blank:
    """What the blank form says itself.

    Args:
        lines: its paragraphs and its cells without numbers.
        asked: what stands in a question's cell, by the number.
        given: what stands in the answer's cell already, such as boxes.
        edges: what stands outside the text, page numbers left open.
        gone: what is struck out or hidden in it.
    """

    lines: frozenset[str]
    asked: Mapping[str, str]
    given: Mapping[str, Passage]
    edges: frozenset[str]
    gone: frozenset[str]
    rows: Mapping[str, Row]

    @classmethod
    def of(cls, blank: Contents, rows: Mapping[str, Row]) -> Blank:
        """Reads the blank form."""
        lines = {squeezed(block.passage.whole) for block in blank.blocks if isinstance(block, Paragraph)}
        asked: dict[str, str] = {}
        given: dict[str, Passage] = {}
        for row in (block for block in blank.blocks if isinstance(block, TableRow)):
            key = _key(row.cells[0].whole, rows) if row.cells else ""
            if key:
                asked[key], given[key] = squeezed(row.cells[0].whole), joined(row.cells[1:])
            else:
                lines |= {squeezed(cell.whole) for cell in row.cells}
        edges = frozenset(_edge(one.passage) for one in blank.beside)
        gone = {squeezed(gone.text) for one in (*blank.blocks, *blank.beside) for gone in one.passage.gone}
        return cls(frozenset(lines), asked, given, edges, frozenset(gone), rows)

    def key_of(self, cell: Passage) -> str:
        """The question that a cell asks: by its number, else by its words; empty for none."""
        key = _key(cell.whole, self.asked)
        if key:
            return key
        flat = squeezed(cell.whole)
        return next((key for key, text in self.asked.items() if flat and flat == text.removeprefix(key).strip()), "")

    def seen(self, form: Contents) -> frozenset[str]:
        """The numbers of the questions that a form has."""
        rows = [block for block in form.blocks if isinstance(block, TableRow) and not block.deleted]
        return frozenset(key for row in rows for cell in row.cells if (key := self.key_of(cell)))

    def has_line(self, passage: Passage) -> bool:
        """Whether something is a line of ours."""
        return squeezed(passage.whole) in self.lines

    def has_at_the_edge(self, passage: Passage) -> bool:
        """Whether something outside the text is ours."""
        return _edge(passage) in self.edges or self.has_line(passage)

    def ours_in_text(self, passage: Passage) -> int:
        """How far a paragraph is ours, counted in its raw text."""
        flat = squeezed(passage.whole)
        if flat in self.lines or (len(flat) >= _LONG and any(known.startswith(flat) for known in self.lines)):
            return len(passage.raw)
        for known in sorted(self.lines, key=len, reverse=True):
            end = end_of(passage.raw, known) if len(known) >= _LONG else None
            if end is not None:
                return end
        return 0

    def ours_in_question(self, cell: Passage, key: str) -> int | None:
        """How far a question's cell is ours, counted in its raw text; None if our words were written over."""
        asked = self.asked[key]
        if asked.startswith(squeezed(cell.whole)):  # our own words, if not all of them
            return len(cell.raw)
        end = end_of(cell.raw, asked)
        return end_of(cell.raw, asked.removeprefix(key).strip()) if end is None else end


def end_of(text: str, known: str) -> int | None:
    """Where something known that a text begins with ends, gaps aside; None if the text does not begin with it.

    Args:
        known: what it may begin with.
    """
    place = 0
    for letter in known.replace(" ", ""):
        while place < len(text) and text[place].isspace():
            place += 1
        if place == len(text) or text[place] != letter:
            return None
        place += 1
    return place


def _key(cell: str, known: Mapping[str, object]) -> str:
    found = _KEY.match(cell.lstrip())
    return found[1] if found and found[1] in known else ""


def _edge(passage: Passage) -> str:
    return _NUMBERS.sub("#", squeezed(passage.whole))
