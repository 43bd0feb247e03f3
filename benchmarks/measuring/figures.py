"""From runs to figures: medians, ratios and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

Verdict = Literal["aim reached", "within bounds", "missed", "not there"]


@dataclass(frozen=True)
class Target:
    """What a figure is held against.

    Args:
        what: what is measured, in words.
        against: the reference, in words.
        must: the ratio that must not be exceeded.
        aim: the ratio aimed at.
    """

    what: str
    against: str
    must: float
    aim: float


@dataclass(frozen=True)
class Row:
    """One figure.

    Args:
        target: what it is held against.
        ours: what the runs of sptool took, in `unit`; none if there is no such command yet.
        theirs: what the runs of the reference took.
        unit: ms or MB.
        note: why there is no figure.
    """

    target: Target
    ours: Sequence[float] = ()
    theirs: Sequence[float] = ()
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Median of ours by median of theirs."""
        if not self.ours or not self.theirs or not median(self.theirs):
            return None
        return median(self.ours) / median(self.theirs)

    @property
    def verdict(self) -> Verdict:
        """How the ratio stands against its bound and its aim."""
        if self.ratio is None:
            return "not there"
        if self.ratio <= self.target.aim:
            return "aim reached"
        return "within bounds" if self.ratio <= self.target.must else "missed"


@dataclass(frozen=True)
class Growth:
    """How long one program takes in folders of several sizes.

    Args:
        what: the program, in words.
        by_size: for each number of cases what the runs took, in milliseconds.
    """

    what: str
    by_size: Mapping[int, Sequence[float]]


def number(value: float) -> str:
    """A figure as people read it: three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def middle(values: Sequence[float]) -> str:
    """The median as people read it."""
    return number(median(values)) if values else "-"


def spread(values: Sequence[float]) -> str:
    """The least and the most, as people read them."""
    return f"{number(min(values))} to {number(max(values))}" if values else "-"
