"""`sptool working-days`: when is so many working days from a day?"""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import open_session


def register(app: typer.Typer) -> None:
    """Adds the command. A number with a minus is told apart from an option, to be refused in plain words."""
    app.command("working-days", context_settings={"ignore_unknown_options": True})(working_days)


def working_days(
    context: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DATE", help="Day 0, such as 2026-03-02, 2/3/2026 or today.")],
    number: Annotated[str, typer.Argument(metavar="N", help="How many working days.")],
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Count working days in England: weekends, bank holidays and the framework's extra days are skipped."""
    from sptool.cli.showing.pages.counting import counted, say_count, say_count_json

    session = open_session(context)
    count = counted(session, day, number)
    (say_count_json if as_json else say_count)(count)
