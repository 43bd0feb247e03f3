"""The commands that set up and look after a case folder."""

import typer

from sptool.cli.administering import founding, framework, keys, officers, retention, tidying


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    founding.register(app)
    officers.register(app)
    keys.register(app)
    framework.register(app)
    retention.register(app)
    tidying.register(app)
