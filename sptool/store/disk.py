"""Writes that survive a power cut and never overwrite what somebody else put there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

if sys.platform == "darwin":
    from fcntl import F_FULLFSYNC, fcntl

    def _sync(descriptor: int) -> None:
        fcntl(descriptor, F_FULLFSYNC)  # fsync on macOS stops at the drive's own cache
else:

    def _sync(descriptor: int) -> None:
        os.fsync(descriptor)


HALF_WRITTEN = ".sptool-"
"""So begins the name of a file that is not yet what it is to become."""


def sync_folders(folders: Iterable[Path]) -> None:
    """Makes the names in these folders durable; a folder that is not there is passed over."""
    if os.name == "nt":  # Windows can't open a folder, and keeps names durable by itself
        return
    for folder in sorted(set(folders)):
        if folder.is_dir():
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                _sync(descriptor)
            finally:
                os.close(descriptor)


def private_folder(folder: Path) -> Path:
    """The folder, made with access for its owner only if it is missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def beside(target: Path, content: bytes, workshop: Path | None = None) -> Path:
    """A durable file with this content, readable by its owner only, that is to become `target`.

    Args:
        target: what the file is to become.
        workshop: where to make it, on the same disk; the target's own folder if not given.
    """
    import tempfile

    descriptor, name = tempfile.mkstemp(prefix=HALF_WRITTEN, dir=workshop or target.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        _sync(file.fileno())
    return Path(name)


def write_private(target: Path, content: bytes) -> None:
    """Writes or replaces one of sptool's own files, whole or not at all."""
    beside(target, content).replace(target)


def place(target: Path, content: bytes, workshop: Path) -> bool:
    """Puts a new file where nothing stands yet, whole or not at all.

    Args:
        target: where the file goes; its folder exists.
        workshop: a folder on the same disk to prepare it in.

    Returns:
        False if something stands there already; that is then left as it is.
    """
    prepared = beside(target, content, workshop)
    try:
        return adopt(prepared, target)
    finally:
        prepared.unlink(missing_ok=True)


def adopt(prepared: Path, target: Path) -> bool:
    """Gives a file a second name, or on a disk without hard links a new one, if the name is free.

    Returns:
        False if the name is taken; both files are then left as they are.
    """
    try:
        os.link(prepared, target)
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links
        if os.path.lexists(target):
            return False
        prepared.rename(target)  # on Windows, this too refuses to overwrite
    return True
