"""Understands a filled-in form: which answer belongs where, what can't be placed, and whether it tells anything.

The blank form, made anew for the same request, tells our own words from the agency's. Whatever is left over is
handed back as unplaced: nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sptool.documents.returning.answers import meaning, squeezed, wrong
from sptool.documents.returning.blank import EPISODE_GROUP, NIL, PEOPLE_GROUP, WRITTEN, Row
from sptool.documents.returning.choosing import chosen
from sptool.documents.returning.finding import Blank, Written, written_in
from sptool.documents.returning.looks import TAKEN_BACK
from sptool.documents.returning.passages import Passage
from sptool.documents.returning.reading import Contents
from sptool.text.dates import ReadDay
from sptool.text.plain import Path, Plain

DESCRIBED = "what"
Verdict = Literal["nil", "written-here", "empty", "both", "unclear"]
LONGEST_NIL = 250  # characters; whoever writes more than that has something to tell
_ABOUT_THE_RETURN = "A"
_NOTHING = re.compile(
    r"\b(?:nil|none|nothing|no(?:t|body)?|never|unknown|n/a|do(?:es)?n.t|have ?n.t|has ?n.t|did ?n.t)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Placed:
    """An answer that was understood.

    Args:
        entry: which episode or person, counted from 0, where there may be several.
        means: what it means for the record.
    """

    row: Row
    entry: int
    written: str
    means: Plain

    @property
    def field(self) -> Path:
        """Where it belongs in the record."""
        if not self.row.group:
            return self.row.field
        *before, _, name = self.row.field
        return (*before, self.entry, name)


@dataclass(frozen=True)
class Unplaced:
    """Something that is written in the form and answers no question, or not in a way that can be read.

    Args:
        near: the number of the nearest question; empty for none.
        gone: whether a reader of the page does not take it for said, because it is struck out or hidden.
        picks: whether it asks which of a question's choices is meant.
    """

    place: str
    text: str
    near: str
    why: str
    gone: bool = False
    picks: bool = False


@dataclass(frozen=True)
class Understanding:
    """A filled-in form as it was understood.

    Args:
        notices: what can't be read as text, in words.
        missing: the numbers of questions that the form no longer has.
        taken_back: what was struck out with tracked changes.
    """

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    notices: tuple[str, ...]
    missing: tuple[str, ...]
    taken_back: tuple[Unplaced, ...] = ()


def understand(form: Contents, blank: Contents, rows: Mapping[str, Row], read_day: ReadDay) -> Understanding:
    """What a filled-in form says.

    Args:
        blank: all that is written in the blank form of the same request.
    """
    known = Blank.of(blank, rows)
    written = list(written_in(form, known))
    found = [one for one in written if one.why != TAKEN_BACK]
    entries = _entries(found, rows)
    placed: list[Placed] = []
    unplaced: list[Unplaced] = []
    for one in found:
        row = rows.get(one.key)
        if one.why:
            unplaced.append(_gone(one))
        elif row is None or not one.answers:
            unplaced.append(Unplaced(one.place, one.text, one.near, "it belongs to no question"))
        elif row.shape == "choice":
            _choose(row, one, known.given[one.key], placed, unplaced)
        else:
            _place(row, entries[one.key, one.time] if row.group else 0, one, read_day, placed, unplaced)
    placed, more = _whole_episodes(_joined(placed, unplaced))
    seen = known.seen(form)
    missing = tuple(key for key in rows if key not in seen)
    taken = tuple(_gone(one) for one in written if one.why == TAKEN_BACK)
    return Understanding(tuple(placed), (*unplaced, *more), form.notices, missing, taken)


def _gone(one: Written) -> Unplaced:
    return Unplaced(one.place, one.text, one.near, f"it is {one.why}", gone=True)


def _place(
    row: Row, entry: int, one: Written, read_day: ReadDay, placed: list[Placed], unplaced: list[Unplaced]
) -> None:
    means = meaning(row, one.text, read_day)
    if means is None:
        unplaced.append(Unplaced(one.place, one.text, row.key, wrong(row, one.text, read_day)))
    else:
        placed.append(Placed(row, entry, one.text, means))


def _choose(row: Row, one: Written, given: Passage, placed: list[Placed], unplaced: list[Unplaced]) -> None:
    found = chosen(row, one.passage, given)
    if found.code is not None:
        placed.append(Placed(row, 0, one.text, found.code))
    unplaced += [Unplaced(one.place, doubt.text, row.key, doubt.why, doubt.gone, doubt.picks) for doubt in found.doubts]


def _entries(found: list[Written], rows: Mapping[str, Row]) -> dict[tuple[str, int], int]:
    """Which episode or person each answer belongs to: in the order of the form, a copied part apart."""
    groups: dict[str, list[tuple[str, int]]] = {}
    named = [(one.key, one.time) for one in found if one.answers and one.key in rows and rows[one.key].group]
    for key, time in named:
        parts = groups.setdefault(rows[key].group, [])
        if (key[:-1], time) not in parts:
            parts.append((key[:-1], time))
    return {(key, time): groups[rows[key].group].index((key[:-1], time)) for key, time in named}


def _joined(placed: list[Placed], unplaced: list[Unplaced]) -> list[Placed]:
    """Answers of which the same question has several, as one; those that can't be joined are unplaced."""
    joined: dict[Path, Placed] = {}
    for one in placed:
        earlier = joined.get(one.field)
        if earlier is None or one.row.shape == "prose":
            joined[one.field] = one if earlier is None else added(earlier, one.written)
        elif squeezed(earlier.written) != squeezed(one.written):
            place = f"at {one.row.key}, a second time"
            unplaced.append(Unplaced(place, one.written, one.row.key, "this question is answered twice"))
    return list(joined.values())


