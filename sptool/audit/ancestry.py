"""Which commits lead to which, for a history that forks and joins, without keeping a list for each commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sptool.audit.history import RawCommit

_NONE: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a commit stands in the history.

    Args:
        number: its number in an order in which parents come first, from 0.
        chain: which line of commits, each the first to follow the one before, it belongs to.
        all_up_to: every commit up to this number leads to it.
        besides: for chains that reach further: the last number on each that leads to it.
    """

    number: int
    chain: int
    all_up_to: int
    besides: Mapping[int, int] = field(default_factory=lambda: _NONE)

    def follows(self, other: Place) -> bool:
        """Whether the other commit leads to this one, or is this one."""
        return other.number <= self.all_up_to or other.number <= self.besides.get(other.chain, -1)


class Ancestry:
    """Gives each commit its place. Commits come parents first."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}
        self._tips: set[str] = set()
        self._ends: dict[int, int] = {}

    def place(self, commit: RawCommit) -> Place:
        """The place of the next commit."""
        number = len(self._places)
        self._tips.difference_update(commit.parents)
        self._tips.add(commit.id)
        parents = [self._places[parent] for parent in commit.parents if parent in self._places]
        chain = self._chain(parents)
        found = self._reaching(number, chain, parents)
        self._places[commit.id] = found
        self._ends[chain] = number
        return found

    def _chain(self, parents: list[Place]) -> int:
        if parents and self._ends[parents[0].chain] == parents[0].number:
            return parents[0].chain
        return len(self._ends)

    def _reaching(self, number: int, chain: int, parents: list[Place]) -> Place:
        if len(self._tips) == 1:  # every earlier commit leads to a tip, and this is the only one
            return Place(number, chain, number)
        all_up_to = max((parent.all_up_to for parent in parents), default=-1)
        besides: dict[int, int] = {}
        for parent in parents:
            for line, last in (*parent.besides.items(), (parent.chain, parent.number)):
                besides[line] = max(last, besides.get(line, -1))
        kept = {line: last for line, last in besides.items() if last > all_up_to}
        return Place(number, chain, all_up_to, {**kept, chain: number})
