"""What the history brought, commit by commit: who could record at each point, and each case's records."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sptool.audit.ancestry import Place
from sptool.audit.commits import Person
from sptool.audit.history import Change
from sptool.records.case import Case
from sptool.records.header import REGISTER, Record
from sptool.records.register import EditionAdopted, OfficerAdded


@dataclass(frozen=True, slots=True)
class Made:
    """What is kept of a commit for later: enough to hold its record against it.

    Args:
        founds: whether it made the folder.
    """

    id: str
    place: Place
    author: Person
    message: str
    founds: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """A record's file as a commit brought it.

    Args:
        blob: the id of its content.
    """

    path: str
    blob: str
    by: Made


@dataclass
class Ledger:
    """Everything that is kept of a history while it is read: small things only, never a record's content.

    Args:
        cases: the record files of each case, by reference, in the order of the history; the register's as well.
        editions: the files of framework editions: path and content's id, newest last.
        altered: recorded files that a commit changed, for saying which fields differ.
        without_record: commits that are no joining and brought no record.
    """

    cases: dict[str, list[Brought]] = field(default_factory=lambda: defaultdict(list))
    editions: dict[str, str] = field(default_factory=dict)
    altered: dict[tuple[str, str], Change] = field(default_factory=dict)
    without_record: list[Made] = field(default_factory=list)
    commits: int = 0
    records: int = 0

    def brought(self, change: Change, by: Made) -> None:
        """Notes a record's file."""
        parts = change.path.split("/")
        self.cases[parts[1] if len(parts) == 3 else REGISTER].append(Brought(change.path, change.now, by))
        self.records += 1

    @property
    def references(self) -> list[str]:
        """The references of all cases, in order."""
        return sorted(self.cases.keys() - {REGISTER})


@dataclass(frozen=True)
class CasesBefore(Collection[str]):
    """The cases that were there when a commit was made."""

    ledger: Ledger
    place: Place

    def __contains__(self, reference: object) -> bool:
        brought = self.ledger.cases.get(str(reference), [])
        return reference != REGISTER and any(self.place.follows(one.by.place) for one in brought)

    def __iter__(self) -> Iterator[str]:
        return (reference for reference in self.ledger.references if reference in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class Roster:
    """The register as it was at each point of the history.

    Args:
        entries: its records that could be read, each with the commit that brought it, in the order of the history.
    """

    entries: tuple[tuple[Record, Made], ...]

    def at(self, place: Place) -> Case:
        """The register as a commit found it, its own entry included."""
        if not place.besides:
            return self._prefix(bisect_right(self._numbers, place.all_up_to))
        kept = [record for record, made in self.entries if place.follows(made.place)]
        return Case.of(REGISTER, kept)

    def officers(self, place: Place) -> Mapping[str, OfficerAdded]:
        """The officers who could record, by id."""
        return {entry.officer: entry for entry in self.at(place).all(OfficerAdded)}

    def adopted(self, place: Place) -> tuple[EditionAdopted, ...]:
        """The framework editions adopted, oldest first."""
        return self.at(place).all(EditionAdopted)

    @cached_property
    def _numbers(self) -> list[int]:
        return [made.place.number for _, made in self.entries]

    @cached_property
    def _prefixes(self) -> dict[int, Case]:
        return {}

    def _prefix(self, count: int) -> Case:
        if count not in self._prefixes:
            self._prefixes[count] = Case.of(REGISTER, [record for record, _ in self.entries[:count]])
        return self._prefixes[count]
