"""Counting working days. Day 0 is the day of the event; holidays are passed in."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sptool.errors import UsageError

EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 12, 31)
LONGEST = 400
"""The most working days or months that a rule or a question may count."""

_ONE_DAY = timedelta(days=1)
_WEEKEND = {5: "Saturday", 6: "Sunday"}


@dataclass(frozen=True)
class CountedDay:
    """One day of a count.

    Args:
        number: 0 for the day of the event, then 1, 2, 3; None for a day that doesn't count.
        why: why it doesn't count: the day of the weekend, or the holiday's name; empty for a day that counts.
    """

    on: date
    number: int | None
    why: str


@dataclass(frozen=True)
class Calendar:
    """The days on which offices work.

    Args:
        non_working: bank holidays and closures, each with its name. Weekends need not be among them.
        published_until: the last day of the last year whose bank holidays are officially published.
    """

    non_working: Mapping[date, str]
    published_until: date

    def why_not_working(self, day: date) -> str:
        """Why that day doesn't count: Saturday, Sunday or the holiday's name; empty for a working day."""
        return _WEEKEND.get(day.weekday()) or self.non_working.get(day, "")

    def is_working(self, day: date) -> bool:
        """Whether that day counts."""
        return not self.why_not_working(day)

    def provisional(self, day: date) -> bool:
        """Whether bank holidays up to that day may still change, because they aren't published yet."""
        return day > self.published_until

    def count(self, day: date, n: int) -> tuple[CountedDay, ...]:
        """Every day from an event to its n-th working day, counted or skipped and why.

        Args:
            day: the day of the event: day 0, even at a weekend.
            n: how many working days, 0 to 400.

        Raises:
            UsageError: for a number or a year that can't be counted.
        """
        _refuse_number(n, "working days")
        _refuse_year(day)
        return tuple(self._counting(day, n))

    def add(self, day: date, n: int) -> date:
        """The n-th working day after an event. After a weekend or holiday the next working day is day 1.

        Args:
            day: the day of the event: day 0.
            n: how many working days, 0 to 400. With 0 it is the day of the event itself.

        Raises:
            UsageError: for a number or a year that can't be counted.
        """
        _refuse_number(n, "working days")
        _refuse_year(day)
        while n:
            _refuse_last(day)
            day += _ONE_DAY
            n -= day.weekday() not in _WEEKEND and day not in self.non_working
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after one day, up to and including another.

        For lateness: start at the due date. It is 0 on the day itself, and negative before it, the other way
        round. It is 0 too on a weekend right after the due date: whether something is late is a matter of the
        dates, this says by how many working days.

        Args:
            start: the day counted from, itself not counted.
            end: the last day counted.

        Raises:
            UsageError: for a year that can't be counted.
        """
        if end < start:
            return -self.between(end, start)
        _refuse_year(start)
        _refuse_year(end)
        first, last = start.toordinal(), end.toordinal()
        holidays = bisect_right(self._holidays, last) - bisect_right(self._holidays, first)
        return _weekdays_until(last) - _weekdays_until(first) - holidays

    @cached_property
    def _holidays(self) -> list[int]:
        """The non-working days that are no weekend, as ordinal numbers."""
        return sorted(day.toordinal() for day in self.non_working if day.weekday() not in _WEEKEND)

    def late(self, due_on: date, seen_on: date) -> int:
        """How many working days after a last day it is: negative before it, 0 on it, positive after.

        Args:
            due_on: the last day in time.
            seen_on: the day from which it is seen.
        """
        counted = self.between(due_on, seen_on)
        # A weekend away from the due day there may be no working day between; before and after still differ.
        return max(counted, 1) if seen_on > due_on else min(counted, -1) if seen_on < due_on else 0

    def _counting(self, day: date, n: int) -> Iterator[CountedDay]:
        yield CountedDay(day, 0, self.why_not_working(day))
        number = 0
        while number < n:
            _refuse_last(day)
            day += _ONE_DAY
            why = self.why_not_working(day)
            number += not why
            yield CountedDay(day, None if why else number, why)


def add_months(day: date, n: int) -> date:
    """The same day of the month, n months later; the month's last day if it is shorter.

    Args:
        day: the day of the event.
        n: how many months, 0 to 400.

    Raises:
        UsageError: for a number or a year that can't be counted.
    """
    _refuse_number(n, "months")
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    _refuse_year(day)
    if year > LATEST.year:
        raise _out_of_range()
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _weekdays_until(ordinal: int) -> int:
    """How many days from Monday to Friday there are up to a day, which is given by its ordinal number."""
    weeks, days = divmod(ordinal, 7)
    return weeks * 5 + min(days, 5)


def _refuse_number(n: int, what: str) -> None:
    if not 0 <= n <= LONGEST:
        raise UsageError(f"This is not a number of {what} that can be counted.", f"Give a number from 0 to {LONGEST}.")


def _refuse_year(day: date) -> None:
    if not EARLIEST <= day <= LATEST:
        raise _out_of_range()


def _refuse_last(day: date) -> None:
    if day >= LATEST:
        raise _out_of_range()


def _out_of_range() -> UsageError:
    return UsageError(
        "The count leaves the years whose bank holidays are known.",
        f"Give a date from {EARLIEST.year} on whose count ends by {LATEST.year}.",
    )
