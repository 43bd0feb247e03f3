"""The proof that a history has only grown since a checkpoint: how far it went then, and who signed that."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.audit.checkpoints import NAMESPACE, UNSIGNED, Checkpoint, commits_that, extent, read_checkpoint, said_of
from sptool.audit.findings import Finding
from sptool.audit.signatures_proof import proved
from sptool.records.keyring import Keyring
from sptool.store.folder import CaseFolder
from sptool.store.keyrings import read_keyring
from sptool.store.sshsig import UnreadableSignature, read_signature

OTHER = "checkpoint-of-another-folder"
GONE = "checkpoint-gone"
DIFFERS = "checkpoint-differs"
SIGNATURE = "checkpoint-signature"
BARE = "checkpoint-unsigned"


def check_against(folder: CaseFolder, content: bytes) -> Iterator[Finding]:
    """What stands against the history having only grown since a checkpoint; nothing where it has.

    Args:
        content: the bytes of the checkpoint's file, signature included.

    Raises:
        UsageError: it is no checkpoint.
    """
    checkpoint = read_checkpoint(content)
    commit = str(checkpoint.said["commit"])
    if checkpoint.said["folder"] != folder.settings.prefix:
        yield Finding(OTHER, "failed", "the checkpoint is of another folder", commit, fields=("folder",))
        return
    if not _there(folder, commit):
        yield Finding(
            GONE, "failed", "the commit of the checkpoint is not in this folder: history was replaced", commit
        )
        return
    if commits_that(folder, "-1", commit, "^refs/heads/main"):
        yield Finding(GONE, "failed", "main no longer leads to the commit of the checkpoint", commit)
    yield from _differences(folder, checkpoint, commit)
    yield from _signature(folder, checkpoint, commit)


def _there(folder: CaseFolder, commit: str) -> bool:
    if len(commit) not in (40, 64) or set(commit) - set("0123456789abcdef"):
        return False
    answer = folder.git.run("cat-file", "--batch-check=%(objecttype)", stdin=f"{commit}\n".encode())
    return answer.decode().strip() == "commit"


def _differences(folder: CaseFolder, checkpoint: Checkpoint, commit: str) -> Iterator[Finding]:
    reached = extent(folder, commit)
    wanted = {**said_of(folder, reached), "cases": dict(reached.cases)}
    wrong = tuple(name for name, value in wanted.items() if checkpoint.said[name] != value)
    if wrong:
        what = "the commit does not hold what the checkpoint says of it"
        yield Finding(DIFFERS, "failed", what, commit, fields=wrong)


def _signature(folder: CaseFolder, checkpoint: Checkpoint, commit: str) -> Iterator[Finding]:
    """What stands against a checkpoint's signature; where it has none by its own word, that is only noted."""
    keyring = read_keyring(folder, commit)
    if checkpoint.signature:
        if why := _refuted(checkpoint, keyring):
            yield Finding(SIGNATURE, "failed", why, commit)
        return
    if checkpoint.said["signed_with"] != UNSIGNED or keyring.must_sign((str(checkpoint.said["made_by"]),)):
        yield Finding(SIGNATURE, "failed", "the checkpoint has lost its signature", commit)
    else:
        what = "the checkpoint is not signed: it proves as much as the place where it was kept"
        yield Finding(BARE, "noted", what, commit)


def _refuted(checkpoint: Checkpoint, keyring: Keyring) -> str:
    """Why a signature does not hold; empty if it does."""
    try:
        signature = read_signature(checkpoint.signature)
    except UnreadableSignature:
        return "the checkpoint's signature is damaged"
    key = next((key for key in keyring.in_force if key.fingerprint == signature.fingerprint), None)
    if key is None:
        return "the checkpoint is signed with a key that was not in force at its commit"
    if key.officer != checkpoint.said["made_by"] or key.fingerprint != checkpoint.said["signed_with"]:
        return "the checkpoint is signed by another officer than it says"
    if proved(signature, key.public_key, NAMESPACE, checkpoint.text) != "good":
        return "the checkpoint was changed after it was signed"
    return ""
