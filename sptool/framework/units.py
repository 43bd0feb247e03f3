"""What the time of a deadline is counted in. All that depends on the unit stands in its class, and nowhere else.

A new unit is a name, a class that answers every question of `Unit`, and the line of `_unit` that joins the two.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, assert_never, get_args

from sptool.text.english import number
from sptool.text.plain import Path, Plain
from sptool.working_days import Calendar, CountedDay, add_months

UnitName = Literal["working_days", "months", "own_date"]
"""A unit as an edition names it."""


class Unit(ABC):
    """A unit of time. Day 0 is the day of the event that a deadline counts from."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What people call it, such as "working days"."""

    @property
    @abstractmethod
    def is_counted(self) -> bool:
        """Whether an edition says how many; if not, each record names its own date."""

    @abstractmethod
    def misfit(self, days: Plain, late_after: Plain) -> tuple[Path, str] | None:
        """What is wrong with the numbers that an edition gives, and in which field; None if nothing is."""

    @abstractmethod
    def day(self, day_0: date, n: int, calendar: Calendar) -> date | None:
        """The day with a number; None where only a record can name the day."""

    @abstractmethod
    def listed(self, day_0: date, n: int, calendar: Calendar) -> tuple[CountedDay, ...]:
        """Every day from day 0 to the n-th, counted or skipped and why; none where holidays make no difference."""

    @abstractmethod
    def after_day_0(self, day_0: date, calendar: Calendar) -> str:
        """Where counting begins if day 0 is no day that counts, in a sentence; else empty."""

    @abstractmethod
    def is_provisional(self, day_0: date, due_on: date, calendar: Calendar) -> bool:
        """Whether bank holidays that are not published yet may still move the last day."""

    @abstractmethod
    def in_brief(self, days: int | None, late_after: int | None) -> str:
        """How much time there is, such as "12 working days, late after 13"."""

    @abstractmethod
    def in_a_sentence(self, days: int | None, late_after: int | None) -> str:
        """The same as a sentence, without the full stop."""

    @abstractmethod
    def from_event(self, n: int | None, event: str) -> str:
        """By when, seen from an event: "within 5 working days of becoming aware"."""


class Counted(Unit):
    """A unit of which an edition says how many."""

    is_counted = True

    @property
    @abstractmethod
    def one(self) -> str:
        """What one of them is called, such as "working day"."""

    @abstractmethod
    def comes_before(self, one: int, other: int) -> bool:
        """Whether the day with one number lies before the day with the other."""

    @property
    def title(self) -> str:
        return f"{self.one}s"

    def misfit(self, days: Plain, late_after: Plain) -> tuple[Path, str] | None:
        if days is None:
            return (), f"days is missing: say how many {_COUNTED}"
        if isinstance(days, int) and isinstance(late_after, int) and self.comes_before(late_after, days):
            what = "this is fewer than days; the last day in time can't come before the day to aim at"
            return ("late_after",), what
        return None

    def in_brief(self, days: int | None, late_after: int | None) -> str:
        late = "" if late_after is None else f", late after {late_after}"
        return f"{number(days or 0, self.one)}{late}"

    def in_a_sentence(self, days: int | None, late_after: int | None) -> str:
        if late_after not in (None, days):
            return f"{self.one.capitalize()} {days} is the day to aim at; it is late after {self.one} {late_after}"
        return f"There {'is' if days == 1 else 'are'} {number(days or 0, self.one)}"

    def from_event(self, n: int | None, event: str) -> str:
        return f"within {number(n or 0, self.one)} of {event}"


class WorkingDays(Counted):
    """Monday to Friday without England's bank holidays."""

    one = "working day"

    def comes_before(self, one: int, other: int) -> bool:
        return one < other

    def day(self, day_0: date, n: int, calendar: Calendar) -> date:
        return calendar.add(day_0, n)

    def listed(self, day_0: date, n: int, calendar: Calendar) -> tuple[CountedDay, ...]:
        return calendar.count(day_0, n)

    def after_day_0(self, day_0: date, calendar: Calendar) -> str:
        why = calendar.why_not_working(day_0)
        return f"That is not a working day ({why}): the next working day is day 1." if why else ""

    def is_provisional(self, day_0: date, due_on: date, calendar: Calendar) -> bool:
        del day_0
        return calendar.provisional(due_on)


class WithoutHolidays(Unit):
    """A unit to which holidays make no difference."""

    def listed(self, day_0: date, n: int, calendar: Calendar) -> tuple[CountedDay, ...]:
        del day_0, n, calendar
        return ()

    def after_day_0(self, day_0: date, calendar: Calendar) -> str:
        del day_0, calendar
        return ""

    def is_provisional(self, day_0: date, due_on: date, calendar: Calendar) -> bool:
        del day_0, due_on, calendar
        return False


class Months(WithoutHolidays, Counted):
    """The same day of a later month; the month's last day if it is shorter."""

    one = "month"

    def comes_before(self, one: int, other: int) -> bool:
        return one < other

    def day(self, day_0: date, n: int, calendar: Calendar) -> date:
        del calendar
        return add_months(day_0, n)


class OwnDate(WithoutHolidays):
    """No time that is counted: the record itself names the date."""

    title = "own date"
    is_counted = False

    def misfit(self, days: Plain, late_after: Plain) -> tuple[Path, str] | None:
        del late_after
        return None if days is None else (("days",), "leave this out where each record names its own date")

    def day(self, day_0: date, n: int, calendar: Calendar) -> None:
        del day_0, n, calendar

    def in_brief(self, days: int | None, late_after: int | None) -> str:
        del days, late_after
        return "The date that the record names"

    def in_a_sentence(self, days: int | None, late_after: int | None) -> str:
        del days, late_after
        return "The record names the date"

    def from_event(self, n: int | None, event: str) -> str:
        del n, event
        return "by the date that is named for it"


def _unit(name: UnitName) -> Unit:
    match name:
        case "working_days":
            return WorkingDays()
        case "months":
            return Months()
        case "own_date":
            return OwnDate()
        case _:
            assert_never(name)


UNITS: Mapping[str, Unit] = MappingProxyType({name: _unit(name) for name in get_args(UnitName)})
"""Every unit, by the name that an edition gives it."""

_COUNTED = " or ".join(unit.title for unit in UNITS.values() if unit.is_counted)
