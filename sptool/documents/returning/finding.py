"""Finds in a returned form what the agency wrote: all that the blank form, known by our own words, does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sptool.documents.returning.answers import squeezed
from sptool.documents.returning.blank import Row
from sptool.documents.returning.looks import HIDDEN, STRUCK, TAKEN_BACK, UNREADABLE
from sptool.documents.returning.passages import EMPTY, Gone, Passage, joined
from sptool.documents.returning.reading import Contents, Paragraph, TableRow

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


# What somebody does to our own words. Their colours and sizes differ from program to program.
_DONE_TO_OURS = frozenset({STRUCK, HIDDEN})


@dataclass(frozen=True)
class Written:
    """Something that the agency wrote.

    Args:
        key: the number of the question whose row it stands in; empty outside every row.
        time: how often this question was met before, where a part was copied.
        place: where it stands, in words.
        near: the number of the nearest question.
        answers: whether it stands where an answer belongs.
        why: why a reader of the page does not take it for said, going on from "it is"; empty if one does.
    """

    key: str
    time: int
    place: str
    text: str
    near: str
    answers: bool = True
    why: str = ""
    passage: Passage = EMPTY


def written_in(form: Contents, blank: Blank) -> Iterator[Written]:
    """Everything that the agency wrote, in the order of the form."""
    waiting: Written | None = None
    for one in _one_by_one(form, blank):
        if waiting and _goes_on(waiting, one):
            waiting = replace(waiting, text=f"{waiting.text}\n{one.text}")
            continue
        if waiting:
            yield waiting
        waiting = one
    if waiting:
        yield waiting


def _goes_on(earlier: Written, later: Written) -> bool:
    """Whether both answer no question, and stand in the same place."""
    same = (earlier.place, earlier.why) == (later.place, later.why)
    return same and not earlier.key and not later.key


def _one_by_one(form: Contents, blank: Blank) -> Iterator[Written]:
    near = ""
    times: Counter[str] = Counter()
    for block in form.blocks:
        if isinstance(block, Paragraph):
            where = f"in the text below {near}" if near else "in the text at the top"
            yield from _outside(block.passage, blank.ours_in_text(block.passage), where, near, blank)
            continue
        place = next((number for number, cell in enumerate(block.cells) if blank.key_of(cell)), None)
        if place is None:
            yield from _in_row_of_its_own(block, blank, near)
            continue
        near = blank.key_of(block.cells[place])
        yield from _in_row(block, place, Written(near, times[near], f"at {near}", "", near), blank)
        times[near] += 1
    for one in form.beside:
        ours = len(one.passage.raw) if blank.has_at_the_edge(one.passage) else 0
        yield from _outside(one.passage, ours, one.place, "", blank)


def _outside(passage: Passage, ours: int, place: str, near: str, blank: Blank) -> Iterator[Written]:
    """What stands outside the rows of the questions. Of a picture there, only a notice tells."""
    here = Written("", 0, place, "", near, answers=False)
    yield from (one for one in _beyond(passage, ours, here, blank) if one.why != UNREADABLE)


def _in_row_of_its_own(block: TableRow, blank: Blank, near: str) -> Iterator[Written]:
    where = f"in a row of its own below {near}" if near else "in a row of its own at the top"
    here = Written("", 0, where, "", near, answers=False)
    for cell in block.cells:
        if blank.has_line(cell):
            yield from _beyond(cell, len(cell.raw), here, blank)
    more = joined((cell for cell in block.cells if not cell.is_empty and not blank.has_line(cell)), " | ")
    yield from _beyond(more, 0, here, blank)


def _in_row(block: TableRow, place: int, here: Written, blank: Blank) -> Iterator[Written]:
    """What stands in the row of a question: behind the question, and where the answer belongs."""
    question = block.cells[place]
    ours = blank.ours_in_question(question, here.key)
    box = f"in the question's own box at {here.key}"
    if ours is None:
        yield from _beyond(question, 0, replace(here, key="", place=box, answers=False), blank)
    else:
        behind = _beyond(question, ours, here, blank)
        yield from (replace(one, place=box if one.why else f"behind the question at {here.key}") for one in behind)
    answer = joined(cell for number, cell in enumerate(block.cells) if number != place and not cell.is_empty)
    given = blank.given[here.key]
    if blank.rows[here.key].shape == "choice" and not block.deleted:
        taken = [gone for gone in answer.gone if gone.why == TAKEN_BACK]
        yield from (replace(here, text=answer.said, passage=answer), *_not_said(taken, here))
    else:
        same = squeezed(answer.whole) == squeezed(given.whole)
        yield from _beyond(answer, len(answer.raw) if same else 0, here, blank)


def _beyond(passage: Passage, ours: int, here: Written, blank: Blank) -> Iterator[Written]:
    """What a passage says beyond our own words, and what in it nobody takes for said.

    Args:
        ours: how much of its raw text is our own words.
    """
    theirs = passage.after(ours)
    text = theirs.said.strip("\n ") if ours else theirs.said
    if text.strip():
        yield replace(here, text=text, passage=theirs)
    done = [
        one for one in passage.before(ours).gone if one.why in _DONE_TO_OURS and squeezed(one.text) not in blank.gone
    ]
    taken = [one for one in passage.gone if one.why == TAKEN_BACK]
    yield from _not_said((*done, *theirs.gone, *taken), here)


def _not_said(found: Iterable[Gone], here: Written) -> Iterator[Written]:
    yield from (replace(here, key="", text=one.text, answers=False, why=one.why) for one in found)
