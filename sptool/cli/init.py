"""`sptool init`: makes a case folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say
from sptool.cli.terminal import conversation
from sptool.desk.conversation import must_say_something
from sptool.desk.founding import PREFIX, Founding, found
from sptool.desk.session import Globals
from sptool.errors import UsageError

if TYPE_CHECKING:
    from sptool.store.identity import Identity


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(init)


def init(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Where. Left out: cases/<prefix>.")] = None,
    prefix: Annotated[str, typer.Option(help="How case references begin: two to six capital letters.")] = "HSP",
    name: Annotated[str, typer.Option(help="The partnership's name.")] = "Hillingdon Safeguarding Partnership",
    training: Annotated[bool, typer.Option("--training", help="For practice: a made-up date may be recorded.")] = False,
    officer_name: Annotated[str, typer.Option(help="Your name, if git does not know it.")] = "",
    officer_email: Annotated[str, typer.Option(help="Your e-mail address, if git does not know it.")] = "",
) -> None:
    """Make a case folder: a git repository of its own."""
    from sptool.store.folder import is_case_folder

    given = context.obj if isinstance(context.obj, Globals) else Globals()
    root = folder or given.cases or Path("cases") / prefix.lower()
    if is_case_folder(root):
        say("This is a case folder already. Nothing was changed.")
        return
    founding = _checked(prefix, name, training)
    session = open_session(context)
    clock = session.clock
    if clock.pretended and not training:
        raise UsageError("A made-up date is for practice folders only.", "Add --training, or leave out --today.")
    told = session.done.begin("register: case folder made")
    found(root, founding, _identity(root, officer_name, officer_email), clock)
    told([])
    say(f"Made a case folder for {name}: {root}")
    say("Next: cd there and open the first case with: sptool new-referral")


def _checked(prefix: str, name: str, training: bool) -> Founding:
    if not PREFIX.fullmatch(prefix):
        raise UsageError("--prefix can't be read as it was typed.", "Use two to six capital letters, such as HSP.")
    return Founding(prefix, name, training)


def _identity(root: Path, name: str, email: str) -> Identity:
    from sptool.store.identity import Identity, user_identity

    if name and email:
        return Identity(name, email)
    known = user_identity(root)
    if known is not None:
        return known
    talk = conversation(no_input=False)
    if not talk.can_ask:
        raise UsageError(
            "git does not know who you are.", 'Add: --officer-name "Your Name" --officer-email you@example.org'
        )
    name, email = (talk.line(asked, check=must_say_something) for asked in ("Your name?", "Your work e-mail address?"))
    return Identity(name, email)
