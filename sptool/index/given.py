"""What may stand in the place of the index when a folder comes from somebody else, looked at before SQLite acts on it.

SQLite follows links, writes into a file whatever other names it has, and when it finds a journal that names a further
file it deletes that file, wherever it is.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from sptool.store.links import destroy, is_odd, leads_elsewhere

BESIDE = ("-journal", "-wal", "-shm")
"""The endings of what SQLite keeps beside its file."""
_NAMES_ANOTHER = bytes.fromhex("d9d505f920a163d7")  # ends a journal in which another is named; ours never name one


def clear_the_way(file: Path) -> None:
    """Takes away what SQLite must not act on. Of a link only the link goes, and the index can be lost without loss.

    Raises:
        OSError: its folder is only a link, so no index is kept.
    """
    if leads_elsewhere(file.parent):
        raise OSError(errno.ELOOP, "the folder is only a link")
    places = [*_beside(file), file]
    if any(is_odd(place, most_names=1) for place in places) or _names_another(file):
        for place in places:
            destroy(place)


def _beside(file: Path) -> list[Path]:
    return [file.with_name(file.name + ending) for ending in BESIDE]


def _names_another(file: Path) -> bool:
    journal = file.with_name(f"{file.name}-journal")
    try:
        with journal.open("rb") as opened:
            size = opened.seek(0, os.SEEK_END)
            opened.seek(max(0, size - len(_NAMES_ANOTHER)))
            return opened.read() == _NAMES_ANOTHER
    except FileNotFoundError:
        return False
