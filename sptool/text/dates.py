"""Dates as officers type and read them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sptool.errors import UsageError

_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDED = re.compile(r"(?:[a-z]+\s+)?(\d{1,2})\s+([a-z]+)\s+(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_date(text: str, today: date) -> str:
    """A date as typed, as YYYY-MM-DD; what is not a date comes back as it was, to be refused with the rest.

    Args:
        text: `2026-03-05`, `5/3/2026`, `5 March 2026`, `today` or `yesterday`.
        today: the date in London.
    """
    word = text.strip().casefold()
    near = {"today": today, "yesterday": today - timedelta(days=1)}
    if word in near:
        return near[word].isoformat()
    parts = _slashed(word) or _worded(word)
    try:
        return date(*parts).isoformat() if parts else text.strip()
    except ValueError:
        return text.strip()


def _slashed(word: str) -> tuple[int, int, int] | None:
    match = _SLASHED.fullmatch(word)
    return (int(match[3]), int(match[2]), int(match[1])) if match else None


def _worded(word: str) -> tuple[int, int, int] | None:
    match = _WORDED.fullmatch(word)
    if match is None or match[2][:3] not in _MONTHS:
        return None
    return int(match[3]), _MONTHS.index(match[2][:3]) + 1, int(match[1])


def day_typed(text: str, today: date, what: str) -> date:
    """The day that was typed.

    Args:
        text: as typed, such as `2026-03-05`, `5/3/2026`, `5 March 2026` or `today`.
        today: the date in London.
        what: the option's or argument's name, for the message.

    Raises:
        UsageError: it is no date.
    """
    try:
        return date.fromisoformat(read_date(text, today))
    except ValueError:
        raise UsageError(f"{what} is not a date.", "Write it as 2026-03-05, 5/3/2026 or 5 March 2026.") from None
