"""Which records of a case have a place in it. Of the others it is said why not: none is left out without a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from sptool.records.header import REGISTER, Record
from sptool.records.order import causal_order, on_circles
from sptool.records.references import case_folder, file_name

How = Literal["read", "placed", "filed"]
"""What can't be done with it: read it; place it among the others; keep a record in such a file at all."""

NO_NAME = "no record is kept under such a name"
NO_FOLDER = "no record is kept in a folder of its own"
OTHER_YEAR = "a case has its folder in one year only"
NO_CASE = "no case has a folder of such a name"
NO_FILE = "a repository of its own is no file"


@dataclass(frozen=True)
class UnreadRecord:
    """Something that this program does not take up. It is kept, and said wherever the case is judged.

    A record of an unknown kind or version, or a damaged one, can't be read. One that is of another case, or whose past
    leads back to itself, can be read, but has no place in the case. Other files hold no record.

    Args:
        id: the record's id, as far as known; empty for a file that is no record's.
        why: why it is not taken up, without its values.
        after: the records that its writer had, as far as they can count.
    """

    id: str
    path: str
    why: str
    after: tuple[str, ...] = ()
    how: How = "read"

    @property
    def is_record(self) -> bool:
        """Whether it is, or may be, a record; else it is a file that somebody put among them."""
        return self.how != "filed"


TWICE = "another record of this case has the same id"
ROUND = "by its own word it comes after itself"
OF_ANOTHER = "it says that it belongs to another case"
ASTRAY = "what it corrects or withdraws is not here, or can't be placed either"

File: TypeAlias = "tuple[str, Record]"
"""A record, after the path at which it stands."""


@dataclass(frozen=True)
class Head:
    """What counts of a record that is not taken up: others may name it, and it may name others."""

    id: str
    after: tuple[str, ...]
    recorded_at: datetime = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Placing:
    """The records of a case, sorted out.

    Args:
        records: those that have a place, in causal order.
        unread: all else, by path.
    """

    records: tuple[Record, ...]
    unread: tuple[UnreadRecord, ...]


def place_of(record: Record) -> str:
    """Where a record's file belongs."""
    folder = REGISTER if record.case == REGISTER else case_folder(record.case)
    return f"{folder}/{file_name(record.recorded_at, record.kind, record.id)}"


def place(files: Iterable[File], unread: Iterable[UnreadRecord]) -> Placing:
    """Sorts out what stands in a case's folder. What can be placed is placed, whatever else stands there.

    Args:
        files: the records that can be read.
    """
    own, twice = _first_of_each(files)
    apart = _counting([*unread, *twice], own)
    records = {id_: record for id_, (_, record) in own.items()}
    ordered = _ordered(records, apart)
    circles = _circles(records, apart, ordered)
    if circles:
        apart = [replace(item, after=_without(item.after, circles)) if item.id in circles else item for item in apart]
        apart += [_misplaced(*own[id_], ROUND, circles) for id_ in circles & records.keys()]
        ordered = _ordered({id_: record for id_, record in records.items() if id_ not in circles}, apart)
    placed = [one for one in ordered if isinstance(one, Record)]
    astray = _astray(placed)
    apart += [_misplaced(*own[id_], ASTRAY) for id_ in astray]
    kept = tuple(record for record in placed if record.id not in astray)
    return Placing(kept, tuple(sorted(apart, key=lambda item: item.path)))


def _ordered(records: Mapping[str, Record], apart: Iterable[UnreadRecord]) -> tuple[Record | Head, ...]:
    both: list[Record | Head] = [*records.values(), *heads_of(apart, records)]
    return causal_order(both)


def heads_of(unread: Iterable[UnreadRecord], records: Collection[str]) -> list[Head]:
    """What counts of the records that are not taken up, next to those that are.

    Args:
        unread: what is not taken up.
        records: the ids of those that are.
    """
    found: dict[str, Head] = {}
    for item in unread:
        if item.id and item.id not in records:
            found.setdefault(item.id, Head(item.id, item.after))
    return list(found.values())


def _first_of_each(files: Iterable[File]) -> tuple[dict[str, File], list[UnreadRecord]]:
    """Of records with one id the one at its own place, or the oldest; and the others."""
    kept = list(files)
    first = {record.id: (path, record) for path, record in kept}
    if len(first) == len(kept):
        return first, []
    first, twice = {}, []
    for path, record in sorted(kept, key=lambda one: (one[0] != place_of(one[1]), one[1].recorded_at, one[0])):
        if record.id in first:
            twice.append(_misplaced(path, record, TWICE, record.after))
        else:
            first[record.id] = (path, record)
    return first, twice


def _misplaced(path: str, record: Record, why: str, uncounted: Collection[str] = ()) -> UnreadRecord:
    return UnreadRecord(record.id, path, why, _without(record.after, uncounted), "placed")


def _without(after: Iterable[str], uncounted: Collection[str]) -> tuple[str, ...]:
    return tuple(earlier for earlier in after if earlier not in uncounted)


def _counting(apart: Iterable[UnreadRecord], own: Collection[str]) -> list[UnreadRecord]:
    """The same, but what has no id of its own counts for nothing: it must not pass for a record that has."""
    known = set(own)
    found: list[UnreadRecord] = []
    for item in sorted(apart, key=lambda item: item.path):
        found.append(replace(item, after=()) if not item.id or item.id in known else item)
        known.add(item.id)
    return found


def _circles(
    records: Mapping[str, Record], apart: Iterable[UnreadRecord], ordered: Sequence[Record | Head]
) -> frozenset[str]:
    """The ids of what leads back to itself by way of its past, or of what it takes the place of."""
    heads = heads_of(apart, records)
    number = {one.id: at for at, one in enumerate(ordered)}
    is_whole = len(number) == len(records) + len(heads)
    if is_whole and all(number.get(_replaced(one), -1) < number[one.id] for one in records.values()):
        return frozenset()
    named = {id_: (*record.after, _replaced(record)) for id_, record in records.items()}
    return on_circles(named | {head.id: head.after for head in heads})


def _replaced(record: Record) -> str:
    return record.replaces.record if record.replaces else ""


def _astray(records: Sequence[Record]) -> frozenset[str]:
    """The ids of corrections and withdrawals of what is not there, and of those that build on them."""
    building: dict[str, list[str]] = defaultdict(list)
    for record in records:
        # What was decided afresh stands at a place of its own.
        if record.replaces and record.replaces.kind != "reconsideration":
            building[record.replaces.record].append(record.id)
    if not building:
        return frozenset()
    waiting = list(building.keys() - {record.id for record in records})
    found: set[str] = set()
    while waiting:
        for id_ in building.get(waiting.pop(), ()):
            if id_ not in found:
                found.add(id_)
                waiting.append(id_)
    return frozenset(found)
