"""Lists and dates as a letter has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sptool.workflow.explain import in_full


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: "A", "A and B", "A, B and C"."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def began_large(text: str) -> str:
    """The text with a capital at its beginning; the rest stays, so that abbreviations do."""
    return text[:1].upper() + text[1:]


def period(start: date | None, end: date | None) -> str | None:
    """A span of time: "from ... to ...", or with one end only; None if neither is known."""
    if start and end:
        return f"from {in_full(start)} to {in_full(end)}"
    if start:
        return f"since {in_full(start)}"
    return f"up to {in_full(end)}" if end else None
