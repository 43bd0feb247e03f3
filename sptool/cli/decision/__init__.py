"""`sptool decision`: what was known when it was decided, and, kept apart, what became known later."""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import CaseArgument, open_session
from sptool.cli.screen import say_if_practice, say_json


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("decision")(decision)


def decision(
    context: typer.Context,
    ref: CaseArgument,
    record: Annotated[
        str, typer.Argument(metavar="ID", help="Which decision; left out: the only one, or a list of them.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Show a decision as it was taken: what was known then, and, kept apart, what became known later."""
    from sptool.cli.decision.page import say_decision, say_decisions
    from sptool.desk.as_data.history import decision_data, decisions_data
    from sptool.desk.proof.taken import taken

    session = open_session(context)
    say_if_practice(session)
    found = taken(session, ref, record)
    if found.decision is None:
        (say_json(decisions_data(found)) if as_json else say_decisions(found))
    else:
        (say_json(decision_data(found.decision)) if as_json else say_decision(found.decision))
