"""Judges the signature of a checkpoint by the register as it was at the checkpoint's commit."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.audit.checkpoints import BARE, NAMESPACE, SIGNATURE, UNSIGNED, Checkpoint
from sptool.audit.findings import Finding
from sptool.audit.signatures_proof import proved
from sptool.records.keyring import Keyring
from sptool.store.folder import CaseFolder
from sptool.store.keyrings import read_keyring
from sptool.store.sshsig import UnreadableSignature, read_signature


def signature_findings(folder: CaseFolder, checkpoint: Checkpoint, commit: str) -> Iterator[Finding]:
    """What stands against a checkpoint's signature; where it has none by its own word, that is only noted.

    Args:
        folder: the case folder.
        checkpoint: the checkpoint.
        commit: the commit that it speaks of, which is there.
    """
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
