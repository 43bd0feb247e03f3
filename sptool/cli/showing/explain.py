"""`sptool explain`: why a deadline is due when it is."""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import CaseArgument, open_session


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("explain")(explain)


def explain(
    context: typer.Context,
    ref: CaseArgument,
    deadline: Annotated[str, typer.Argument(help="The deadline's id, such as notify.")],
    key: Annotated[str, typer.Option(help="Where there are several of one id: the record or request.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Explain a deadline: what started it, the rule and its source, and every day counted or skipped."""
    from sptool.cli.showing.pages.reasons import explained, say_reasons, say_reasons_json
    from sptool.cli.showing.pages.standing import standing_of
    from sptool.cli.showing.practice import say_if_practice

    session = open_session(context)
    say_if_practice(session)
    standing = standing_of(session, ref)
    found = explained(standing, deadline, key)
    (say_reasons_json if as_json else say_reasons)(standing, found)
