"""`sptool key`: the keys with which officers sign, as the register has them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, say_json, say_table
from sptool.desk.session import Session
from sptool.errors import StepRefused, UsageError

if TYPE_CHECKING:
    from sptool.records.keyring import Key, Keyring


REASONS = ("replaced", "lost", "may-be-known-to-others", "officer-left", "other")

JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="The keys with which officers sign their steps.", no_args_is_help=True)
    group.command("list")(listing)
    group.command("add")(add)
    group.command("retire")(retire)
    app.add_typer(group, name="key")


def keyring_of(session: Session) -> Keyring:
    """The keys that count, as the register has them now."""
    from sptool.records.keyring import Keyring

    return Keyring.of(session.book.register.records)


def listing(
    context: typer.Context,
    as_json: JsonOption = False,
    allowed_signers: Annotated[
        bool, typer.Option("--allowed-signers", help="As git and ssh-keygen read them, retired ones too.")
    ] = False,
) -> None:
    """List the signing keys, and whether signing is required."""
    keyring = keyring_of(open_session(context))
    if allowed_signers:
        say(keyring.allowed_signers(retired=True).rstrip("\n"))
        return
    keys = sorted(keyring.keys, key=lambda key: (key.officer, key.fingerprint))
    rows = [(key.officer, key.fingerprint, _state(keyring, key)) for key in keys]
    if as_json:
        said = [dict(zip(("officer", "fingerprint", "state"), row, strict=True)) for row in rows]
        public = [{**row, "public_key": key.public_key} for row, key in zip(said, keys, strict=True)]
        say_json({"signing_required": keyring.required, "keys": public})
        return
    if rows:
        say_table(("Officer", "Fingerprint", "State"), rows, keep_whole=(0, 1))
    else:
        say("Nobody signs in this folder yet. To begin: sptool sign-on")
    say("Every step has to be signed here." if keyring.required else "An officer who has a key signs every step.")


def _state(keyring: Keyring, key: Key) -> str:
    return "retired" if key.fingerprint in keyring.retired else "in force"


def add(
    context: typer.Context,
    officer: Annotated[str, typer.Argument(metavar="OFFICER", help="Whose key it is, by the id in the register.")],
    public_key: Annotated[str, typer.Option(help="The public half, in quotes, as the officer's sptool sign-on shows.")],
    fingerprint: Annotated[str, typer.Option(help="The fingerprint that the officer read out to you.")],
) -> None:
    """Add a colleague's signing key. Let the colleague read out its fingerprint to you first."""
    from sptool.desk.register import record_in_register
    from sptool.records.keyring import Key
    from sptool.store.signing import fingerprint_of_text
    from sptool.workflow.signing import refuse_key_added

    session = open_session(context)
    me, author = session.officer
    if officer not in session.book.officers:
        raise UsageError("No officer in the register has this id.", "To see everybody: sptool officer list")
    key = Key(officer, " ".join(public_key.split()[:2]), fingerprint_of_text(" ".join(public_key.split()[:2])))
    if key.fingerprint != fingerprint.strip():
        raise UsageError("The fingerprint does not belong to this key.", "Ask the officer again. Nothing was recorded.")
    _refuse(refuse_key_added(keyring_of(session), key, me, afresh=False))
    record_in_register(session, "key-added", body_of(key), author)
    say(f"Added to the register: a signing key of {officer}. Now the officer types: sptool sign-on")


def retire(
    context: typer.Context,
    fingerprint: Annotated[str, typer.Argument(metavar="FINGERPRINT", help="The key's, as sptool key list shows it.")],
    reason: Annotated[str, typer.Option(help=f"One of: {', '.join(REASONS)}.")],
    note: Annotated[Path | None, typer.Option(help="A file with anything else to know.")] = None,
) -> None:
    """Retire a signing key: nothing signed with it after this step is trusted."""
    from sptool.desk.register import record_in_register
    from sptool.workflow.signing import refuse_key_retired

    session = open_session(context)
    me, author = session.officer
    if reason not in REASONS:
        raise UsageError("--reason is not one of the known reasons.", f"Use one of: {', '.join(REASONS)}")
    _refuse(refuse_key_retired(keyring_of(session), fingerprint.strip(), me))
    said = {"note": prose(note)} if note else {}
    record_in_register(session, "key-retired", {"fingerprint": fingerprint.strip(), "reason": reason, **said}, author)
    say("Retired. What was signed with this key before stays trusted.")


def body_of(key: Key) -> dict[str, str]:
    """What a record says of a key."""
    return {"officer": key.officer, "public_key": key.public_key, "fingerprint": key.fingerprint}


def prose(file: Path) -> str:
    """The text of a file: prose never travels in arguments.

    Raises:
        UsageError: it can't be read.
    """
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError("The file with the text can't be read.", "Check its path.") from None


def _refuse(refusal: tuple[str, str] | None) -> None:
    if refusal is not None:
        raise StepRefused(*refusal)
