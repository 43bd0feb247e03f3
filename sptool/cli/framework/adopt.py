"""`sptool framework adopt`: opens new cases under a new edition; live cases stay on theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.framework.editions import content_of
from sptool.cli.screen import say
from sptool.errors import StepRefused
from sptool.text.english import british


def adopt(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new edition's file.")],
) -> None:
    """Adopt a new edition of the framework for new cases."""
    from sptool.desk.register import adopt_edition
    from sptool.workflow.edition import load_edition

    session = open_session(context)
    content = content_of(file)
    framework = load_edition(content, file.name)
    if framework.edition in session.book.editions:
        raise StepRefused(
            "This folder already has an edition with that name, and an edition is never changed.",
            "Give the new one another name in its field `edition`.",
        )
    _, author = session.officer
    adopt_edition(session, framework, content, author)
    since = max(framework.in_force_from, session.clock.today)
    say(f"Adopted edition {framework.edition}. Live cases stay on the edition that they were opened under.")
    say(f"New cases are opened under it from {british(since)}.")
