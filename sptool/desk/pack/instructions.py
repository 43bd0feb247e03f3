"""The instructions of a pack: how a second person checks it with git and ssh-keygen alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sptool.desk.held import KeptApart
from sptool.records.references import case_folder
from sptool.resources import shipped

INSTRUCTIONS = "INSTRUCTIONS.txt"
ALLOWED = "allowed_signers"

_WHOLE_HISTORY = """THE BUNDLE HOLDS THE WHOLE HISTORY OF THE CASE FOLDER: EVERY CASE, NOT ONLY THE ONE
ASKED FOR. It names no child, but it tells of every one. Give this pack only to
somebody who may read all of them."""
_EVERY_CASE = "This pack holds every case of the folder. It names no child, but it tells of every one."
_ONE_CASE = """This pack holds the records of one case. Of the others it shows no more than their
references and how many records each has."""
_NAMED = """IT HOLDS NAMES AND OTHER PARTICULARS, below particulars/. Keep it locked away, send
it only by a secure way, and delete it when it is no longer needed."""
_NO_KEYS = "SIGNATURES. No officer's key was in the register when this pack was made."
_KEYS = """SIGNATURES. allowed_signers holds the keys of the register, those retired since
   too. Each commit that is signed must be told as a good signature; one that is
   not signed says nothing. Whether a key was in force when it was used follows
   from where its retirement stands in the history.

    {commits} | while read -r c f; do git -C check -c gpg.ssh.allowedSignersFile="$PWD/allowed_signers" \
verify-commit "$c"; done"""
_UNSIGNED_CHECKPOINT = """CHECKPOINT. checkpoint.txt says what the history was when this pack was made. It
   is not signed. It names the newest commit; there must be an answer:

    grep '^commit: @NEWEST@' checkpoint.txt"""
_SIGNED_CHECKPOINT = """CHECKPOINT. checkpoint.txt says what the history was when this pack was made,
   signed by the officer who made it. It must name the newest commit, and its
   signature must be told as good:

    grep '^commit: @NEWEST@' checkpoint.txt
    sed '/^-----BEGIN SSH SIGNATURE/,$d' checkpoint.txt > check/statement
    sed -n '/^-----BEGIN SSH SIGNATURE/,$p' checkpoint.txt > check/signature
    ssh-keygen -Y verify -f allowed_signers -I {signer} -n sptool-checkpoint -s check/signature < check/statement"""
_NO_CHECKPOINT = "CHECKPOINT. None is in this pack: whoever made it is no officer of the folder."
_APART = """PARTICULARS. particulars.txt says of each file that a record names whether it was
   there and matching, not fetched, erased, or wrong, when this pack was made."""
_APART_HERE = """
   Those that were there are in this pack: below particulars/salted as they are
   kept, with a salt in their first line; below particulars/plain without it. The
   records name the digests of the salted ones. There must be no answer:

    sha256sum --check --quiet particulars/SHA256SUMS
    (cd particulars/plain && find . -type f) | while read -r f; do tail -n +2 "particulars/salted/$f" | \
cmp - "particulars/plain/$f"; done"""


@dataclass(frozen=True)
class About:
    """What the instructions have to know of a pack.

    Args:
        newest: the commit on which main stood.
        reference: the case; empty for a whole folder.
        bundled: whether the whole history is in it.
        signer: the e-mail address of whoever signed the checkpoint; empty if it is not signed; None without one.
    """

    title: str
    newest: str
    reference: str
    bundled: bool
    has_keys: bool
    signer: str | None
    held: Sequence[KeptApart]


def instructions(about: About) -> bytes:
    """The text of a pack's instructions; what to type is indented by four blanks."""
    template = "history.txt" if about.bundled else "case.txt"
    text = shipped("templates", "proof-pack", template).read_text(encoding="utf-8")
    number = 7 if about.bundled else 6
    parts = {
        "TITLE": about.title,
        "WARNING": _warning(about),
        "SIGNATURES": f"{number}. {_signatures(about)}",
        "CHECKPOINT": f"{number + 1}. {_checkpoint(about)}",
        "PARTICULARS": f"{number + 2}. {_APART}{_APART_HERE if about.held else ''}",
        "FOLDER": case_folder(about.reference) if about.reference else "",
        "NEWEST": about.newest,
    }
    for name, said in parts.items():
        text = text.replace(f"@{name}@", said)
    return text.encode()


def _warning(about: About) -> str:
    scope = _ONE_CASE if not about.bundled else _WHOLE_HISTORY if about.reference else _EVERY_CASE
    return f"{scope}\n\n{_NAMED}" if about.held else scope


def _signatures(about: About) -> str:
    if not about.has_keys:
        return _NO_KEYS
    return _KEYS.format(commits="git -C check rev-list main" if about.bundled else "cat commits.txt")


def _checkpoint(about: About) -> str:
    if about.signer is None:
        return _NO_CHECKPOINT
    return _SIGNED_CHECKPOINT.format(signer=about.signer) if about.signer else _UNSIGNED_CHECKPOINT
