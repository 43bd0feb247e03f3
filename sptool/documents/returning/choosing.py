"""Which choice an agency made: by a tick, by a word, or in a way that only a person can settle.

Where nothing is ticked, and one choice is highlighted or the others are struck out, nothing is guessed: it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from sptool.documents.returning.answers import TICKS, WRONG, boxes, squeezed, ticked, without_boxes
from sptool.documents.returning.blank import Row
from sptool.documents.returning.drawn import BOX
from sptool.documents.returning.looks import Look
from sptool.documents.returning.passages import Passage

BESIDE = "it is written beside the boxes"
_BOX_BEFORE = re.compile(rf"[\[(]?\s?[{BOX}{TICKS}]?[\])]?\s*$")
_TAKEN = "\0"


@dataclass(frozen=True)
class Doubt:
    """Something at a choice that only a person can settle.

    Args:
        gone: whether nobody takes them for said.
        picks: whether it has to be said which choice is meant.
    """

    text: str
    why: str
    gone: bool = False
    picks: bool = False


@dataclass(frozen=True)
class Chosen:
    """What an agency chose.

    Args:
        code: the choice; None for none that can be told.
    """

    code: str | None
    doubts: tuple[Doubt, ...]


def chosen(row: Row, passage: Passage, given: Passage) -> Chosen:
    """What an agency chose; nothing at all where the boxes stand as they did in the blank form.

    Args:
        given: what stands there in the blank form.
    """
    there, before = _Spans.of(row, passage), _Spans.of(row, given)
    more = tuple(there.gone_beside())
    struck = {code: why for code, why in there.gone.items() if code not in before.gone}
    marks = {code: ways for code, ways in there.marks(before).items() if code not in struck}
    found, beside = boxes(row, passage.said)
    # A tick that is left where its choice was struck out may still be meant.
    ticks = sum(letter in TICKS for letter in passage.said)
    if len(found) == 1 and ticks <= 1 and not marks.keys() - {found[0]}:
        return Chosen(found[0], (*_beside(beside), *more))
    if (struck or marks) and len(found) < 2:
        doubt = _doubt(row, there, struck, marks, bool(found))
        return Chosen(None, (doubt, *_beside(there.beside), *more))
    if squeezed(passage.said) in ("", squeezed(given.said)):
        return Chosen(None, more)
    code, beside = (None, "") if found else ticked(row, passage.said)
    if code is None:
        return Chosen(None, (Doubt(passage.said, WRONG["choice"], picks=True), *more))
    return Chosen(code, (*_beside(beside), *more))


def _beside(text: str) -> tuple[Doubt, ...]:
    return (Doubt(text, BESIDE),) if text else ()


def _doubt(row: Row, there: _Spans, struck: Mapping[str, str], marks: Mapping[str, str], is_ticked: bool) -> Doubt:
    """What is asked about choices that are marked or struck out. Only its text names them, not the reason."""
    left = [code for code in there.places if code not in struck]
    about = marks or (left if len(left) == 1 and not is_ticked else struck)
    if marks:
        how = f"one choice is ticked, but another is {_ways(marks)}" if is_ticked else _unticked(marks)
    elif is_ticked:
        how = f"more than one box is ticked, and what stands at one is {_ways(struck)}"
    elif len(left) > 1:
        how = _unticked(struck)
    else:
        how = f"nothing is ticked, and every {'other ' if left else ''}choice is {_ways(struck)}"
    return Doubt(_named(row, about), how, picks=True)


def _unticked(ways: Mapping[str, str]) -> str:
    return f"nothing is ticked, but {'one choice is' if len(ways) == 1 else 'some choices are'} {_ways(ways)}"


def _named(row: Row, codes: Container[str]) -> str:
    return " · ".join(choice.text for choice in row.choices if choice.code in codes)


def _ways(ways: Mapping[str, str]) -> str:
    return " or ".join(dict.fromkeys(ways.values()))


@dataclass(frozen=True)
class _Spans:
    """Where the choices stand in an answer, and how they look there.

    Args:
        letters: the answer letter by letter.
        places: of each choice that stands there, which letters are its own and those of its box.
    """

    letters: tuple[tuple[str, Look], ...]
    places: Mapping[str, range]

    @classmethod
    def of(cls, row: Row, passage: Passage) -> _Spans:
        text = "".join(letter for letter, _ in passage.letters)
        places: dict[str, range] = {}
        for choice in sorted(row.choices, key=lambda one: -len(one.text)):
            found = re.search(rf"(?<!\w){re.escape(squeezed(choice.text))}(?!\w)", text)
            if found is None:
                continue
            box = _BOX_BEFORE.search(text[: found.start()])
            start = box.start() if box else found.start()
            places[choice.code] = range(start, found.end())
            text = text[:start] + _TAKEN * (found.end() - start) + text[found.end() :]
        return cls(passage.letters, places)

    def _looks(self, code: str) -> list[Look]:
        return [self.letters[at][1] for at in self.places[code] if self.letters[at][0] != " "]

    @property
    def gone(self) -> Mapping[str, str]:
        """Why nobody takes a choice for said, wholly or in part."""
        whys = {code: [look.gone for look in self._looks(code) if look.gone] for code in self.places}
        return {code: found[0] for code, found in whys.items() if found}

    def dress(self, code: str) -> frozenset[tuple[str, str]]:
        """What sets a choice off, wholly or in part."""
        if code not in self.places:
            return frozenset()
        return frozenset(mark for look in self._looks(code) for mark in look.dress)

    def marks(self, blank: _Spans) -> Mapping[str, str]:
        """How choices are set off from the others otherwise than in the blank form, in words.

        What all of them have is no mark: another program gave it, or the agency to the whole form.
        """
        other = {code: self.dress(code) ^ blank.dress(code) for code in self.places}
        common = frozenset.intersection(*other.values()) if other else frozenset()
        found = {code: sorted({words for words, _ in dress - common}) for code, dress in other.items()}
        return {code: " and ".join(words) for code, words in found.items() if words}

    @property
    def beside(self) -> str:
        """What is said and is no choice."""
        return without_boxes("".join(letter for letter, look in self._others() if not look.gone))

    def gone_beside(self) -> Iterator[Doubt]:
        """What nobody takes for said and is no choice."""
        for why, group in groupby(self._others(), key=lambda one: one[1].gone):
            text = "".join(letter for letter, _ in group).strip()
            if why and any(letter.isalnum() for letter in text):
                yield Doubt(text, f"it is {why}", gone=True)

    def _others(self) -> list[tuple[str, Look]]:
        ours = {at for place in self.places.values() for at in place}
        return [one for at, one in enumerate(self.letters) if at not in ours]
