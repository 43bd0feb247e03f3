"""What many commands take: the case's reference, and what holds for every command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import typer

from sptool.cli.terminal import conversation
from sptool.desk.session import Globals, Session
from sptool.errors import SptoolError, UsageError


def open_session(context: typer.Context) -> Session:
    """The session of this run."""
    given = context.obj if isinstance(context.obj, Globals) else Globals()
    session = Session(given, conversation(no_input=given.no_input))
    context.call_on_close(session.close)
    return session


def complete_reference(incomplete: str) -> list[str]:
    """The references that begin like this, for completion in a shell; none where there is no case folder."""
    try:
        known = Session(Globals()).book.references
    except SptoolError:
        return []
    return [reference for reference in known if reference.startswith(incomplete.upper())]


CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="REF",
        help="The case's reference, or a beginning that fits only one.",
        autocompletion=complete_reference,
    ),
]


def hoisted(arguments: list[str]) -> list[str]:
    """Puts what holds for every command in front, so that it may be typed anywhere."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
        elif word in ("--cases", "--today"):
            front += [word, _value_of(word, waiting)]
        elif word == "--no-input" or re.match(r"--(cases|today)=", word):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def _value_of(option: str, waiting: Iterator[str]) -> str:
    value = next(waiting, "")
    if not value:
        raise UsageError(f"{option} needs a value.", "To see how it is used: sptool --help")
    return value
