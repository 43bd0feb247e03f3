"""`sptool timeline`: what happened against when it was recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import CaseArgument, open_session


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("timeline")(timeline)


def timeline(
    context: typer.Context,
    ref: CaseArgument,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Show what happened, day by day, when it was recorded, and which deadlines were met or missed."""
    from sptool.cli.showing.pages.course import course_of, say_course, say_course_json
    from sptool.cli.showing.pages.standing import standing_of
    from sptool.cli.showing.practice import say_if_practice

    session = open_session(context)
    say_if_practice(session)
    standing = standing_of(session, ref)
    (say_course_json if as_json else say_course)(standing, course_of(standing))
