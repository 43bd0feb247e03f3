"""Finds in a returned form what the agency wrote: everything that the blank form does not say itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sptool.documents.returning.answers import squeezed
from sptool.documents.returning.looks import HIDDEN, STRUCK, TAKEN_BACK, UNREADABLE
from sptool.documents.returning.own_words import Blank
from sptool.documents.returning.passages import EMPTY, Gone, Passage, joined
from sptool.documents.returning.reading import Contents, Paragraph, TableRow

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
