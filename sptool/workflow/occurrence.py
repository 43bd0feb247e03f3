"""What is known of an event that a deadline can name, and of its occurrence in a case. The events stand in `events`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sptool.framework.models import Framework
from sptool.records.case import Case


@dataclass(frozen=True)
class Occurrence:
    """An event as it occurred in a case.

    Args:
        key: which question, request, news or action it belongs to; empty for what a case has once.
        on: the day; None where the clock is known to run but not since when.
        record: the id of the record that says so.
        label: what people call it where a case can have several.
        own_date: the date that the record itself names for what follows.
        owner: who must act, where the record says so.
    """

    key: str
    on: date | None
    record: str
    label: str = ""
    own_date: date | None = None
    owner: str = ""
    agency: str = ""


Occurrences = tuple[Occurrence, ...]
Finder = Callable[[Case, Framework], Occurrences]
Each = Literal["", "question", "request", "news", "action"]
ONCE: Literal[""] = ""


@dataclass(frozen=True)
class Event:
    """Something that happens in a case and that a deadline can count from or be met by.

    Args:
        id: what an edition calls it.
        each: what it happens for, such as `question`; `ONCE` if a case has it once.
        occurrences: finds its occurrences in a case, under the edition that the case was opened under.
    """

    id: str
    what: str
    each: Each
    occurrences: Finder
