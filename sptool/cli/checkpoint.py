"""`sptool checkpoint`: what the history is today, in a small signed statement to keep elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say_bytes, tell


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(checkpoint)


def checkpoint(
    context: typer.Context,
    out: Annotated[str, typer.Option(help="The file to write. Left out: to the screen.")] = "",
    page: Annotated[str, typer.Option(help="Also as a page for minutes: a .md, .docx, .pdf or .html file.")] = "",
) -> None:
    """State what the history is now, signed, to keep where the folder's keepers can't reach it.

    Later, sptool verify --against FILE proves that the history has only grown since.
    """
    from sptool.desk.letters.files import Placed, place_for, put
    from sptool.desk.proof.checkpoint import as_page, make

    session = open_session(context)
    content, reached, signed_with = make(session)
    root = session.folder.root
    files = [Placed(place_for("checkpoint.txt", out, root), content)] if out else []
    if page:
        place = place_for("checkpoint.pdf", page, root)
        files.append(Placed(place, as_page(session, place.name, content, reached, signed_with)))
    if files:
        put(session.talk, files)
    if not out:
        say_bytes(content)
    if not signed_with:
        tell("It is not signed, because you don't sign your steps here. To begin: sptool sign-on")
    tell("Keep it where nobody who keeps this folder can change it: in minutes, or in another's mailbox.")
