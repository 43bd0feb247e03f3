"""Which cases a generated folder has: what each is about, when it was opened, and how it stands on the last day.

Most cases lie in the past. How many are at work, and so how much is due, is the same in a folder of any size: a
team has two hands, and what is to be measured is the weight of the past.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.generating.parts import Variation
from benchmarks.generating.stories import STORIES, Story
from benchmarks.generating.templates import Templates

VARIATIONS = 8
WAITING = 20
"""Cases that wait for their notification decision on the last day."""
AT_WORK = 16
"""Cases in the middle of their story on the last day."""
RECENT = 60
"""Working days before the last, within which those were opened."""
SOON, LATE = 6, 4
"""Actions due in the coming week, and actions that are late."""
LINKING, NOT_LINKING = "siblings", "reviewed-in-time"
HORIZON = 400
"""Working days ahead, up to which the other open actions are due."""

_WAITS = ("reviewed-in-time", "below-the-threshold", "nothing-further", "held-back")
_ENDING_SHARES = {3: (62, 13, 25), 2: (80, 20)}


@dataclass(frozen=True)
class Span:
    """The working days of a generated folder, as places.

    Args:
        first: the first on which a case is opened.
        last: the last on which anything is recorded.
    """

    first: int
    last: int


@dataclass(frozen=True)
class Sketch:
    """What a case is about.

    Args:
        story: its story's name.
        variation: which variation of it.
        opened: the place of the working day on which it was opened.
    """

    story: str
    variation: Variation
    opened: int


def sketches(how_many: int, span: Span, templates: Templates, chance: random.Random) -> list[Sketch]:
    """The cases, in the order in which they were opened."""
    waiting, at_work = min(WAITING, how_many // 5), min(AT_WORK, how_many // 6)
    found = [*_waiting(waiting, span, chance), *_at_work(at_work, span, chance)]
    found += [_past(span, templates, chance) for _ in range(how_many - len(found))]
    first, *others = sorted(found, key=lambda sketch: sketch.opened)
    if first.story == LINKING:  # there is no earlier case yet
        first = replace(first, story=NOT_LINKING)
    return [first, *others]


def due_places(cases: Sequence[Sketch], span: Span, chance: random.Random) -> list[int]:
    """For each case the place of the day on which its open action is due."""
    resting = [number for number, case in enumerate(cases) if case.variation.ending == "open"]
    chance.shuffle(resting)
    due = [span.last + chance.randint(6, HORIZON) for _ in cases]
    for number in resting[:SOON]:
        due[number] = span.last + chance.randint(1, 5)
    for number in resting[SOON : SOON + LATE]:
        due[number] = span.last - chance.randint(1, 10)
    return due


def _waiting(how_many: int, span: Span, chance: random.Random) -> Iterator[Sketch]:
    for number in range(how_many):
        yield Sketch(_WAITS[number % len(_WAITS)], _variation(chance, "closed"), span.last - number % 3)


def _at_work(how_many: int, span: Span, chance: random.Random) -> Iterator[Sketch]:
    for _ in range(how_many):
        yield Sketch(_story(chance), _variation(chance, "closed"), span.last - chance.randint(3, RECENT))


def _past(span: Span, templates: Templates, chance: random.Random) -> Sketch:
    """A case whose story has come to its end before the last day."""
    name = _story(chance)
    endings = STORIES[name].endings
    ending = chance.choices(endings, _ENDING_SHARES[len(endings)])[0]
    variation = _variation(chance, ending)
    length = templates.of(name, variation)[-1].day
    return Sketch(name, variation, chance.randint(span.first, span.last - length - 1))


def _variation(chance: random.Random, ending: str) -> Variation:
    return Variation(chance.randrange(VARIATIONS), ending)


def _story(chance: random.Random) -> str:
    stories: list[Story] = list(STORIES.values())
    return chance.choices(list(STORIES), [story.weight for story in stories])[0]
