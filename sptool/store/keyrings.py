"""Reads from the register which signing keys count."""

from __future__ import annotations

from pydantic import ValidationError

from sptool.errors import UnfitFile
from sptool.records.header import REGISTER, Record
from sptool.records.keyring import Keyring
from sptool.records.order import causal_order
from sptool.records.plain import model_of
from sptool.store.folder import CaseFolder
from sptool.store.reading import Snapshot
from sptool.text.yaml import read_plain


def read_keyring(folder: CaseFolder, commit: str) -> Keyring:
    """The keys that count at a commit, as its register says; whether each was rightly added is for `sptool verify`.

    Args:
        folder: the case folder.
        commit: the commit's id.
    """
    snapshot = Snapshot(folder, commit)
    read = snapshot.read(snapshot.paths(REGISTER))
    records = (_record(path, content) for path, content in read.items())
    return Keyring.of(causal_order([record for record in records if record]))


def _record(path: str, content: bytes) -> Record | None:
    """A record of the register; None for one that this program can't read, which says nothing about keys."""
    try:
        data = read_plain(content, path)
        model = model_of(data)
        return None if isinstance(model, str) else model.model_validate(data)
    except (UnfitFile, ValidationError):
        return None
