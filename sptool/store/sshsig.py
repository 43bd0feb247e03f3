"""Takes an SSH signature apart, as `ssh-keygen -Y sign` and git make them (OpenSSH's PROTOCOL.sshsig)."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

BEGIN = b"-----BEGIN SSH SIGNATURE-----"
END = b"-----END SSH SIGNATURE-----"
_ARMOR = re.compile(re.escape(BEGIN) + rb"([A-Za-z0-9+/=\s]+)" + re.escape(END) + rb"\s*")
_MAGIC = b"SSHSIG"
_VERSION = 1
_LONGEST = 64 * 1024


class UnreadableSignature(ValueError):
    """Bytes that are no SSH signature."""


@dataclass(frozen=True, slots=True)
class SshSignature:
    """An SSH signature.

    Args:
        public_key: the signer's public key, in SSH's binary form.
        namespace: what it is a signature for, such as `git`.
        hash_algorithm: how the message was digested before it was signed.
        signature: the signature proper, in SSH's binary form.
    """

    public_key: bytes
    namespace: str
    hash_algorithm: str
    signature: bytes

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the signer's key."""
        return fingerprint_of(self.public_key)


def read_signature(armored: bytes) -> SshSignature:
    """An SSH signature from its text.

    Raises:
        UnreadableSignature: it is none.
    """
    found = _ARMOR.fullmatch(armored.strip() + b"\n") if len(armored) <= _LONGEST else None
    if found is None:
        raise UnreadableSignature("not an SSH signature")
    try:
        blob = base64.b64decode(b"".join(found[1].split()), validate=True)
    except binascii.Error:
        raise UnreadableSignature("not an SSH signature") from None
    if not blob.startswith(_MAGIC) or int.from_bytes(blob[6:10]) != _VERSION:
        raise UnreadableSignature("another version of signature")
    key, namespace, reserved, algorithm, signature = strings(blob[10:], 5)
    del reserved  # for whatever a later version of the format puts there
    return SshSignature(key, namespace.decode("utf-8", "replace"), algorithm.decode("ascii", "replace"), signature)


def strings(blob: bytes, count: int) -> list[bytes]:
    """The parts of a blob of SSH's: each is its length in four bytes, then its bytes. Nothing may follow the last.

    Raises:
        UnreadableSignature: it is not of this form.
    """
    parts: list[bytes] = []
    at = 0
    for _ in range(count):
        end = at + 4 + int.from_bytes(blob[at : at + 4])
        if at + 4 > len(blob) or end > len(blob):
            raise UnreadableSignature("cut short")
        parts.append(blob[at + 4 : end])
        at = end
    if at != len(blob):
        raise UnreadableSignature("more than there should be")
    return parts


def string(content: bytes) -> bytes:
    """One part of a blob of SSH's."""
    return len(content).to_bytes(4) + content


def signed_message(signature: SshSignature, digest: bytes) -> bytes:
    """What the signature proper is made over.

    Args:
        digest: the message's digest, by the signature's own hash algorithm.
    """
    parts = (signature.namespace.encode(), b"", signature.hash_algorithm.encode(), digest)
    return _MAGIC + b"".join(string(part) for part in parts)


def fingerprint_of(public_key: bytes) -> str:
    """A key's fingerprint, as `ssh-keygen -l` shows it.

    Args:
        public_key: in SSH's binary form.
    """
    return "SHA256:" + base64.b64encode(sha256(public_key).digest()).decode().rstrip("=")


def key_blob(public_key: str) -> bytes:
    """A public key in SSH's binary form.

    Args:
        public_key: the first two words of a public key file.

    Raises:
        UnreadableSignature: it is none, or its two words say different things.
    """
    algorithm, _, encoded = public_key.partition(" ")
    try:
        blob = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise UnreadableSignature("not a public key") from None
    if blob[4 : 4 + int.from_bytes(blob[:4])] != algorithm.encode():
        raise UnreadableSignature("not a public key")
    return blob
