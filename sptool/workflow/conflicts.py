"""Records that were written without knowledge of each other and can't both stand; and how each conflict was settled.

No clock decides: it is a matter of what each writer could know, so every copy of the folder finds the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from sptool.framework.models import Framework
from sptool.records.anytime import Resolution
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.workflow.refusals import Rule

SAME_REPLACED = "Both take the place of the same record."
OPPOSITE = "They settle the same conflict in opposite ways."


@dataclass(frozen=True)
class Conflict:
    """Two records that can't both stand.

    Args:
        first: the one that comes first in the order of the case.
    """

    first: Record
    second: Record
    why: str


def conflicts(case: Case, framework: Framework, rules: Mapping[str, Rule]) -> tuple[Conflict, ...]:
    """Every conflict of a case that is not yet settled, in the order of its records.

    Two records conflict if neither writer knew of the other's, and the rules would have refused one of them had the
    other been known; or if both replace the same record. Where a chain of records stands against another record,
    only the first of the chain that is in its way is named: settling that one is what is needed.
    """
    if _is_linear(case):
        return ()
    settled = _settled(case)
    return tuple(
        conflict
        for conflict in _Concurrent(case, framework, rules).conflicts
        if frozenset((conflict.first.id, conflict.second.id)) not in settled
        and not case.set_aside & {conflict.first.id, conflict.second.id}
    )


def _is_linear(case: Case) -> bool:
    """Whether each writer knew every earlier record: the usual case, and then nothing can conflict."""
    return all(len(case.pasts[record.id]) == number for number, record in enumerate(case.records))


def _settled(case: Case) -> frozenset[frozenset[str]]:
    return frozenset(frozenset((one.stands, one.set_aside)) for one in case.all(Resolution))


@dataclass(frozen=True)
class _Concurrent:
    """A case whose records were partly written side by side, held against the rules."""

    case: Case
    framework: Framework
    rules: Mapping[str, Rule]

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        return tuple(self._each())

    def _each(self) -> Iterator[Conflict]:
        for first, second in combinations(self.case.records, 2):
            if first.id in self.case.pasts[second.id]:
                continue
            if why := _plainly(first, second) or self._refused(second, first) or self._refused(first, second):
                yield Conflict(first, second, why)

    def _refused(self, judged: Record, other: Record) -> str:
        """Why the rules refuse a record given another that its writer didn't know, and nothing before it."""
        if judged.id not in self._in_its_way.get(other.id, {}):
            return ""
        earlier = self.case.pasts[other.id] - self.case.pasts[judged.id]
        if any(judged.id in self._in_its_way.get(id_, {}) for id_ in earlier):
            return ""
        return self._in_its_way[other.id][judged.id]

    @cached_property
    def _in_its_way(self) -> Mapping[str, Mapping[str, str]]:
        """For each record, those that the rules refuse because of it, with the reason."""
        found: dict[str, dict[str, str]] = {}
        for judged in self.case.records:
            if judged.kind not in self.rules or self._refusal(judged, ()):
                continue
            for other in self.case.records:
                if self._are_concurrent(judged, other) and (why := self._refusal(judged, self._with_past(other))):
                    found.setdefault(other.id, {})[judged.id] = why
        return found

    def _are_concurrent(self, one: Record, other: Record) -> bool:
        pasts = self.case.pasts
        return one.id != other.id and one.id not in pasts[other.id] and other.id not in pasts[one.id]

    def _with_past(self, record: Record) -> tuple[Record, ...]:
        past = self.case.pasts[record.id]
        return (*(earlier for earlier in self.case.records if earlier.id in past), record)

    def _refusal(self, judged: Record, also: tuple[Record, ...]) -> str:
        """Why a record is refused given what its writer knew and some records besides, placed after those."""
        past = self.case.pasts[judged.id]
        known = tuple(record for record in self.case.records if record.id in past)
        added = tuple(record for record in also if record.id not in past)
        refusal = self.rules[judged.kind](Case(self.case.ref, known + added), self.framework)
        # What had already happened may be recorded where a step still to be taken may not.
        counts = refusal and (refusal.final or refusal.once or not judged.out_of_order)
        return refusal.reason if refusal and counts else ""


def _plainly(first: Record, second: Record) -> str:
    """Why two records that were written side by side conflict whatever the rules say."""
    if first.replaces and second.replaces and first.replaces.record == second.replaces.record:
        return SAME_REPLACED
    if isinstance(first, Resolution) and isinstance(second, Resolution):
        pair, other = (first.stands, first.set_aside), (second.stands, second.set_aside)
        return OPPOSITE if pair == other[::-1] else ""
    return ""


@dataclass(frozen=True)
class PastConflict:
    """Two records that could not both stand.

    Args:
        first: the one that comes first in the order of the case.
        why: why not, in one sentence; empty if the rules no longer say.
        settled_by: the record that says which stands; None while it is open.
    """

    first: Record
    second: Record
    why: str
    settled_by: Resolution | None

    def other(self, record: Record) -> Record:
        """The record that one of the two conflicts with."""
        return self.second if record.id == self.first.id else self.first


def every_conflict(case: Case, framework: Framework, rules: Mapping[str, Rule]) -> tuple[PastConflict, ...]:
    """Every conflict of a case, the settled ones first."""
    still_open = (PastConflict(one.first, one.second, one.why, None) for one in conflicts(case, framework, rules))
    return (*_ended(case, framework, rules), *still_open)


def _ended(case: Case, framework: Framework, rules: Mapping[str, Rule]) -> Iterator[PastConflict]:
    for resolution in case.all(Resolution):
        pair = {resolution.stands, resolution.set_aside}
        known = [record for record in case.records if record.id in pair]
        if len(known) == len(pair) == 2:
            found = conflicts(case.known_to(resolution.id), framework, rules)
            why = next((one.why for one in found if {one.first.id, one.second.id} == pair), "")
            yield PastConflict(known[0], known[1], why, resolution)
