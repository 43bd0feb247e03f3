"""Proves SSH signatures in this process: Ed25519, RSA with SHA-2, and ECDSA on the NIST curves.

Stock `ssh-keygen -Y verify` does the same; a test holds the two against each other.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_ssh_public_key

from sptool.store.sshsig import SshSignature, UnreadableSignature, key_blob, signed_message, strings

Outcome = Literal["good", "broken", "unknown-kind"]
_DIGESTS = {"sha256": hashlib.sha256, "sha512": hashlib.sha512}
_RSA: dict[bytes, hashes.HashAlgorithm] = {b"rsa-sha2-256": hashes.SHA256(), b"rsa-sha2-512": hashes.SHA512()}
_CURVES: dict[bytes, tuple[str, hashes.HashAlgorithm]] = {
    b"ecdsa-sha2-nistp256": ("secp256r1", hashes.SHA256()),
    b"ecdsa-sha2-nistp384": ("secp384r1", hashes.SHA384()),
    b"ecdsa-sha2-nistp521": ("secp521r1", hashes.SHA512()),
}
_SMALLEST_RSA = 2048  # bits

PublicKey = ed25519.Ed25519PublicKey | rsa.RSAPublicKey | ec.EllipticCurvePublicKey


def proved(signature: SshSignature, public_key: str, namespace: str, message: bytes) -> Outcome:
    """Whether a signature was made with a key over exactly this message.

    Args:
        public_key: the key that it should be made with: algorithm and public half.
        namespace: what it should be a signature for.

    Returns:
        `good`; `broken`; or `unknown-kind` where this program can't tell, because of the kind of key or digest.
    """
    key = _loaded(public_key)
    if key is None or signature.hash_algorithm not in _DIGESTS:
        return "unknown-kind"
    if signature.namespace != namespace or signature.public_key != key_blob(public_key):
        return "broken"
    digest = _DIGESTS[signature.hash_algorithm](message).digest()
    try:
        algorithm, proper = strings(signature.signature, 2)
        _prove(key, algorithm, proper, signed_message(signature, digest))
    except (InvalidSignature, UnreadableSignature):
        return "broken"
    return "good"


@lru_cache(maxsize=256)
def _loaded(public_key: str) -> PublicKey | None:
    try:
        key = load_ssh_public_key(public_key.encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    if isinstance(key, rsa.RSAPublicKey):
        return key if key.key_size >= _SMALLEST_RSA else None
    return key if isinstance(key, ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey) else None


def _prove(key: PublicKey, algorithm: bytes, proper: bytes, message: bytes) -> None:
    if isinstance(key, ed25519.Ed25519PublicKey):
        if algorithm != b"ssh-ed25519":
            raise UnreadableSignature("another algorithm than the key's")
        key.verify(proper, message)
    elif isinstance(key, rsa.RSAPublicKey):
        if algorithm not in _RSA:
            raise UnreadableSignature("SHA-1 is no longer safe")
        key.verify(proper.rjust(key.key_size // 8, b"\0"), message, padding.PKCS1v15(), _RSA[algorithm])
    else:
        _prove_on_curve(key, algorithm, proper, message)


def _prove_on_curve(key: ec.EllipticCurvePublicKey, algorithm: bytes, proper: bytes, message: bytes) -> None:
    curve, digest = _CURVES.get(algorithm, ("", hashes.SHA512()))
    if curve != key.curve.name:
        raise UnreadableSignature("another curve than the key's")
    r, s = (int.from_bytes(part) for part in strings(proper, 2))
    key.verify(encode_dss_signature(r, s), message, ec.ECDSA(digest))
