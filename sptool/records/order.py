"""Causal order: who knew what when they wrote.  [format]"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
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

    A record that names one that is not there is placed as if it did not name it.
    """
    by_id = {record.id: record for record in records}
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
