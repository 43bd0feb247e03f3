"""What auditors and inspectors need: the history of a case, what was known when, and the proof of both."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    del app
