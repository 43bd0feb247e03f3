"""`sptool demo`: a practice folder with fictional cases, made through the real commands."""

import typer


def register(app: typer.Typer) -> None:
    """Adds the command."""
