"""`sptool overdue`: the morning check."""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import open_session

DAYS_AHEAD = 5


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("overdue")(overdue)


def overdue(
    context: typer.Context,
    within: Annotated[
        int | None, typer.Option(min=0, max=400, help=f"Look so many working days ahead ({DAYS_AHEAD} unless told).")
    ] = None,
    late_only: Annotated[bool, typer.Option("--late-only", help="Only what is late.")] = False,
    owner: Annotated[str, typer.Option(help="Only what this owner, or the cases of this lead officer, must do.")] = "",
    agency: Annotated[str, typer.Option(help="Only what this agency must do, by its id.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For other programs: every open deadline.")] = False,
) -> None:
    """The morning check: what can't wait, what is late, and what is due next.

    Exits with 1 if anything is late.
    """
    from sptool.cli.showing.pages.morning import say_morning, say_morning_json
    from sptool.cli.showing.practice import say_practice
    from sptool.desk.morning import Wanted, gather

    session = open_session(context)
    ahead = within if within is not None or as_json else DAYS_AHEAD
    found = gather(session, Wanted(ahead, late_only, owner, agency))
    say_practice(found.training, session.clock)
    (say_morning_json if as_json else say_morning)(found)
    if found.late:
        raise typer.Exit(1)
