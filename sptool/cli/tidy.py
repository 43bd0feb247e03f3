"""`sptool tidy`: housekeeping, so that git stays quick."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, tell
from sptool.text.english import plural

if TYPE_CHECKING:
    from sptool.store.tidying import Tidied


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(tidy)


def tidy(context: typer.Context) -> None:
    """Tidy up behind many steps, so that git stays quick. No record changes."""
    from sptool.store import tidying

    folder = open_session(context).folder
    done = tidying.tidy(folder, tell if sys.stderr.isatty() else _say_nothing)
    for line in done.said:
        tell(line)
    say(_told(done))


def _say_nothing(doing: str) -> None:
    del doing


def _told(done: Tidied) -> str:
    files = "one file" if done.packs == 1 else f"{done.packs} files"
    if not done.packed:
        return "There was nothing to pack. The list of what each commit changed is up to date."
    objects = f"{done.packed:,} {plural(done.packed, 'object')}"
    return (
        f"Packed {objects}: the records' history is now in {files}, and the list of what each commit changed is up to "
        "date.\nParticulars stay outside, so that an erasure destroys them."
    )
