"""The commands that only read and show: the morning check, lists, a case, its timeline, the policy."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Adds every command of this package."""
    from sptool.cli.showing import explain, framework, list_cases, next_steps, overdue, show, timeline, working_days

    for module in (overdue, list_cases, show, timeline, next_steps, explain, working_days, framework):
        module.register(app)
