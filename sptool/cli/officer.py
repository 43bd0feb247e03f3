"""`sptool officer`: who may record in this folder."""

from __future__ import annotations

from typing import Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, say_json, say_table
from sptool.errors import StepRefused, UsageError


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="The officers who record in this folder.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(listing)
    app.add_typer(group, name="officer")


def add(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="The officer's name.")],
    email: Annotated[str, typer.Option(help="The officer's e-mail address.")],
    me: Annotated[bool, typer.Option("--me", help="It is you: git in this folder will know you by it.")] = False,
) -> None:
    """Add an officer to the register."""
    from sptool.desk.register import add_officer
    from sptool.store.identity import Identity, set_identity, user_identity

    session = open_session(context)
    identity = Identity(name.strip(), email.strip())
    if not identity.name or "@" not in identity.email:
        raise UsageError("A name and an e-mail address are needed.", "sptool officer add --help")
    if any(known.email.casefold() == identity.email.casefold() for known in session.book.officers.values()):
        if not me:
            raise StepRefused("This officer is in the register already.", "To see everybody: sptool officer list")
        set_identity(session.folder.root, identity)
        say("You are in the register already. git in this folder knows you now.")
        return
    author = identity if me else user_identity(session.folder.root)
    if author is None:
        raise UsageError("git does not know who you are.", "Add yourself first: sptool officer add --me ...")
    session.done.expect(2 if me else 1)
    officer = add_officer(session, identity, author)
    if me:
        set_identity(session.folder.root, identity)
        session.done.finished()
    say(f"Added to the register: {officer}")


def listing(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False
) -> None:
    """List the officers."""
    officers = open_session(context).book.officers
    rows = [(entry.officer, entry.name, entry.email, entry.happened_on.isoformat()) for entry in officers.values()]
    if as_json:
        say_json([dict(zip(("officer", "name", "email", "since"), row, strict=True)) for row in rows])
    else:
        say_table(("Officer", "Name", "E-mail", "Since"), rows)
