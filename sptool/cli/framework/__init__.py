"""`sptool framework`: the policy that the rules are taken from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, say_if_practice
from sptool.errors import StepRefused
from sptool.text.english import british


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    purpose = "The policy: deadlines, criteria, agencies and lists, each with its source."
    group = typer.Typer(help=purpose, no_args_is_help=True)
    group.command("list")(list_editions)
    group.command("explain")(explain_item)
    group.command("check")(check_file)
    group.command("adopt")(adopt)
    app.add_typer(group, name="framework")


def list_editions(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """List the editions of this case folder, and say which one new cases are opened under."""
    from sptool.cli.framework.editions import say_editions, say_editions_json

    session = open_session(context)
    say_if_practice(session)
    (say_editions_json if as_json else say_editions)(session.book)


def explain_item(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="An id, such as notify or icb, or the name of a list.")] = "",
    edition: Annotated[str, typer.Option(help="An edition other than the current one.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Explain the policy: all deadlines, or whatever has the id given, with its sources."""
    from sptool.cli.framework.items import found_items, say_items, say_items_json, say_overview, say_overview_json
    from sptool.desk.edition import edition_or_shipped

    policy = edition_or_shipped(open_session(context), edition)
    if not item:
        (say_overview_json if as_json else say_overview)(policy)
        return
    found = found_items(policy, item)
    (say_items_json if as_json else say_items)(policy, found)


def check_file(
    file: Annotated[Path, typer.Argument(help="The file of an edition.")],
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Check an edition's file, and list everything that is wrong with it, line by line."""
    from sptool.cli.framework.editions import say_check

    say_check(file, as_json)


def adopt(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new edition's file.")],
) -> None:
    """Adopt a new edition of the framework for new cases."""
    from sptool.cli.framework.editions import content_of
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
