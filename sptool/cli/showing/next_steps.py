"""`sptool next`: what a case waits for, and what to type."""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import CaseArgument, open_session


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("next")(next_steps)


def next_steps(
    context: typer.Context,
    ref: CaseArgument,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Say what a case waits for, the most urgent first, and what to type."""
    from sptool.cli.showing.pages.ahead import say_ahead, say_ahead_json, steps_ahead
    from sptool.cli.showing.pages.standing import standing_of
    from sptool.cli.showing.practice import say_if_practice

    session = open_session(context)
    say_if_practice(session)
    standing = standing_of(session, ref)
    (say_ahead_json if as_json else say_ahead)(standing, steps_ahead(standing))
