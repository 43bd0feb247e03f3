"""Many small objects in few files: what main leads to is packed, and particulars stay as they are.

An object in a pack can only be destroyed by writing the pack anew. Particulars, which may have to be destroyed, are
therefore left out. Packs are made in a room of their own and moved in when they are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sptool.store.disk import private_folder, sync_folders
from sptool.store.git import MAIN, Git
from sptool.store.outcomes import bring_about
from sptool.store.remains import clear_unfinished, discard, mend_packs, packs_of
from sptool.store.workshop import PACKING, remove, room

_PARTS = {".idx", ".pack", ".rev"}  # of a pack that nobody asked git to treat in a special way


def pack_main(git: Git, workshop: Path) -> None:
    """Packs the objects that main leads to and that lie alone. Needs the lock on the folder."""
    mend_packs(git, packing_room(workshop))
    clear_unfinished(git.root, all_are_dead=False)
    _pack(git, workshop, f"{MAIN}\n", "--revs", "--unpacked", "--incremental", "--non-empty")
    bring_about(git, "prune-packed", "--quiet", there=lambda: _is_nothing_twice(git))


def _is_nothing_twice(git: Git) -> bool:
    """Whether nothing lies alone that is in a pack too."""
    return b"prune-packable: 0" in git.run("count-objects", "-v").splitlines()


def join_packs(git: Git, workshop: Path) -> None:
    """Makes one pack of the small ones, so that each is at least twice as large as all smaller ones together."""
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
    remove(workshop, PACKING)


def packing_room(workshop: Path) -> Path:
    """Where packs are made, on the same disk as the repository."""
    return room(workshop, PACKING)


def _pack(git: Git, workshop: Path, what: str, *options: str) -> set[str]:
    """Makes a pack and moves it in, durably.

    Returns:
        The name that it has, without ending; none where there was nothing to pack.
    """
    clear_room(workshop)
    place = private_folder(packing_room(workshop) / "pack")
    known = (git.root / ".git" / "objects").as_posix().replace("\\", "\\\\").replace('"', '\\"')
    elsewhere = {"GIT_OBJECT_DIRECTORY": str(packing_room(workshop)), "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{known}"'}
    words = ("pack-objects", "--quiet", *options, (place / "pack").as_posix())
    digests = git.run(*words, stdin=what.encode(), settings=elsewhere).decode().split()
    made = {f"pack-{digest}" for digest in digests}
    # The .idx goes last: git takes a pack for one when it has that.
    for part in sorted(place.iterdir(), key=lambda part: part.suffix == ".idx"):
        if part.stem in made:
            part.replace(private_folder(packs_of(git.root)) / part.name)
    sync_folders([packs_of(git.root)])
    clear_room(workshop)
    return made


def _plain_packs(root: Path) -> Iterator[Path]:
    """The packs that may be joined: those with nothing but their own parts, and none that a list of packs names."""
    if (packs_of(root) / "multi-pack-index").exists():
        return
    for pack in packs_of(root).glob("pack-*.pack"):
        found = {part.suffix for part in _parts(pack)}
        if ".idx" in found and found <= _PARTS:
            yield pack


def _parts(pack: Path) -> Sequence[Path]:
    return sorted(pack.parent.glob(f"{pack.stem}.*"), key=lambda part: part.suffix == ".idx")


def _remove(pack: Path) -> None:
    # Content first: without it git passes over the rest, and whatever stays is seen to be a remainder.
    for part in sorted(_parts(pack), key=lambda part: part.suffix != ".pack"):
        if not discard(part):
            return
