"""What a list shows of a case: its stage, what is open, and what can't wait. It loads nothing else.

The index keeps these as they stand here: its columns are their fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sptool.working_days import Calendar

BY_URGENCY = (
    "safety",
    "clock-unknown",
    "erasure-unfinished",
    "conflicting",
    "needs-another-look",
    "unreadable",
    "duty-not-followed",
    "to-refer",
    "panel-disagrees",
)
"""The kinds of what can't wait, the most urgent first."""

STAGES = (
    "decision needs another look",
    "nomination returned: refer",
    "notification decision",
    "notification",
    "scoping",
    "rapid review",
    "local review decision",
    "to the Panel",
    "Panel's reply",
    "local review (LCSPR)",
    "learning",
    "actions",
    "ready to close",
    "closed",
)
"""The stages of a case, in the order of the pathway."""

NOT_READABLE = "not readable"
"""Instead of a stage: no record of the case can be read."""


@dataclass(frozen=True)
class Dated:
    """The days of a deadline, and whether it is late by them.

    Args:
        aim_on: the day to aim at; None while the clock is unknown.
        due_on: the last day in time, later than `aim_on` where the rule allows it.
        can_be_late: whether missing it counts. A reminder is never late.
        provisional: whether bank holidays up to the day may still change.
    """

    aim_on: date | None
    due_on: date | None
    can_be_late: bool
    provisional: bool

    def is_late(self, today: date) -> bool:
        """Whether its last day is over. Due today is not late; a reminder never is."""
        return self.can_be_late and self.due_on is not None and today > self.due_on

    def working_days_late(self, today: date, calendar: Calendar) -> int | None:
        """How many working days after the last day: negative before it, 0 on it, positive after.

        Returns:
            None where there is no such number. A reminder's never goes above 0: it is never late.
        """
        if self.due_on is None:
            return None
        late = calendar.late(self.due_on, today)
        return late if self.can_be_late else min(late, 0)


@dataclass(frozen=True)
class OpenDeadline(Dated):
    """A deadline that somebody has to meet.

    Args:
        owner: who must act, in words.
        agency: the id of the agency that must act, where a record names one.
        lead: the id of the case's lead officer, or empty.
        edition: the digest of the case's framework edition.
    """

    case: str
    id: str
    title: str
    owner: str
    agency: str
    command: str
    force: str
    source: str
    lead: str
    edition: str


@dataclass(frozen=True)
class Loud:
    """Something that can't wait.

    Args:
        kind: what sort of thing it is, in a word or two for machines.
    """

    case: str
    kind: str
    what: str
    command: str


@dataclass(frozen=True)
class CaseSummary:
    """A case as a list shows it.

    Args:
        lead: the lead officer's id, or empty.
        opened_on: the day of its first record; None without one that can be read.
        edition: the framework edition that it was opened under; empty without a record that can be read.
        agencies: the ids of the agencies that play a part in it.
    """

    ref: str
    stage: str
    is_closed: bool
    lead: str
    opened_on: date | None
    edition: str
    themes: tuple[str, ...]
    agencies: tuple[str, ...]
