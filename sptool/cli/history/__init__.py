"""`sptool history`: who recorded what and when, who decided, in time or late, what was put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import CaseArgument, open_session
from sptool.cli.screen import say_bytes, say_if_practice, say_json
from sptool.errors import UsageError

if TYPE_CHECKING:
    from sptool.desk.proof.looking_back import LookedBack


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("history")(history)


def history(
    context: typer.Context,
    ref: CaseArgument,
    since: Annotated[str, typer.Option(metavar="DATE", help="Only what was recorded on that day or later.")] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="As a table for a spreadsheet, one row for each step.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Show the history of a case: each step, who decided, in time or late, what was put right, and its commit."""
    from concurrent.futures import ThreadPoolExecutor

    from sptool.store.step_commits import step_commits

    if as_csv and as_json:
        raise UsageError("Choose one of --csv and --json.", "Leave one of them out.")
    session = open_session(context)
    say_if_practice(session)
    reference = session.reference(ref)
    # git walks a long history for as long as the rest takes to load, so both go at once.
    with ThreadPoolExecutor(1) as aside:
        looking = aside.submit(step_commits, session.folder, session.book.commit, reference)
        from sptool.desk.proof.looking_back import looked_back

        told = looked_back(session, reference, since, looking.result)
    _say(told, as_csv=as_csv, as_json=as_json)


def _say(told: LookedBack, *, as_csv: bool, as_json: bool) -> None:
    from sptool.cli.history.page import say_history
    from sptool.desk.as_data.history import history_data
    from sptool.desk.proof.history_table import history_table

    if as_json:
        say_json(history_data(told))
    elif as_csv:
        say_bytes(history_table(told))
    else:
        say_history(told)
