"""How the stories of generated cases are told: steps on working days, counted from the day on which a case opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.generating.patterns import prose

FAR = 900
"""A day of a story that stands for another, chosen for each case: the new date of an action that is still open."""


@dataclass(frozen=True)
class Day:
    """A working day of a story.

    Args:
        number: how many working days after the case was opened; negative before.
    """

    number: int


@dataclass(frozen=True)
class Earlier:
    """An earlier step of the story, by the name that it was given."""

    name: str


Answer = str | Day | Earlier | Sequence["Answer"] | Mapping[str, "Answer"]


@dataclass(frozen=True)
class Told:
    """One step of a story.

    Args:
        kind: the kind of record.
        day: on which working day it happened.
        answers: the record's own fields.
        name: by which later steps name it.
        lag: how many working days later it is recorded.
        replaces: the earlier step whose place it takes, how, and who asked for it.
    """

    kind: str
    day: int
    answers: Mapping[str, Answer]
    name: str = ""
    lag: int = 0
    replaces: Mapping[str, Answer] | None = None


PARTNERS = ("local-authority", "police", "icb")
GROUND_ONE = ("abuse-or-neglect", "died-or-seriously-harmed", "in-area-or-resident")
DIRECTOR = "Assistant Director, Children's Services"


def medium(name: str) -> str:
    """Prose of some sentences."""
    return prose("medium", name)


def short(name: str) -> str:
    """Prose of a sentence or two."""
    return prose("short", name)


def long(name: str) -> str:
    """Prose of several paragraphs."""
    return prose("long", name)


def agreed() -> Answer:
    """That every safeguarding partner agrees."""
    return [{"partner": partner, "position": "agrees"} for partner in PARTNERS]


def criteria(*met: str, child: str = "child-a") -> Answer:
    """How the notification criteria are answered for one child."""
    every = (*GROUND_ONE, "looked-after-death")
    answers = {code: "met" if code in met else "not-met" for code in every}
    return {"child": child, "answers": answers, "evidence": medium(f"evidence-{child}")}
