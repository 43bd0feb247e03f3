"""`sptool letterhead`: the Word file that gives documents their look, to be made one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sptool.cli.screen import tell
from sptool.cli.terminal import Messages
from sptool.desk.letters.files import Placed, put


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(letterhead)


def letterhead(
    out: Annotated[Path | None, typer.Option(help="Where to write it; left out: into the current folder.")] = None,
) -> None:
    """Write the letterhead that ships, a Word file, to be edited in Word."""
    from sptool.documents.formats.word import LETTERHEAD, default_letterhead

    put(Messages(), [Placed(out or Path(LETTERHEAD), default_letterhead())])
    tell(f"Edit it in Word, save it in the case folder as framework/templates/{LETTERHEAD}, and commit it with git.")
