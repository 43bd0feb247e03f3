"""Reads from the register which signing keys count."""

from __future__ import annotations

from sptool.records.keyring import Keyring
from sptool.store.casebook import read_register
from sptool.store.folder import CaseFolder
from sptool.store.reading import Snapshot


def read_keyring(folder: CaseFolder, commit: str) -> Keyring:
    """The keys that count at a commit, as its register says; whether each was rightly added is for `sptool verify`.

    Raises:
        UnfitFolder: git has lost a part of the register, which may say that a key no longer counts.
    """
    return Keyring.of(read_register(Snapshot(folder, commit)).records)
