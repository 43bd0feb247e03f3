"""Many small objects in few files: what main leads to is packed, and particulars stay as they are.

An object in a pack can only be destroyed by writing the pack anew. Particulars, which may have to be destroyed, are
therefore left out. Packs are made in a room of their own and moved in when they are whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sptool.store.disk import private_folder, sync_folders
from sptool.store.git import MAIN, Git

_PARTS = {".idx", ".pack", ".rev"}  # of a pack that nobody asked git to treat in a special way


def pack_main(git: Git, workshop: Path) -> None:
    """Packs the objects that main leads to and that lie alone. Needs the lock on the folder."""
    _pack(git, workshop, f"{MAIN}\n", "--revs", "--unpacked", "--incremental", "--non-empty")
    git.run("prune-packed", "--quiet")


def join_packs(git: Git, workshop: Path) -> None:
    """Makes one pack of the small ones, so that each is at least twice as large as all smaller ones together."""
    _remove_remains(_packs(git.root))
    joined = small_ones({pack: pack.stat().st_size for pack in _plain_packs(git.root)})
    if joined:
        # One by one rather than --stdin-packs, which walks the whole history first. And no window: what is stored as
        # a difference stays so, and the rest is copied as it is.
        made = _pack(git, workshop, "".join(f"{oid}\n" for oid in _in_packs(git, joined)), "--window=0")
        for pack in joined:
            if pack.stem not in made:
                _remove(pack)


def small_ones(sizes: dict[Path, int]) -> list[Path]:
    """The packs that are to become one; none if they are few and unequal enough.

    Args:
        sizes: how many bytes each takes.
    """
    ordered = sorted(sizes, key=lambda pack: sizes[pack])
    total, joined = 0, 0
    for number, pack in enumerate(ordered, start=1):
        if sizes[pack] < 2 * total:
            joined = number
        total += sizes[pack]
    return ordered[:joined]


def _in_packs(git: Git, packs: Iterable[Path]) -> Iterator[str]:
    """The ids of the objects in these packs, in the order in which they lie there."""
    for pack in packs:
        listed = git.run("show-index", stdin=pack.with_suffix(".idx").read_bytes()).decode().splitlines()
        for line in sorted(listed, key=lambda line: int(line.split()[0])):
            yield line.split()[1]


def clear_room(workshop: Path) -> None:
    """Clears away packs that were never finished."""
    shutil.rmtree(_room(workshop), ignore_errors=True)


def _room(workshop: Path) -> Path:
    return workshop / "packing"


def _packs(root: Path) -> Path:
    return root / ".git" / "objects" / "pack"


def _pack(git: Git, workshop: Path, what: str, *options: str) -> set[str]:
    """Makes a pack and moves it in, durably.

    Returns:
        The name that it has, without ending; none where there was nothing to pack.
    """
    clear_room(workshop)
    place = private_folder(_room(workshop) / "pack")
    known = (git.root / ".git" / "objects").as_posix().replace("\\", "\\\\").replace('"', '\\"')
    elsewhere = {"GIT_OBJECT_DIRECTORY": str(_room(workshop)), "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{known}"'}
    git.run("pack-objects", "--quiet", *options, (place / "pack").as_posix(), stdin=what.encode(), settings=elsewhere)
    # The .idx goes last: git takes a pack for one when it has that.
    made = sorted(place.iterdir(), key=lambda part: part.suffix == ".idx")
    for part in made:
        part.replace(private_folder(_packs(git.root)) / part.name)
    sync_folders([_packs(git.root)])
    clear_room(workshop)
    return {part.stem for part in made}


def _plain_packs(root: Path) -> Iterator[Path]:
    """The packs that may be joined: those with nothing but their own parts, and none that a list of packs names."""
    if (_packs(root) / "multi-pack-index").exists():
        return
    for pack in _packs(root).glob("*.pack"):
        if {part.suffix for part in _parts(pack)} <= _PARTS:
            yield pack


def _parts(pack: Path) -> Sequence[Path]:
    return sorted(pack.parent.glob(f"{pack.stem}.*"), key=lambda part: part.suffix == ".idx")


def _remove(pack: Path) -> None:
    # Content first: without it git passes over the rest, and whatever stays is seen to be a remainder.
    for part in sorted(_parts(pack), key=lambda part: part.suffix != ".pack"):
        with suppress(OSError):  # Windows: another program reads it; the next time, then
            if os.name == "nt":
                part.chmod(0o600)
            part.unlink()


def _remove_remains(packs: Path) -> None:
    """Removes what is left of packs whose removal was cut short."""
    for index in packs.glob("*.idx"):
        if not index.with_suffix(".pack").exists():
            _remove(index.with_suffix(".pack"))
