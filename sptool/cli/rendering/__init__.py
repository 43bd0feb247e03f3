"""`sptool render`, `sptool documents` and `sptool letterhead`: the documents that officers send."""

import typer

from sptool.cli.rendering import commands, letterhead


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    commands.register(app)
    letterhead.register(app)
