"""Signs with an officer's SSH key, by OpenSSH's own `ssh-keygen`; the private half is never read here.

Nothing asks for a passphrase in the middle of a step: a key that has one must be held by an agent (`ssh-add`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sptool.errors import StepRefused, UnfitFolder, UsageError
from sptool.records.keyring import Keyring
from sptool.store.disk import adopt
from sptool.store.git import Git, environment
from sptool.store.outcomes import configure
from sptool.store.sshsig import UnreadableSignature, fingerprint_of, key_blob

KINDS_OF_KEY = ("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")
GIT_NAMESPACE = "git"
_PATIENCE = 60  # seconds: an agent may ask its owner to confirm
_TRIAL = b"sptool tries the key before it records anything.\n"
_SIGN_ON = "Set it up afresh: sptool sign-on"


@dataclass(frozen=True)
class SigningKey:
    """A key to sign with on this computer.

    Args:
        file: the file with its private half, or with its public half if an agent holds the private one.
        public_key: algorithm and public half.
        fingerprint: as `ssh-keygen -l` shows it.
    """

    file: Path
    public_key: str
    fingerprint: str

    def settings(self) -> dict[str, str]:
        """The environment that makes git sign with this key, whatever program the folder's own settings name."""
        said = {"gpg.format": "ssh", "user.signingKey": str(self.file), "gpg.ssh.program": ssh_program("ssh-keygen")}
        numbered = {
            f"GIT_CONFIG_{part}_{number}": text
            for number, pair in enumerate(said.items())
            for part, text in zip(("KEY", "VALUE"), pair, strict=True)
        }
        return {"GIT_CONFIG_COUNT": str(len(said)), "SSH_ASKPASS_REQUIRE": "never", **numbered}


def read_key(file: Path) -> SigningKey:
    """The key in a file, by its public half.

    Args:
        file: the private half, with the public one beside it as FILE.pub; or the public half.

    Raises:
        UsageError: the public half is not there, is no SSH key, or of a kind that can't be used.
    """
    public = file if file.suffix == ".pub" else file.with_name(f"{file.name}.pub")
    try:
        words = public.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        raise UsageError(
            f"The public half of the key can't be read: {shown(public)}",
            "Name another key with --key, or make one: sptool sign-on --make",
        ) from None
    public_key = " ".join(words[:2])
    return SigningKey(file.expanduser().absolute(), public_key, fingerprint_of_text(public_key))


def fingerprint_of_text(public_key: str) -> str:
    """The fingerprint of a public key that somebody gave.

    Raises:
        UsageError: it is no SSH key, or of a kind that can't be used.
    """
    if public_key.partition(" ")[0] not in KINDS_OF_KEY:
        raise UsageError(
            "This is not the public half of an SSH key that sptool can check.",
            f"It begins with one of these words: {', '.join(KINDS_OF_KEY)}",
        )
    try:
        return fingerprint_of(key_blob(public_key))
    except UnreadableSignature:
        raise UsageError("The public half of the key is damaged.", "Copy the whole line of the .pub file.") from None


def shown(file: Path) -> str:
    """A file's place as people write it: below `~` if it is in their own folder."""
    home = Path.home()
    return f"~/{file.relative_to(home).as_posix()}" if file.is_relative_to(home) else str(file)


def configured_key(root: Path) -> SigningKey | None:
    """The key that the case folder on this computer is set up to sign with; None if there is none."""
    said = Git(root).run("config", "--local", "--default", "", "--get", "user.signingkey").decode().strip()
    return read_key(Path(said)) if said else None


def set_key(root: Path, key: SigningKey) -> None:
    """Sets the case folder up to sign with a key, also for whoever uses git in it by hand."""
    git = Git(root)
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", str(key.file)), ("commit.gpgsign", "true")):
        configure(git, name, value)


def key_for(root: Path, keyring: Keyring, email: str) -> SigningKey | None:
    """The key to sign a step with, tried out; None if the step need not be signed.

    Args:
        keyring: the keys that count on the head of main.
        email: the address of the step's author.

    Raises:
        StepRefused: the step has to be signed, and can't be.
    """
    officers = keyring.officers_at(email)
    if not keyring.must_sign(officers):
        return None
    own = {key.fingerprint for key in keyring.keys_of(officers)}
    if not own:
        raise StepRefused("Every step has to be signed here, and you have no key in the register.", "sptool sign-on")
    key = _configured(root)
    if key.fingerprint not in own:
        raise StepRefused("The key that this folder is set up with is not a key of yours that is in force.", _SIGN_ON)
    try_key(key)
    return key


