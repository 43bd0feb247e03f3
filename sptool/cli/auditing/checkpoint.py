"""`sptool checkpoint`: what the history is today, in a small signed statement to keep elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say_bytes, tell
from sptool.desk.session import Session

if TYPE_CHECKING:
    from sptool.audit.checkpoints import Extent


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

    session = open_session(context)
    content, reached, signed_with = make(session)
    root = session.folder.root
    files = [Placed(place_for("checkpoint.txt", out, root), content)] if out else []
    if page:
        from sptool.cli.auditing.checkpoint_page import as_page

        place = place_for("checkpoint.pdf", page, root)
        files.append(Placed(place, as_page(session, place.name, content, reached, signed_with)))
    if files:
        put(session.talk, files)
    if not out:
        say_bytes(content)
    if not signed_with:
        tell("It is not signed, because you don't sign your steps here. To begin: sptool sign-on")
    tell("Keep it where nobody who keeps this folder can change it: in minutes, or in another's mailbox.")


def make(session: Session) -> tuple[bytes, Extent, str]:
    """A checkpoint of the folder as it is now.

    Args:
        session: this run.

    Returns:
        The content of its file, how far the history goes, and the fingerprint of the key that signed it, or nothing.

    Raises:
        StepRefused: the officer's steps are signed, and the key is not available.
    """
    from sptool.audit.checkpoints import NAMESPACE, UNSIGNED, extent, statement
    from sptool.store.keyrings import read_keyring
    from sptool.store.signing import key_for, sign

    me, author = session.officer
    folder, commit = session.folder, session.book.commit
    key = key_for(folder.root, read_keyring(folder, commit), author.email)
    reached = extent(folder, commit)
    signed_with = key.fingerprint if key else ""
    text = statement(folder, reached, me, session.clock.now, signed_with or UNSIGNED)
    return text + (sign(key, NAMESPACE, text) if key else b""), reached, signed_with
