"""A case: the fold of its records, and what its erasures took. No file holds any of it: it is worked out each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from sptool.records.anytime import Resolution, Withdrawal
from sptool.records.closing import Erasure, LegalHold
from sptool.records.header import Record
from sptool.records.order import causal_order, heads, pasts
from sptool.records.placing import OF_ANOTHER, File, Head, UnreadRecord, heads_of, place, place_of
from sptool.records.referral import Child, Facts, Referral

__all__ = ["Case", "UnreadRecord"]

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True)
class Case:
    """Everything recorded about one case, and what follows from it alone.

    Args:
        records: all its records, in causal order.
        unread: what stands among them and is not taken up: it can't be read, or has no place in the case.
    """

    ref: str
    records: tuple[Record, ...] = ()
    unread: tuple[UnreadRecord, ...] = ()

    @classmethod
    def of(cls, ref: str, records: Iterable[Record], unread: Iterable[UnreadRecord] = ()) -> Case:
        """The case made of these records, in whatever order they come."""
        placing = place(((place_of(record), record) for record in records), unread)
        return cls(ref, placing.records, placing.unread)

    @classmethod
    def of_files(cls, ref: str, files: Iterable[File], unread: Iterable[UnreadRecord] = ()) -> Case:
        """The case made of what stands in its folder: its own records, each with its path, and all else."""
        kept = list(files)
        others = [_of_another(path, record) for path, record in kept if record.case != ref]
        placing = place((file for file in kept if file[1].case == ref), [*unread, *others])
        return cls(ref, placing.records, placing.unread)

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        return {record.id: record for record in self.records}

    @cached_property
    def pasts(self) -> Mapping[str, frozenset[str]]:
        """For each record, all that its writer could know, through what could not be read as well."""
        return pasts(causal_order([*self.records, *self._unread_heads]))

    @property
    def _unread_heads(self) -> list[Head]:
        return heads_of(self.unread, self.by_id)

    @property
    def heads(self) -> tuple[str, ...]:
        """What the next record names in `after`."""
        return heads((*self.records, *self._unread_heads))

    @cached_property
    def replacements(self) -> Mapping[str, Record]:
        """For each replaced record, the one that took its place."""
        return {
            record.replaces.record: record
            for record in self.records
            if record.replaces and record.id not in self.set_aside | self.withdrawn
        }

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """What was withdrawn. A withdrawal can be withdrawn in its turn: then what it took out stands again."""
        found: set[str] = set()
        for record in reversed(self.records):
            if isinstance(record, Withdrawal) and record.replaces and record.id not in found:
                found.add(record.replaces.record)
        return frozenset(found)

    @cached_property
    def set_aside(self) -> frozenset[str]:
        """Records that lost when a conflict was settled, by a resolution that holds itself."""
        replaced = {record.replaces.record for record in self.records if record.replaces}
        settled = [one for one in self.records if isinstance(one, Resolution) and one.id not in replaced]
        lost = {one.set_aside for one in settled}
        return frozenset(one.set_aside for one in settled if one.id not in lost)

    @cached_property
    def standing(self) -> tuple[Record, ...]:
        """What holds now: a correction at its original's place, a reconsideration at its own."""
        placed: list[Record] = []
        for record in self.records:
            if record.replaces and record.replaces.kind != "reconsideration":
                continue
            stands = self._corrected(record)
            if stands is not None and stands.id not in self.set_aside:
                placed.append(stands)
        return tuple(placed)

    def _corrected(self, record: Record) -> Record | None:
        """The last correction of a record; None if it was reconsidered or withdrawn."""
        while (following := self.replacements.get(record.id)) is not None:
            if following.replaces and following.replaces.kind != "correction":
                return None
            record = following
        return record

    def all(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The standing records of a kind, oldest first."""
        return tuple(record for record in self.standing if isinstance(record, kind))

    def latest(self, kind: type[Kind]) -> Kind | None:
        """The newest standing record of a kind, or None."""
        found = self.all(kind)
        return found[-1] if found else None

    def known_to(self, record_id: str) -> Case:
        """The case exactly as the writer of a record had it."""
        past = self.pasts[record_id]
        return self._only(lambda record: record.id in past)

    def recorded_before(self, moment: datetime) -> Case:
        """The case as it had been recorded before a moment (UTC)."""
        return self._only(lambda record: record.recorded_at < moment)

    def _only(self, keep: Callable[[Record], bool]) -> Case:
        return Case(self.ref, tuple(record for record in self.records if keep(record)))

    def with_record(self, record: Record) -> Case:
        """The case with one record more."""
        return Case.of(self.ref, (*self.records, record), self.unread)

    @cached_property
    def facts(self) -> Facts:
        """What is known now: for each fact the newest answer; children are merged by label."""
        known: dict[str, object] = {}
        children: dict[str, Child] = {}
        for record in self.standing:
            if isinstance(record, Facts):
                known.update(_answered(record))
                for child in record.children:
                    children[child.id] = _merged(children.get(child.id), child)
        known["children"] = tuple(children.values())
        return Facts().model_copy(update=known)

    @property
    def children(self) -> tuple[Child, ...]:
        """The children of the case. A referral that describes none is about a Child A all the same."""
        described = self.facts.children
        first = self.latest(Referral)
        if (first and first.children) or any(child.id == "child-a" for child in described):
            return described
        return (Child(id="child-a"), *described)


def _of_another(path: str, record: Record) -> UnreadRecord:
    return UnreadRecord(record.id, path, OF_ANOTHER, record.after, "placed")


def _answered(record: Facts) -> dict[str, object]:
    answers = {name: getattr(record, name) for name in Facts.model_fields if name != "children"}
    return {name: answer for name, answer in answers.items() if answer not in (None, ())}


def _merged(known: Child | None, newer: Child) -> Child:
    if known is None:
        return newer
    answered = {name: value for name, value in newer if value is not None}
    return known.model_copy(update=answered)


def erased(case: Case) -> Mapping[str, Erasure]:
    """The ids of the records whose particulars are erased, each with the erasure that says so: the first of several.

    An erasure takes everything that its writer had. It is never corrected or withdrawn, since what is gone is gone:
    whatever else claims to take its place changes nothing.
    """
    found: dict[str, Erasure] = {}
    for record in case.records:
        if isinstance(record, Erasure) and not record.replaces:
            for taken in (*case.pasts.get(record.id, ()), record.id):
                found.setdefault(taken, record)
    return found


def is_on_hold(case: Case) -> bool:
    """Whether a legal hold is in place."""
    hold = case.latest(LegalHold)
    return hold is not None and hold.hold == "placed"
