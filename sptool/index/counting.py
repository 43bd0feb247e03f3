"""The calendars that deadlines are counted by, as the index keeps them: only which days don't count."""

from __future__ import annotations

import sqlite3
from array import array
from datetime import date

from sptool.working_days import Calendar


def packed(calendar: Calendar) -> tuple[str, bytes]:
    """The last day of its published years, and its non-working days."""
    days = array("i", sorted(day.toordinal() for day in calendar.non_working))
    return calendar.published_until.isoformat(), days.tobytes()


def counted(connection: sqlite3.Connection) -> dict[tuple[str, str], Calendar]:
    """The calendars that the index holds, by the edition's digest and the deadline's id."""
    rows = connection.execute("SELECT sha256, rule, published_until, days FROM calendars").fetchall()
    made: dict[tuple[str, bytes], Calendar] = {}
    for _, _, until, days in rows:
        if (until, days) not in made:
            made[until, days] = _unpacked(until, days)
    return {(sha256, rule): made[until, days] for sha256, rule, until, days in rows}


def _unpacked(until: str, days: bytes) -> Calendar:
    ordinals = array("i", days)
    return Calendar({date.fromordinal(day): "holiday" for day in ordinals}, date.fromisoformat(until))
