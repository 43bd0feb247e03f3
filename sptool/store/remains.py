"""What an interrupted git or sptool leaves among the packs: half a pack is made whole, and litter goes.

A pack counts for git once its index stands beside it. Without one its objects are only out of sight, and whoever
wrote it may be about to add the index, so a pack is never removed here. Nor is anything that somebody put there on
purpose, such as a `.keep`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from sptool.store.disk import private_folder, sync_folders
from sptool.store.git import Git, GitFailed

_MADE_FROM_A_PACK = (".idx", ".rev", ".bitmap", ".mtimes")
_SHORTEST_INDEX = 1072  # bytes: that of no object; gitformat-pack(5)
_UNFINISHED = ("tmp_*", ".tmp-*", "multi-pack-index.lock")
_BLOCK = 1 << 20
_OUT_OF_USE = 3600.0  # seconds after which nobody is still writing a file that nobody has written to


def packs_of(root: Path) -> Path:
    """Where the packs of a case folder lie."""
    return root / ".git" / "objects" / "pack"


def without_index(root: Path) -> list[Path]:
    """The packs in which git finds nothing, as their index is lost or was cut off.

    Args:
        root: the case folder.
    """
    packs = sorted(place for place in packs_of(root).glob("pack-*.pack") if place.is_file())
    return [pack for pack in packs if not _is_whole_index(pack.with_suffix(".idx"))]


def _is_whole_index(index: Path) -> bool:
    return index.exists() and index.stat().st_size >= _SHORTEST_INDEX


def mend_packs(git: Git, room: Path) -> None:
    """Gives each pack the index that it lost or never got, and clears away what lost its pack. Needs the lock.

    Args:
        room: a folder of sptool's own on the same disk, to make an index in.

    Raises:
        GitFailed: git can't read a pack that is whole.
    """
    packs = packs_of(git.root)
    for pack in without_index(git.root):
        _complete(git, pack, room)
    for ending in _MADE_FROM_A_PACK:
        for part in packs.glob(f"pack-*{ending}"):
            if not part.with_suffix(".pack").exists():
                discard(part)


def clear_unfinished(root: Path, *, all_are_dead: bool) -> None:
    """Clears away files that were never finished, if nobody is still at them.

    Args:
        all_are_dead: whether an sptool died at this work; else only what has not been written to for an hour goes.
    """
    packs = packs_of(root)
    unfinished = [file for pattern in _UNFINISHED for file in packs.glob(pattern)]
    now = _now(packs) if unfinished else 0.0
    for file in unfinished:
        with suppress(OSError):
            if all_are_dead or now - file.stat().st_mtime > _OUT_OF_USE:
                discard(file)


def _now(folder: Path) -> float:
    """The time by the clock of the disk itself, which on a share is another computer's."""
    with tempfile.TemporaryFile(dir=folder) as probe:
        return os.fstat(probe.fileno()).st_mtime


def discard(file: Path) -> bool:
    """Removes a file of git's; whether it is gone. One that another program on Windows has open stays for now."""
    with suppress(OSError):
        if os.name == "nt":  # git's files are read-only, and Windows deletes no such file
            file.chmod(0o600)
        file.unlink()
        return True
    return False


def _complete(git: Git, pack: Path, room: Path) -> None:
    """Makes a pack's index apart and puts it in its place whole: git would write it there bit by bit."""
    index = private_folder(room) / pack.with_suffix(".idx").name
    index.unlink(missing_ok=True)
    try:
        git.run("index-pack", "--no-rev-index", "-o", index.as_posix(), pack.as_posix())
        index.replace(pack.with_suffix(".idx"))
        sync_folders([pack.parent])
    except GitFailed:
        if _is_whole(pack):
            raise
        if _all_is_there(git):  # cut off in the middle, and nobody needs what it may have held
            discard(pack)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _is_whole(pack: Path) -> bool:
    """Whether a pack ends with the digest of all that stands before, which git writes last."""
    return any(_ends_with_digest(pack, name) for name in ("sha1", "sha256"))


def _ends_with_digest(pack: Path, name: str) -> bool:
    digest = hashlib.new(name, usedforsecurity=False)
    left = pack.stat().st_size - digest.digest_size
    with pack.open("rb") as file:
        while left > 0 and (block := file.read(min(left, _BLOCK))):
            digest.update(block)
            left -= len(block)
        return left == 0 and file.read() == digest.digest()


def _all_is_there(git: Git) -> bool:
    """Whether everything that any branch, tag or particulars ref leads to can be read."""
    with suppress(GitFailed):
        git.run("rev-list", "--objects", "--all", "--quiet")
        return True
    return False
