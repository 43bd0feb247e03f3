"""What a record is judged by besides its own case: the register, the editions and the calendars of its day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from importlib.metadata import version
from zoneinfo import ZoneInfo

from sptool.audit.ledger import Ledger, Made, Roster
from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework, Rule
from sptool.records.header import Record
from sptool.working_days import Calendar

_LONDON = ZoneInfo("Europe/London")


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
