"""`sptool search`: where records say something."""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import open_session

MOST = 50


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("search")(search_records)


def search_records(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WORD...", help="Words, or beginnings of words; all of them must be there.")
    ],
    stage: Annotated[str, typer.Option(help="Only cases at this stage; a part of its name is enough.")] = "",
    theme: Annotated[str, typer.Option(help="Only cases with this theme, by its id.")] = "",
    agency: Annotated[str, typer.Option(help="Only cases in which this agency plays a part, by its id.")] = "",
    year: Annotated[int | None, typer.Option(help="Only cases opened in this year.")] = None,
    kind: Annotated[str, typer.Option(help="Only records of this kind, such as referral.")] = "",
    most: Annotated[int | None, typer.Option(min=1, help=f"Show so many at most ({MOST} unless told).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs: all that is found.")] = False,
) -> None:
    """Find the records that hold certain words, in open and closed cases, the newest first.

    Names of people stand in no record, so they are not found. What you look for is written nowhere.
    """
    from sptool.cli.showing.pages.search import Sought, look_for, say_hits, say_hits_json
    from sptool.cli.showing.practice import say_practice

    session = open_session(context)
    wanted = most if most is not None or as_json else MOST
    found = look_for(session, Sought(tuple(words), stage, theme, agency, year, kind), wanted)
    say_practice(found.training, session.clock)
    (say_hits_json if as_json else say_hits)(found.hits)
