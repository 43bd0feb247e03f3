"""Numbers as an English sentence has them."""

from __future__ import annotations


def number(count: int, one: str) -> str:
    """A number with what is counted: `1 working day`, `3 working days`."""
    return f"{count} {one}{'' if count == 1 else 's'}"
