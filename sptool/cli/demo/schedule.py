"""What happens in the practice folder, and when: one YAML file a case, from `templates/demo`, all put into one order.

A step says the working day on which it is recorded and what the officer types. Words in angle brackets are put in
when it is typed:

    <day-3>         the third working day before the anchor; <day+0> is the anchor itself, or the next working day
    <date-3>        three calendar days before the anchor
    <case>          the reference of this case; <case:FILE> that of the case in another file
    <record:NAME>   the id of the record that the step of that name made
    <file:NAME>     the place of a file for this step; its text may stand under `files`
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field

from sptool.desk.clock import LONDON
from sptool.records.fields import Frozen
from sptool.resources import shipped
from sptool.text.yaml import read_plain
from sptool.working_days import Calendar

Anchor = Literal["today", "christmas", "bank-holiday"]
_ONE_DAY = timedelta(days=1)
_MONDAY = 0
_TURN_OF_THE_YEAR = (12, 1)


class ScenarioStep(Frozen):
    """One step as an officer takes it.

    Args:
        day: the working day on which it is recorded, counted from the story's anchor.
        answers: the YAML that goes in through `--from`, if any.
        files: files that the officer has on the desk: name and text.
        name: what later steps of the story call the record, if they need to.
    """

    day: int
    type: str
    answers: str = ""
    files: dict[str, str] = Field(default_factory=dict)
    name: str = ""


class Story(Frozen):
    """What happens in one case.

    Args:
        id: the name of its file, by which other stories speak of it.
        anchor: from which day its working days count. Only a Christmas or a bank holiday whose story is over
            by today is taken.
    """

    id: str
    title: str
    anchor: Anchor = "today"
    steps: tuple[ScenarioStep, ...]


def read_stories() -> tuple[Story, ...]:
    """Every story, in the order of their files."""
    files = sorted(shipped("templates", "demo").glob("*.yaml"))
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Story:
    data = read_plain(file.read_bytes(), file.name)
    return Story.model_validate({"id": file.stem, **data} if isinstance(data, dict) else data)


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


BEFORE_WORK = time(8, 30)
START_OF_WORK = time(9, 5)
BETWEEN_STEPS = timedelta(minutes=17)


@dataclass(frozen=True)
class ScheduledStep:
    """A step and when it is recorded.

    Args:
        number: its number in the story, counted from 1.
        moment: the moment on that day, as `--today` reads it.
    """

    story: Story
    number: int
    step: ScenarioStep
    days: StoryDays
    day: date
    moment: str


def scheduled(stories: Iterable[Story], today: date, calendar: Calendar) -> tuple[ScheduledStep, ...]:
    """All steps of all stories, oldest first.

    Args:
        stories: the stories; on the same day they take their steps in this order.
        today: the date in London. Everything is recorded on days before it.
    """
    placed = [
        (days.working(step.day), order, number, story, step, days)
        for order, story in enumerate(stories)
        for days in (days_of(story, today, calendar),)
        for number, step in enumerate(story.steps, 1)
    ]
    placed.sort(key=lambda entry: entry[:3])
    return tuple(_with_moments(placed))


def _with_moments(
    placed: Iterable[tuple[date, int, int, Story, ScenarioStep, StoryDays]],
) -> Iterator[ScheduledStep]:
    so_far: Counter[date] = Counter()
    for day, _, number, story, step, days in placed:
        yield ScheduledStep(story, number, step, days, day, moment(day, START_OF_WORK, so_far[day]))
        so_far[day] += 1


def moment(day: date, clock_time: time, steps_before: int = 0) -> str:
    """A moment of a day in London, as `--today` reads it.

    Args:
        clock_time: the time in London.
        steps_before: how many steps were recorded since that time.
    """
    at = datetime.combine(day, clock_time, LONDON) + steps_before * BETWEEN_STEPS
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
