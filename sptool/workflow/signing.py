"""Who may add or retire a signing key, and require signing. Pure: the keys in force go in, a refusal comes out."""

from __future__ import annotations

from sptool.records.keyring import Key, Keyring

_FIRST_SIGN_ON = "Sign on first: sptool sign-on"


def refuse_key_added(keyring: Keyring, key: Key, recorded_by: str, *, afresh: bool) -> tuple[str, str] | None:
    """Why a key can't be added now, with what to do; None if it can.

    Args:
        afresh: that trust starts anew, because no trusted key can be used any more.
    """
    if key.fingerprint in keyring.retired:
        return "This key was retired, and a retired key never comes back.", "Make another: sptool sign-on --make"
    if any(known.fingerprint == key.fingerprint for known in keyring.keys):
        return "This key is in the register already.", "To see every key: sptool key list"
    if starts_trust(keyring, afresh=afresh):
        return None if key.officer == recorded_by else ("The first key of a folder is one's own.", _FIRST_SIGN_ON)
    return refuse_untrusted(keyring, recorded_by)


def starts_trust(keyring: Keyring, *, afresh: bool) -> bool:
    """Whether a key is taken on its officer's word alone: the folder's first, or one that starts afresh.

    Args:
        keyring: the keys that count before it.
        afresh: that the officer says why no trusted key can vouch for it. An audit shows that for ever.
    """
    return afresh or not keyring.keys


def refuse_key_retired(keyring: Keyring, fingerprint: str, recorded_by: str) -> tuple[str, str] | None:
    """Why a key can't be retired now, with what to do; None if it can."""
    if all(key.fingerprint != fingerprint for key in keyring.in_force):
        return "No key in force has this fingerprint.", "To see every key: sptool key list"
    if len(keyring.in_force) == 1 and keyring.required:
        return (
            "This is the last key, and signing is required here, so nobody could record anything after it.",
            "Add another first: sptool sign-on --make, or: sptool sign-on --no-longer-require",
        )
    return refuse_untrusted(keyring, recorded_by)


def refuse_untrusted(keyring: Keyring, recorded_by: str) -> tuple[str, str] | None:
    """Why an officer may not decide about keys, with what to do; None if the officer has a key in force."""
    if keyring.keys_of((recorded_by,)):
        return None
    return "Only an officer who signs may add or retire a key, or require signing.", _FIRST_SIGN_ON