def _configured(root: Path) -> SigningKey:
    try:
        key = configured_key(root)
    except UsageError as error:
        raise StepRefused(f"Nothing was recorded: your steps are signed. {error.message}", _SIGN_ON) from error
    if key is None:
        raise StepRefused("Your steps are signed, and this computer has not been told with which key.", _SIGN_ON)
    return key


def try_key(key: SigningKey) -> None:
    """Makes sure that a key signs, here and now, without asking anybody.

    Raises:
        StepRefused: it doesn't.
    """
    sign(key, "sptool-trial", _TRIAL)


def sign(key: SigningKey, namespace: str, message: bytes) -> bytes:
    """A signature, as text.

    Args:
        namespace: what it is a signature for; one for a checkpoint can't be used for a commit.

    Raises:
        StepRefused: the key or its agent is not available.
    """
    with tempfile.TemporaryDirectory(prefix="sptool-") as place:
        file = Path(place) / "message"
        file.write_bytes(message)
        done = _run("ssh-keygen", "-Y", "sign", "-q", "-n", namespace, "-f", str(key.file), str(file))
        signature = file.with_name("message.sig")
        if done.returncode or not signature.exists():
            raise StepRefused("Nothing was recorded: your signing key could not be used.", _remedy(key, done.stderr))
        return signature.read_bytes()


def _remedy(key: SigningKey, said: bytes) -> str:
    private = key.file.with_suffix("") if key.file.suffix == ".pub" else key.file
    if not private.exists():
        return f"Its file is gone, and no agent holds it: {shown(private)}. Set up another: sptool sign-on"
    if b"passphrase" in said:
        return f"It has a passphrase, and no agent holds it. Give it to one, and try again: ssh-add {shown(private)}"
    return f"To see why: ssh-keygen -Y sign -n try -f {shown(private)} FILE"


def make_key(file: Path, comment: str, *, passphrase: bool) -> SigningKey:
    """Makes a new Ed25519 key; nothing is ever overwritten.

    Args:
        file: where its private half goes; the public one goes beside it.
        comment: what to note in it, in coded words.
        passphrase: whether OpenSSH asks for a passphrase, at the terminal.

    Raises:
        UsageError: there is something at that place, or OpenSSH refused.
    """
    if file.exists() or file.with_name(f"{file.name}.pub").exists():
        raise UsageError(
            f"There is a key at that place already: {shown(file)}",
            f"To use it: sptool sign-on --key {shown(file)}. Or name another place: sptool sign-on --make --key FILE",
        )
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    asked = () if passphrase else ("-N", "")
    # Apart, and moved in whole: half a key that is left behind would stand in the way of the next try.
    with tempfile.TemporaryDirectory(prefix=".sptool-", dir=file.parent) as apart:
        made = Path(apart) / file.name
        done = _run("ssh-keygen", "-q", "-t", "ed25519", "-C", comment, "-f", str(made), *asked, terminal=passphrase)
        halves = (made.with_name(f"{made.name}.pub"), made)
        if done.returncode or not all(adopt(half, file.with_name(half.name)) for half in halves):
            raise UsageError("No key was made.", "To try again: sptool sign-on --make")
    return read_key(file)


def hand_to_agent(key: SigningKey) -> bool:
    """Gives a key to the agent, which asks for its passphrase at the terminal; whether it took it."""
    return bool(os.environ.get("SSH_AUTH_SOCK")) and not _run("ssh-add", str(key.file), terminal=True).returncode


def ssh_program(name: str) -> str:
    """One of OpenSSH's programs, as found on the PATH.

    Raises:
        UnfitFolder: OpenSSH is not installed.
    """
    found = shutil.which(name, path=os.environ.get("PATH"))
    if found is None:
        raise UnfitFolder(
            f"{name} is not installed, or not on the PATH; signing needs it.",
            "Install OpenSSH 8.2 or newer; Git for Windows brings one along.",
        )
    return found


def _run(name: str, *args: str, terminal: bool = False) -> subprocess.CompletedProcess[bytes]:
    """Runs OpenSSH; without the terminal it can ask nobody for anything."""
    kept: Mapping[str, str] = {**environment(Path.cwd()), "SSH_ASKPASS_REQUIRE": "never"}
    command = [ssh_program(name), *args]
    if terminal:
        return subprocess.run(command, env=dict(kept), check=False)
    try:
        return subprocess.run(
            command,
            env=dict(kept),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
            start_new_session=True,  # without the terminal, OpenSSH can't ask for a passphrase
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, returncode=1, stdout=b"", stderr=b"no answer from the agent")
