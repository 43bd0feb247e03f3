"""Causal order: who knew what when they wrote.  [format]"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything with a place in the causal order."""

    @property
    def id(self) -> str: ...
    @property
    def after(self) -> tuple[str, ...]: ...
    @property
    def recorded_at(self) -> datetime: ...


AnyPlaced = TypeVar("AnyPlaced", bound=Placed)


def causal_order(records: Iterable[AnyPlaced]) -> tuple[AnyPlaced, ...]:
    """The records, each after all that its writer had; ties by the time recorded, then the id.

    A record that names one that is not there is placed as if it did not name it. Records that name each other in a
    circle have no place, and are left out: whoever takes up a whole case asks `placing.place` what is.
    """
    by_id = {record.id: record for record in records}
    ordered = _ordered(by_id)
    if len(ordered) < len(by_id):
        circles = on_circles({id_: record.after for id_, record in by_id.items()})
        ordered = _ordered({id_: record for id_, record in by_id.items() if id_ not in circles})
    return ordered


def _ordered(by_id: Mapping[str, AnyPlaced]) -> tuple[AnyPlaced, ...]:
    """The same, but without all that comes after a circle as well."""
    waiting = {id_: {earlier for earlier in record.after if earlier in by_id} for id_, record in by_id.items()}
    later: dict[str, list[str]] = defaultdict(list)
    for id_, earlier_ones in waiting.items():
        for earlier in earlier_ones:
            later[earlier].append(id_)
    ready = [(by_id[id_].recorded_at, id_) for id_, earlier_ones in waiting.items() if not earlier_ones]
    heapq.heapify(ready)
    ordered: list[AnyPlaced] = []
    while ready:
        _, id_ = heapq.heappop(ready)
        ordered.append(by_id[id_])
        for next_id in later[id_]:
            waiting[next_id].discard(id_)
            if not waiting[next_id]:
                heapq.heappush(ready, (by_id[next_id].recorded_at, next_id))
    return tuple(ordered)


def heads(records: Iterable[Placed]) -> tuple[str, ...]:
    """The newest records: those that no other names in `after`, sorted by id."""
    kept = list(records)
    named = {earlier for record in kept for earlier in record.after}
    return tuple(sorted(record.id for record in kept if record.id not in named))


def pasts(ordered: Iterable[Placed]) -> Mapping[str, frozenset[str]]:
    """For each record of a causal order, the ids of everything that its writer could know."""
    known: dict[str, frozenset[str]] = {}
    for record in ordered:
        earlier = [known[id_] | {id_} for id_ in record.after if id_ in known]
        known[record.id] = frozenset().union(*earlier)
    return known


def on_circles(names: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Those that name themselves, or name others that lead back to them; no commit's history can hold such a thing.

    Args:
        names: what each names, by id. One that is not there leads nowhere.
    """
    naming: dict[str, list[str]] = defaultdict(list)
    for id_, named in names.items():
        for other in named:
            naming[other].append(id_)
    left = set(names)
    found: set[str] = set()
    for start in reversed(_finished(names)):
        circle = _reached(start, naming, left)
        if len(circle) > 1 or start in circle & set(names[start]):
            found |= circle
    return frozenset(found)


def _finished(names: Mapping[str, Collection[str]]) -> list[str]:
    """Each id after all to which it leads, as far as that is possible."""
    finished: list[str] = []
    seen: set[str] = set()
    for start in names:
        waiting = [(start, False)]
        while waiting:
            id_, is_done = waiting.pop()
            if is_done:
                finished.append(id_)
            elif id_ not in seen:
                seen.add(id_)
                waiting += [(id_, True), *((other, False) for other in names[id_] if other in names)]
    return finished


def _reached(start: str, naming: Mapping[str, Sequence[str]], left: set[str]) -> set[str]:
    """All of those left that lead to one, itself included; they are taken out of what is left."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        id_ = waiting.pop()
        if id_ in left:
            left.remove(id_)
            reached.add(id_)
            waiting += naming.get(id_, ())
    return reached
