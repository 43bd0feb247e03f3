"""`sptool demo`: a practice folder with fictional cases, made through the real commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sptool.cli.arguments import open_session


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(demo)


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where: a folder that is empty or does not exist yet.")],
) -> None:
    """Make a practice folder with fictional cases, and show what sptool makes of them.

    Every step is recorded through the commands that officers type. The same day gives the same cases.
    """
    from sptool.cli.demo.setting_up import make_demo, show_around

    clock = open_session(context).clock
    made = make_demo(folder, clock.today)
    show_around(made, clock)
