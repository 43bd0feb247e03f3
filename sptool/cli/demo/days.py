"""From a story's working days to dates: relative to today, or to a Christmas or bank holiday that is past."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sptool.cli.demo.scenario import Anchor, Story
from sptool.working_days import Calendar

_ONE_DAY = timedelta(days=1)
_MONDAY = 0
_TURN_OF_THE_YEAR = (12, 1)


@dataclass(frozen=True)
class StoryDays:
    """The days of one story.

    Args:
        anchor: the day from which it counts.
    """

    anchor: date
    calendar: Calendar

    def working(self, number: int) -> date:
        """A working day by its number: 0 is the anchor, or the next working day after it.

        Args:
            number: how many working days after the anchor; negative before it.
        """
        if number >= 0:
            return self.calendar.add(self.anchor - _ONE_DAY, number + 1)
        day = self.anchor
        while number:
            day -= _ONE_DAY
            number += self.calendar.is_working(day)
        return day

    def calendar_day(self, number: int) -> date:
        """A day by the number of calendar days after the anchor."""
        return self.anchor + timedelta(days=number)


def days_of(story: Story, today: date, calendar: Calendar) -> StoryDays:
    """The days of a story: from the newest anchor by which the whole story lies before today."""
    last = max(step.day for step in story.steps)
    for anchor in _ANCHORS[story.anchor](today, calendar):
        days = StoryDays(anchor, calendar)
        if days.working(last) < today:
            return days
    raise ValueError(f"{story.id}: its last step lies after the day of the demonstration")


def _today(today: date, calendar: Calendar) -> Iterator[date]:
    del calendar
    yield today


def _christmases(today: date, calendar: Calendar) -> Iterator[date]:
    del calendar
    for year in range(today.year, today.year - 3, -1):
        yield date(year, 12, 25)


def _bank_holiday_mondays(today: date, calendar: Calendar) -> Iterator[date]:
    """Bank holidays that make a long weekend, newest first, without those around Christmas."""
    mondays = (day for day in sorted(calendar.non_working, reverse=True) if day.weekday() == _MONDAY)
    return (day for day in mondays if day < today and day.month not in _TURN_OF_THE_YEAR)


_ANCHORS: Mapping[Anchor, Callable[[date, Calendar], Iterator[date]]] = {
    "today": _today,
    "christmas": _christmases,
    "bank-holiday": _bank_holiday_mondays,
}
