"""`sptool export`: the proof pack, with which somebody else checks a case or the whole folder without sptool."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import complete_reference, open_session
from sptool.cli.screen import say, say_if_practice, tell
from sptool.desk.session import Session
from sptool.errors import UsageError
from sptool.text.english import number

if TYPE_CHECKING:
    from sptool.desk.held import KeptApart
    from sptool.desk.pack.contents import Contents


LOOK = 1


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("export")(export)


def export(
    context: typer.Context,
    ref: Annotated[
        str, typer.Argument(metavar="REF", help="The case; left out with --all.", autocompletion=complete_reference)
    ] = "",
    to: Annotated[
        str, typer.Option(metavar="DIR|FILE.zip", help="Where: a new folder, or a file that ends in .zip.")
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Every case, with the whole history.")] = False,
    bundle: Annotated[
        bool, typer.Option("--bundle", help="With one case: the whole history too, which tells of EVERY case.")
    ] = False,
    identify: Annotated[bool, typer.Option("--identify", help="With names and other particulars. Take care.")] = False,
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="An earlier checkpoint: that the history has only grown since. Repeatable."),
    ] = None,
    formats: Annotated[
        str, typer.Option(metavar="LIST", help="Of the documents: md,html,docx,pdf or none. Left out: all there are.")
    ] = "",
) -> None:
    """Write a proof pack: records, documents, history, checks, and how to check it with git and ssh-keygen alone."""
    from sptool.desk.pack.contents import Contents, formats_typed
    from sptool.desk.proof.verification import checkpoint_files

    if bool(ref) == every:
        raise UsageError("Say which case, or --all for every one.", "sptool export REF --to FILE.zip")
    if not to:
        raise UsageError("Say where the pack is to go.", "--to DIR or --to FILE.zip")
    session = open_session(context)
    say_if_practice(session)
    references = tuple(session.book.references) if every else (session.reference(ref),)
    what = Contents(references, every, every or bundle, identify, formats_typed(formats))
    apart, holds = _written(session, what, to, checkpoint_files(against or ()))
    _say_what_is_in(what, apart)
    say(f"Written: {to}")
    _look_if_wrong(apart, holds)


def _look_if_wrong(apart: list[KeptApart], holds: bool) -> None:
    if not holds:
        tell("NOT EVERYTHING HOLDS in this folder's history. To see what: sptool verify")
    if not holds or any(one.condition == "wrong" for one in apart):
        raise typer.Exit(LOOK)


def _written(session: Session, what: Contents, to: str, earlier: tuple[bytes, ...]) -> tuple[list[KeptApart], bool]:
    """Writes the pack; how the particulars are, and whether the history holds."""
    from sptool.desk.pack.contents import add_instructions, fill
    from sptool.desk.pack.proofs import add_checkpoint, add_verification
    from sptool.desk.pack.staging import free_place, staged

    with staged(free_place(to, session.folder.root)) as pack:
        signer = add_checkpoint(session, pack)
        holds = add_verification(session, pack, what, earlier).holds
        apart = fill(session, pack, what)
        add_instructions(session, pack, what, apart, signer)
    return apart, holds


def _say_what_is_in(what: Contents, apart: list[KeptApart]) -> None:
    if what.bundled and not what.whole:
        tell("The bundle in it holds the whole history: EVERY case, not only this one.")
    elif not what.whole:
        tell("It holds this case only. For a clone of the whole history, which tells of every case: --bundle")
    for condition in ("there and matching", "not fetched here", "erased", "wrong"):
        count = sum(one.condition == condition for one in apart)
        if count:
            tell(f"Particulars {condition}: {number(count, 'file')}.")
    if what.identify and any(one.salted is not None for one in apart):
        tell("IT HOLDS NAMES. Keep it locked away, send it only by a secure way, and delete it when it is not needed.")
    else:
        tell("It names no child. All the same it is confidential.")
