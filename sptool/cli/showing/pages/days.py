"""Dates that were typed as an option or argument."""

from __future__ import annotations

from datetime import date

from sptool.errors import UsageError
from sptool.text.dates import read_date


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
