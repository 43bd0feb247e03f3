"""What the history brought, commit by commit: each case's records, and what a record is judged by besides its case."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from importlib.metadata import version
from zoneinfo import ZoneInfo

from sptool.audit.ancestry import Place
from sptool.audit.findings import Difference, Finding, Weight
from sptool.audit.history import Change, Person
from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework, Rule
from sptool.records.case import Case
from sptool.records.header import REGISTER, Record
from sptool.records.register import EditionAdopted, OfficerAdded
from sptool.working_days import Calendar

_LONDON = ZoneInfo("Europe/London")


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

    def failed(self, check: str, what: str, *about: str | Difference) -> Finding:
        """A finding that stands against a claim, with the fields that it is about or what differs in them."""
        return self._finding(check, "failed", what, about)

    def noted(self, check: str, what: str, *about: str | Difference) -> Finding:
        """The same of what is true and worth a look."""
        return self._finding(check, "noted", what, about)

    def _finding(self, check: str, verdict: Weight, what: str, about: tuple[str | Difference, ...]) -> Finding:
        fields = tuple(one if isinstance(one, str) else one.field for one in about)
        differences = tuple(one for one in about if isinstance(one, Difference))
        return Finding(check, verdict, what, self.by.id, self.path, fields, differences)


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


def london_day(moment: datetime) -> date:
    """The day in London on which a moment lies."""
    return moment.astimezone(_LONDON).date()


@dataclass(frozen=True)
class World:
    """What stands around a case.

    Args:
        editions: the framework editions whose files are unaltered, by name.
        long_after: after how many working days an entry counts as written down long after it happened.
    """

    ledger: Ledger
    roster: Roster
    editions: Mapping[str, Framework]
    today: date
    long_after: int
    prefix: str

    def edition_of(self, record: Record) -> Framework | None:
        """The edition that a record names; None if it is not here, or not as it was when it was adopted."""
        found = self.editions.get(record.framework.edition)
        return found if found and found.sha256 == record.framework.sha256 else None

    def edition_for_new_cases(self, made: Made, on: date) -> Framework | None:
        """The edition under which a case was to be opened when a commit was made."""
        named = [self.editions.get(entry.edition) for entry in self.roster.adopted(made.place)]
        adopted = [edition for edition in named if edition is not None]
        in_force = [edition for edition in adopted if edition.in_force_from <= on]
        return in_force[-1] if in_force else adopted[0] if adopted else None

    def calendar_for(self, edition: Framework) -> Callable[[Rule], Calendar]:
        """The calendar that a rule of an edition is counted by."""
        return lambda rule: self.calendar(edition, rule.id)

    def calendar(self, edition: Framework, rule: str | None = None) -> Calendar:
        """The working days of an edition, with the closures that stop one of its rules."""
        if (edition.edition, rule) not in self._calendars:
            self._calendars[edition.edition, rule] = england_calendar(edition, rule)
        return self._calendars[edition.edition, rule]

    @cached_property
    def _calendars(self) -> dict[tuple[str, str | None], Calendar]:
        return {}


def calendar_version() -> str:
    """Which list of bank holidays the days were counted by."""
    return f"bank holidays of England, holidays {version('holidays')}"