def added(earlier: Placed, text: str) -> Placed:
    """A prose answer with more text below it."""
    whole = f"{earlier.means}\n{text}"
    return Placed(earlier.row, earlier.entry, whole, whole)


def _whole_episodes(placed: list[Placed]) -> tuple[list[Placed], list[Unplaced]]:
    """Episodes must say what happened, and people have a label; what lacks it can't stand on its own."""
    needs = {EPISODE_GROUP: DESCRIBED, PEOPLE_GROUP: "id"}
    whole = {(one.row.group, one.entry) for one in placed if one.row.field[-1] == needs.get(one.row.group)}
    kept = [one for one in placed if not one.row.group or (one.row.group, one.entry) in whole]
    kept = _renumbered(kept)
    lost = [one for one in placed if one.row.group and (one.row.group, one.entry) not in whole]
    return kept, [Unplaced(f"at {one.row.key}", one.written, one.row.key, _lack(one.row)) for one in lost]


def _lack(row: Row) -> str:
    return "this episode does not say what happened" if row.group == EPISODE_GROUP else "this person has no label"


def _renumbered(placed: list[Placed]) -> list[Placed]:
    """Episodes and people counted from 0 without a gap."""
    order: dict[str, list[int]] = {}
    for one in placed:
        numbers = order.setdefault(one.row.group, [])
        if one.row.group and one.entry not in numbers:
            numbers.append(one.entry)
    return [
        Placed(one.row, order[one.row.group].index(one.entry), one.written, one.means) if one.row.group else one
        for one in placed
    ]


def as_answers(placed: Iterator[Placed] | tuple[Placed, ...] | list[Placed]) -> dict[str, Plain]:
    """The answers as the record's YAML has them; what identifies people stands below `private`."""
    data: dict[str, Plain] = {}
    for one in placed:
        _put(data, one.field, one.means)
    return data


def _put(data: dict[str, Plain], path: Path, value: Plain) -> None:
    name, *rest = path
    if not rest:
        data[str(name)] = value
        return
    if isinstance(rest[0], int):
        entries = data.setdefault(str(name), [])
        number = rest[0]
        if isinstance(entries, list):
            entries += [{} for _ in range(number + 1 - len(entries))]
            entry = entries[number]
            if isinstance(entry, dict):
                _put(entry, tuple(rest[1:]), value)
        return
    inner = data.setdefault(str(name), {})
    if isinstance(inner, dict):
        _put(inner, tuple(rest), value)


def verdict(placed: Sequence[Placed]) -> Verdict:
    """What kind of return a form is.

    Returns:
        `both` where No is ticked although something is told; `unclear` where nothing is ticked and it may be either.
    """
    said = next((one.means for one in placed if one.row.field == ("answer",)), None)
    told = [one for one in placed if not one.row.key.startswith(_ABOUT_THE_RETURN)]
    if not placed:
        return "empty"
    if said == NIL:
        return "both" if told and not _says_nothing(told) else "nil"
    if not told or (said is None and _says_nothing(told)):
        return "unclear"
    return WRITTEN


def _says_nothing(told: Sequence[Placed]) -> bool:
    """Whether all that is told may be that there is nothing to tell: "We do not know this child"."""
    return len(told) == 1 and len(told[0].written) <= LONGEST_NIL and bool(_NOTHING.search(told[0].written))
