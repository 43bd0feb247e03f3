"""What the history is today, in a small signed statement to keep elsewhere; and the same as a page for minutes."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from sptool.desk.session import Session
from sptool.text.english import british

if TYPE_CHECKING:
    from sptool.audit.checkpoints import Extent


def make(session: Session) -> tuple[bytes, Extent, str]:
    """A checkpoint of the folder as it is now.

    Returns:
        The content of its file, how far the history goes, and the fingerprint of the key that signed it, or nothing.

    Raises:
        StepRefused: the officer's steps are signed, and the key is not available.
    """
    from sptool.audit.checkpoints import NAMESPACE, UNSIGNED, extent, statement
    from sptool.store.keyrings import read_keyring
    from sptool.store.signing import key_for, sign

    me, author = session.officer
    folder, commit = session.folder, session.book.commit
    key = key_for(folder.root, read_keyring(folder, commit), author.email)
    reached = extent(folder, commit)
    signed_with = key.fingerprint if key else ""
    text = statement(folder, reached, me, session.clock.now, signed_with or UNSIGNED)
    return text + (sign(key, NAMESPACE, text) if key else b""), reached, signed_with


def as_page(session: Session, name: str, content: bytes, reached: Extent, signed_with: str) -> bytes:
    """The page, in the format that its file's name ends in.

    Args:
        signed_with: the fingerprint of the key that signed it; empty if it is not signed.
    """
    from sptool.desk.letters.made import chosen_format
    from sptool.documents.formats.about import About
    from sptool.documents.formats.converting import in_format

    about = About("Checkpoint", "", session.folder.settings.partnership, session.clock.today)
    return in_format(chosen_format("", name), markdown(session, content, reached, signed_with), about)


def markdown(session: Session, content: bytes, reached: Extent, signed_with: str) -> str:
    """The page's text."""
    rows = {
        "Case folder": f"`{session.folder.settings.prefix}`",
        "Day": british(session.clock.today),
        "Cases": f"{len(reached.cases):,}",
        "Records of cases": f"{reached.records:,}",
        "Records of the register": f"{reached.register_records:,}",
        "Commits": f"{reached.commits:,}",
        "Newest commit": f"`{reached.commit}`",
        "Digest of the register": f"`{reached.register_sha256}`",
        "Digest of every file": f"`{reached.files_sha256}`",
        "Made by the officer": f"`{session.officer[0]}`",
        "Signed with the key": f"`{signed_with}`" if signed_with else "not signed",
        "Digest of the checkpoint's file": f"`{sha256(content).hexdigest()}`",
    }
    table = "\n".join(f"| {name} | {value} |" for name, value in rows.items())
    return f"{_HEADING}\n\n{_practice(session)}{_OPENING}\n\n| What | Which |\n|---|---|\n{table}\n\n{_CLOSING}\n"


def _practice(session: Session) -> str:
    return "**Practice folder: no real cases.**\n\n" if session.folder.settings.training else ""


_HEADING = "# Checkpoint"

_OPENING = (
    "This page says what the history of the case folder was on one day. It names no child and no family. Kept in "
    "minutes, it lets anybody show later that nothing recorded before that day was changed or taken away."
)

_CLOSING = (
    "To check it: `sptool verify --against FILE`, with the checkpoint's file; its SHA-256 is in the last row. Without "
    "sptool: the newest commit named here must be listed by `git log` of the folder, and the digests are made with "
    "`sha256sum`. A digest is written in hexadecimal digits."
)
