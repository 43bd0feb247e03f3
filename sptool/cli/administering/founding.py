"""`sptool init`: makes a case folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say
from sptool.cli.terminal import conversation
from sptool.desk.conversation import must_say_something
from sptool.desk.session import Globals
from sptool.errors import UsageError

if TYPE_CHECKING:
    from sptool.desk.clock import Clock
    from sptool.store.identity import Identity

PREFIX = re.compile(r"[A-Z]{2,6}")
EDITION = "2022-01"
ALWAYS = {"gitattributes": ".gitattributes", "README.md": "README.md"}


@dataclass(frozen=True)
class Founding:
    """What is said of a new case folder.

    Args:
        prefix: how references begin.
        partnership: the partnership's name.
        training: whether it is for practice.
    """

    prefix: str
    partnership: str
    training: bool


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
    clock = open_session(context).clock
    if clock.pretended and not training:
        raise UsageError("A made-up date is for practice folders only.", "Add --training, or leave out --today.")
    found(root, founding, _identity(root, officer_name, officer_email), clock)
    say(f"Made a case folder for {name}: {root}")
    say("Next: cd there and open the first case with: sptool new-referral")


def _checked(prefix: str, name: str, training: bool) -> Founding:
    if not PREFIX.fullmatch(prefix):
        raise UsageError("--prefix is not of its form.", "Use two to six capital letters, such as HSP.")
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


def found(root: Path, founding: Founding, identity: Identity, clock: Clock) -> None:
    """Makes the case folder with its first commit: framework, register, README.

    Args:
        root: where.
        founding: what is said of it.
        identity: the first officer.
        clock: today.
    """
    from sptool.store.folder import NEWEST_FORMAT, FolderSettings
    from sptool.store.founding import create_case_folder
    from sptool.store.identity import set_identity

    settings = FolderSettings(NEWEST_FORMAT, founding.prefix, founding.partnership, founding.training)
    files = _first_files(founding, identity, clock.now)
    folder = create_case_folder(root, settings, files, identity, clock.now, "register: case folder made\n")
    set_identity(folder.root, identity)


def _first_files(founding: Founding, identity: Identity, at: datetime) -> dict[str, bytes]:
    from string import Template

    from sptool.cli.administering.registering import first_records
    from sptool.resources import shipped

    scaffold = shipped("templates", "case-folder")
    files = {target: (scaffold / source).read_bytes() for source, target in ALWAYS.items()}
    text = Template(files["README.md"].decode()).safe_substitute(
        partnership=founding.partnership, practice=_PRACTICE if founding.training else ""
    )
    edition = (scaffold / "framework" / f"{EDITION}.yaml").read_bytes()
    files |= {"README.md": text.encode(), f"framework/{EDITION}.yaml": edition}
    return files | first_records(edition, identity, at, founding.training)


_PRACTICE = "\n**This folder is for practice. Nothing in it is about a real child.**\n"
