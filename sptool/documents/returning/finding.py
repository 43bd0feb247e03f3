"""Finds in a returned form what the agency wrote: everything that the blank form does not say itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sptool.documents.returning.answers import squeezed
from sptool.documents.returning.contents import Contents, Paragraph, TableRow
from sptool.documents.returning.rows import Row

_KEY = re.compile(r"([A-Z][0-9]{1,2}[a-h]?)(?![0-9A-Za-z])")
_NUMBERS = re.compile(r"\d+")
_LONG = 30  # letters; what begins with a shorter line of ours need not be ours


@dataclass(frozen=True)
class Written:
    """Something that the agency wrote.

    Args:
        key: the number of the question whose row it stands in; empty outside every row.
        time: how often this question was met before, where a part was copied.
        place: where it stands, in words.
        text: what it says.
        near: the number of the nearest question.
        answers: whether it stands where an answer belongs.
    """

    key: str
    time: int
    place: str
    text: str
    near: str
    answers: bool = True


@dataclass(frozen=True)
class Blank:
    """What the blank form says itself.

    Args:
        lines: its paragraphs and its cells without numbers.
        asked: what stands in a question's cell, by the number.
        given: what stands in the answer's cell already, such as boxes.
        edges: what stands outside the text, page numbers left open.
    """

    lines: frozenset[str]
    asked: Mapping[str, str]
    given: Mapping[str, str]
    edges: frozenset[str]

    @classmethod
    def of(cls, blank: Contents, rows: Mapping[str, Row]) -> Blank:
        """Reads the blank form."""
        lines = {squeezed(block.text) for block in blank.blocks if isinstance(block, Paragraph)}
        asked: dict[str, str] = {}
        given: dict[str, str] = {}
        for row in (block for block in blank.blocks if isinstance(block, TableRow)):
            key = _key(row.cells[0], rows) if row.cells else ""
            if key:
                asked[key], given[key] = squeezed(row.cells[0]), squeezed(" ".join(row.cells[1:]))
            else:
                lines |= {squeezed(cell) for cell in row.cells}
        return cls(frozenset(lines), asked, given, frozenset(_edge(one.text) for one in blank.beside))

    def key_of(self, cell: str) -> str:
        """The question that a cell asks: by its number, else by its words; empty for none."""
        key = _key(cell, self.asked)
        if key:
            return key
        flat = squeezed(cell)
        return next((key for key, text in self.asked.items() if flat and flat == text.removeprefix(key).strip()), "")

    def seen(self, form: Contents) -> frozenset[str]:
        """The numbers of the questions that a form has."""
        rows = [block for block in form.blocks if isinstance(block, TableRow)]
        return frozenset(key for row in rows for cell in row.cells if (key := self.key_of(cell)))


def written_in(form: Contents, blank: Blank) -> Iterator[Written]:
    """Everything that the agency wrote, in the order of the form.

    Args:
        form: all that is written in the form.
        blank: what the blank form says itself.
    """
    near = ""
    times: Counter[str] = Counter()
    waiting: Written | None = None
    for block in form.blocks:
        found = list(_in_paragraph(block, blank, near) if isinstance(block, Paragraph) else ())
        if isinstance(block, TableRow):
            found, near = _in_row(block, blank, near, times)
        for one in found:
            if waiting and _goes_on(waiting, one):
                waiting = replace(waiting, text=f"{waiting.text}\n{one.text}")
                continue
            if waiting:
                yield waiting
            waiting = one
    if waiting:
        yield waiting
    yield from (
        Written("", 0, one.place, one.text, "", answers=False)
        for one in form.beside
        if _edge(one.text) not in blank.edges and squeezed(one.text) not in blank.lines
    )


def _goes_on(earlier: Written, later: Written) -> bool:
    """Whether both stand outside every row, in the same place."""
    return not earlier.key and not later.key and earlier.place == later.place


def _in_paragraph(block: Paragraph, blank: Blank, near: str) -> Iterator[Written]:
    text = _unsaid(block.text, blank.lines)
    if text:
        yield Written("", 0, f"in the text below {near}" if near else "in the text at the top", text, near, False)


def _unsaid(text: str, lines: frozenset[str]) -> str:
    """What a paragraph says beyond the form's own words."""
    flat = squeezed(text)
    if flat in lines or (len(flat) >= _LONG and any(known.startswith(flat) for known in lines)):
        return ""
    for known in sorted(lines, key=len, reverse=True):
        after = beyond(text, known) if len(known) >= _LONG else None
        if after is not None:
            return after
    return text


def _in_row(block: TableRow, blank: Blank, near: str, times: Counter[str]) -> tuple[list[Written], str]:
    place = next((number for number, cell in enumerate(block.cells) if blank.key_of(cell)), None)
    if place is None:
        cells = [cell for cell in block.cells if squeezed(cell) and squeezed(cell) not in blank.lines]
        where = f"in a row of its own below {near}" if near else "in a row of its own at the top"
        return ([Written("", 0, where, " | ".join(cells), near, False)] if cells else []), near
    key = blank.key_of(block.cells[place])
    others = [cell for number, cell in enumerate(block.cells) if number != place and squeezed(cell)]
    time = times[key]
    times[key] += 1
    found = _beside_question(block.cells[place], key, time, blank)
    answer = "\n".join(others)
    if answer and squeezed(answer) != blank.given.get(key, ""):
        found.append(Written(key, time, f"at {key}", answer, key))
    return found, key


def _beside_question(cell: str, key: str, time: int, blank: Blank) -> list[Written]:
    """An answer that was written behind the question instead of beside it."""
    asked = blank.asked[key]
    bare = asked.removeprefix(key).strip()
    if asked.startswith(squeezed(cell)):  # our own words, if not all of them
        return []
    after = beyond(cell, asked)
    after = beyond(cell, bare) if after is None else after
    if after is None:
        return [Written("", 0, f"in the question's own box at {key}", cell, key, answers=False)]
    return [Written(key, time, f"behind the question at {key}", after, key)] if after else []


def beyond(text: str, known: str) -> str | None:
    """What a text says after something known, gaps aside; None if it does not begin with it.

    Args:
        text: the text.
        known: what it may begin with.
    """
    place = 0
    for letter in known.replace(" ", ""):
        while place < len(text) and text[place].isspace():
            place += 1
        if place == len(text) or text[place] != letter:
            return None
        place += 1
    return text[place:].strip("\n ")


def _key(cell: str, known: Mapping[str, object]) -> str:
    found = _KEY.match(cell.lstrip())
    return found[1] if found and found[1] in known else ""


def _edge(text: str) -> str:
    return _NUMBERS.sub("#", squeezed(text))
