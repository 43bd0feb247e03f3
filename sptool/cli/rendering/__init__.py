"""The documents that officers send: `sptool render`, `documents`, `letterhead` and `template check`."""

import typer

from sptool.cli.rendering import checking, commands, letterhead


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    commands.register(app)
    letterhead.register(app)
    checking.register(app)
