"""`sptool show`: a case as it stands, or as it was known on a day; one record; the particulars."""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import CaseArgument, open_session
from sptool.cli.screen import say_if_practice


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("show")(show)


def show(
    context: typer.Context,
    ref: CaseArgument,
    as_of: Annotated[str, typer.Option(metavar="DATE", help="As it was known at the end of that day.")] = "",
    record: Annotated[str, typer.Option(metavar="ID", help="One record; a corrected one beside its correction.")] = "",
    identify: Annotated[bool, typer.Option("--identify", help="With names and other particulars. Take care.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Show a case: how it stands, what was decided and why, what is due, and every record."""
    from sptool.cli.show.screen import Seen, say_seen
    from sptool.desk.standings import standing_of
    from sptool.text.dates import day_typed

    session = open_session(context)
    say_if_practice(session)
    day = day_typed(as_of, session.clock.today, "--as-of") if as_of else None
    standing = standing_of(session, ref, day)
    say_seen(session, Seen(standing, day, record, identify), as_json)
