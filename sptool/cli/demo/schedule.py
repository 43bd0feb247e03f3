"""Puts the steps of all stories into the order in which they are recorded, each with its moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sptool.cli.demo.days import StoryDays, days_of
from sptool.cli.demo.scenario import ScenarioStep, Story
from sptool.desk.clock import LONDON
from sptool.working_days import Calendar

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
