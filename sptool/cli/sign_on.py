"""`sptool sign-on`: from now on an officer's steps in this folder are signed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sptool.cli.arguments import open_session
from sptool.cli.key import body_of, keyring_of, prose
from sptool.cli.screen import say, tell
from sptool.desk.conversation import Option
from sptool.desk.session import Session
from sptool.errors import StepRefused, UsageError

if TYPE_CHECKING:
    from sptool.records.keyring import Key, Keyring
    from sptool.store.signing import SigningKey


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("sign-on")(sign_on)


def sign_on(
    context: typer.Context,
    key: Annotated[Path | None, typer.Option(help="The file of your SSH key.")] = None,
    make: Annotated[bool, typer.Option("--make", help="Make a new key, at --key if that is given.")] = False,
    no_passphrase: Annotated[
        bool, typer.Option("--no-passphrase", help="With --make: anyone who gets the file can sign with it.")
    ] = False,
    require: Annotated[
        bool | None, typer.Option("--require/--no-longer-require", help="Whether every step here has to be signed.")
    ] = None,
    afresh: Annotated[
        Path | None, typer.Option(help="No trusted key is left: a file that says why, and who vouches for yours.")
    ] = None,
) -> None:
    """Sign your steps in this folder with an SSH key, from now on.

    The first officer's key is taken on that officer's word. After that, a colleague who signs already adds yours.
    """
    session = open_session(context)
    me, _ = session.officer
    with_key = require is None or bool(key) or make or not keyring_of(session).keys_of((me,))
    session.done.expect(2 * with_key + (require is not None))
    if with_key:
        _with_key(session, me, _chosen(session, key, make, no_passphrase), afresh)
    if require is not None:
        _require(session, me, require)


def _chosen(session: Session, file: Path | None, make: bool, bare: bool) -> SigningKey:
    from sptool.store.signing import configured_key, read_key

    if make:
        return _made(session, file, bare)
    if file is not None:
        return read_key(file.expanduser())
    known = configured_key(session.folder.root)
    if known is not None:
        return known
    return _asked(session)


def _place(session: Session) -> Path:
    return Path.home() / ".ssh" / f"sptool-{session.folder.settings.prefix.lower()}"


def _made(session: Session, file: Path | None, bare: bool) -> SigningKey:
    from sptool.store.signing import hand_to_agent, make_key, shown

    asking = not bare
    if asking and not session.talk.can_ask:
        raise UsageError("A passphrase can be asked for at a terminal only.", "Without one: --no-passphrase")
    made = make_key((file or _place(session)).expanduser(), "sptool", passphrase=asking)
    say(f"Made a key: {shown(made.file)}. Keep this file to yourself, and never put it into the case folder.")
    if asking:
        hand_to_agent(made)
    return made


def _asked(session: Session) -> SigningKey:
    """A key that the officer has already, or a new one."""
    from sptool.store.signing import read_key, shown

    have = [file for file in (_place(session), Path.home() / ".ssh" / "id_ed25519") if file.is_file()]
    if not session.talk.can_ask:
        raise UsageError("Say with which key.", "sptool sign-on --make, or: sptool sign-on --key FILE")
    options = [*(Option(str(file), f"Use {shown(file)}") for file in have), Option("new", "Make a new one")]
    chosen = session.talk.choose("With which key?", options)
    if chosen != "new":
        return read_key(Path(chosen))
    if _place(session) in have:
        raise UsageError("There is a key at the usual place already.", "Name another: sptool sign-on --make --key FILE")
    return _made(
        session, None, not session.talk.confirm("Protect it with a passphrase? (An agent has to hold it then.)")
    )


def _with_key(session: Session, me: str, key: SigningKey, afresh: Path | None) -> None:
    from sptool.records.keyring import Key
    from sptool.store.signing import set_key, try_key

    try_key(key)
    keyring = keyring_of(session)
    own = Key(me, key.public_key, key.fingerprint)
    if own not in keyring.keys_of((me,)):
        _add(session, keyring, own, key, afresh)
    else:
        session.done.finished()
    set_key(session.folder.root, key)
    session.done.finished()
    say("You sign every step in this folder from now on.")
    say(f"Fingerprint of your key: {key.fingerprint}")


def _add(session: Session, keyring: Keyring, own: Key, key: SigningKey, afresh: Path | None) -> None:
    from sptool.desk.register import record_in_register
    from sptool.workflow.signing import refuse_key_added, starts_trust

    if refusal := refuse_key_added(keyring, own, own.officer, afresh=afresh is not None):
        _ask_a_colleague(keyring, own, key, refusal)
    first = starts_trust(keyring, afresh=afresh is not None)
    _, author = session.officer
    if not first and not _can_vouch(session, keyring, author.email):
        _ask_a_colleague(keyring, own, key, ("Your other key can't be used here, so it can't vouch for this one.", ""))
    body = {**body_of(own), **({"afresh": prose(afresh)} if afresh else {})}
    record_in_register(session, "key-added", body, author, key if first else None)
    if first:
        tell("Nobody else vouches for this key. Write its fingerprint into the minutes of your next meeting.")


def _can_vouch(session: Session, keyring: Keyring, email: str) -> bool:
    from sptool.store.signing import key_for

    try:
        return key_for(session.folder.root, keyring, email) is not None
    except StepRefused:
        return False


def _ask_a_colleague(keyring: Keyring, own: Key, key: SigningKey, refusal: tuple[str, str]) -> NoReturn:
    """Shows what a colleague has to type; if the key itself is at fault, says so instead."""
    from sptool.store.signing import shown

    if not keyring.in_force or any(known.fingerprint == own.fingerprint for known in keyring.keys):
        raise StepRefused(*refusal)
    tell("This key works, but a colleague who signs here has to add it. Read out its fingerprint, and let them type:")
    tell(f'  sptool key add {own.officer} --public-key "{own.public_key}" --fingerprint "{own.fingerprint}"')
    raise StepRefused("Nothing was recorded yet.", f"After that, type: sptool sign-on --key {shown(key.file)}")


def _require(session: Session, me: str, wanted: bool) -> None:
    from sptool.desk.register import record_in_register
    from sptool.workflow.signing import refuse_untrusted

    keyring = keyring_of(session)
    if refusal := refuse_untrusted(keyring, me):
        raise StepRefused(*refusal)
    if keyring.required is wanted:
        session.done.finished()
        say("That is so already. Nothing was recorded.")
        return
    _, author = session.officer
    record_in_register(session, "signing-required", {"required": "yes" if wanted else "no"}, author)
    say("Every step has to be signed here from now on." if wanted else "Only officers who have a key sign from now on.")
