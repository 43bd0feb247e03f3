"""England's working days: weekends, bank holidays, and what the edition adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from sptool.framework.entries import Closure
from sptool.framework.models import Framework
from sptool.working_days import EARLIEST, LATEST, Calendar


def england_calendar(
    framework: Framework, closures_for: str | None = None, bank_holidays: Mapping[date, str] | None = None
) -> Calendar:
    """The calendar that a deadline is counted by.

    Args:
        framework: the edition, with holidays announced since and the council's closures.
        closures_for: the id of a deadline: closures that stop it are left out too. A closure that does not
            name it never counts, since whether a shutdown stops a statutory clock is a legal question.
        bank_holidays: those of England, where they are known already.
    """
    rules = framework.calendar
    closed = {
        day: closure.name
        for closure in rules.closures
        if closures_for is not None and closures_for in closure.stops
        for day in _days(closure)
    }
    announced = {holiday.on: holiday.name for holiday in rules.extra_holidays}
    known = england_bank_holidays() if bank_holidays is None else bank_holidays
    return Calendar({**closed, **announced, **known}, rules.published_until)


def _days(closure: Closure) -> Iterator[date]:
    for passed in range((closure.to - closure.starts).days + 1):
        yield closure.starts + timedelta(days=passed)


@lru_cache(maxsize=1)
def england_bank_holidays() -> Mapping[date, str]:
    """Every bank holiday of England, as the `holidays` package has it."""
    import holidays  # slow to import, so only where a calendar is needed

    years = range(EARLIEST.year, LATEST.year + 1)
    found = holidays.country_holidays("GB", subdiv="ENG", years=years, language="en_GB")
    return {day: name.replace("(observed)", "(substitute day)") for day, name in found.items()}
