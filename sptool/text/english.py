"""Numbers and days as an English sentence has them."""

from __future__ import annotations

from datetime import date


def number(count: int, one: str) -> str:
    """A number with what is counted: `1 working day`, `3 working days`."""
    return f"{count} {plural(count, one)}"


def plural(count: int, one: str) -> str:
    """What is counted, as it stands beside its number."""
    return one if count == 1 else f"{one}s"


def british(day: date) -> str:
    """A date as people read it on a screen: Thu 5 Mar 2026."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def in_full(day: date) -> str:
    """A date as people read it in a letter: Thursday 5 March 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"
