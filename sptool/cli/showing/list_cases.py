"""`sptool list`: the cases, by stage, theme, agency, officer or year."""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import open_session


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("list")(list_cases)


def list_cases(
    context: typer.Context,
    stage: Annotated[str, typer.Option(help="Only cases at this stage; a part of its name is enough.")] = "",
    theme: Annotated[str, typer.Option(help="Only cases with this theme, by its id.")] = "",
    agency: Annotated[str, typer.Option(help="Only cases in which this agency plays a part, by its id.")] = "",
    officer: Annotated[str, typer.Option(help="Only cases that this officer leads, by their id.")] = "",
    year: Annotated[int | None, typer.Option(help="Only cases opened in this year.")] = None,
    closed: Annotated[bool, typer.Option("--closed", help="Only closed cases.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Open and closed cases.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """List the open cases, each with its stage, its next date and who leads it."""
    from sptool.cli.showing.pages.cases import Sought, say_cases, say_cases_json, sought_cases
    from sptool.cli.showing.practice import say_if_practice

    session = open_session(context)
    say_if_practice(session)
    which = "all" if every else "closed" if closed else "open"
    sought = Sought(which, stage, theme, agency, officer, year)
    found = sought_cases(session, sought)
    if as_json:
        say_cases_json(session, found)
    else:
        say_cases(found, sought, session.clock.today)
