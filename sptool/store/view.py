"""The working tree and git's index: a view of what is recorded, kept up with it, and the user's own otherwise.

What the user edited, staged or put there is never overwritten and never recorded.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sptool.errors import UnfitFolder
from sptool.store.disk import place, sync_folders
from sptool.store.git import MAIN, Git
from sptool.store.links import destroy, leads_elsewhere
from sptool.store.outcomes import bring_about
from sptool.store.reading import COMMIT_ID, objects
from sptool.store.refs import holds
from sptool.store.workshop import leftovers, own, read, write

_SHOWN = "shown"
_INDEX_MARK = b"sptool\n"
_INDEX_PATIENCE = 3.0  # seconds


def show(git: Git, workshop: Path, commit: str, blobs: Mapping[str, str]) -> list[str]:
    """Brings files just recorded into the working tree and the index. Needs the lock on the folder.

    Args:
        commit: the commit with which the view is then up to date.
        blobs: the files: path and blob id.

    Returns:
        What could not be shown, in plain English.
    """
    said = _place_all(git, workshop, blobs)
    _add_to_index(git, workshop, blobs)
    note_shown(workshop, commit)
    return said


def note_shown(workshop: Path, commit: str) -> None:
    """Notes that the view is up to date with a commit."""
    write(workshop, _SHOWN, commit.encode())


def catch_up(git: Git, workshop: Path, commit: str) -> list[str]:
    """Completes the view of steps whose sptool died before it could. Needs the lock on the folder.

    Args:
        commit: the head of main.

    Returns:
        What was done, and what is left to the user, in plain English.
    """
    for leftover in leftovers(workshop):
        destroy(leftover)
    shown = (read(workshop, _SHOWN) or b"").decode("ascii", "replace")
    if shown == commit:
        return []
    return _complete(git, workshop, commit, _added(git, shown, commit))


def _complete(git: Git, workshop: Path, commit: str, added: Mapping[str, str]) -> list[str]:
    indexed = _indexed(git) if added else set()
    missing = {path for path in added if not os.path.lexists(git.root / path)}
    unfinished = {path: blob for path, blob in added.items() if path not in indexed}
    said = [
        f"{path} was deleted by hand; the record is safe. To see the file again: git restore {path}"
        for path in sorted(missing & indexed)
    ]
    said += [f"{path} is recorded; its file was missing and is put back" for path in sorted(missing - indexed)]
    return [*said, *show(git, workshop, commit, unfinished)]


def _added(git: Git, shown: str, commit: str) -> dict[str, str]:
    if not COMMIT_ID.fullmatch(shown) or not holds(git, commit, shown):
        return {}  # nothing noted; or the user moved main to another line of history, and git brought the files along
    listed = git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--diff-filter=A", shown, commit)
    parts = listed.decode(errors="surrogateescape").split("\0")
    changes = ((about.split(" "), path) for about, path in zip(parts[::2], parts[1::2], strict=False))
    return {path: about[3] for about, path in changes if about[1] == "100644"}


def _indexed(git: Git) -> set[str]:
    listed = git.run("ls-files", "-z", "--cached").decode(errors="surrogateescape")
    return set(listed.split("\0"))


def _place_all(git: Git, workshop: Path, blobs: Mapping[str, str]) -> list[str]:
    contents = zip(blobs, objects(git, blobs.values()), strict=True)
    said = [_place(git.root, workshop, path, content) for path, (_, content) in contents]
    parents = {git.root / parent for path in blobs for parent in Path(path).parents}
    sync_folders(parents)
    return [line for line in said if line]


def _place(root: Path, workshop: Path, path: str, content: bytes) -> str:
    target = root / path
    if not _open_way(root, target.parent):
        return f"{path} is recorded, but its folder can't be made: something else stands in the way"
    if place(target, content, workshop) or _same(target, content):
        return ""
    return f"{path} is recorded, but another file stands in its place; that was left as it is"


def _open_way(root: Path, folder: Path) -> bool:
    if folder == root:
        return True
    if leads_elsewhere(folder) or not _open_way(root, folder.parent):
        return False
    if not folder.exists():
        folder.mkdir(mode=0o700)
    return folder.is_dir()


def _same(target: Path, content: bytes) -> bool:
    return target.is_file() and not leads_elsewhere(target) and target.read_bytes() == content


def _add_to_index(git: Git, workshop: Path, blobs: Mapping[str, str]) -> None:
    """Adds entries to git's index on a copy of it, so that a crash leaves either the old one or the new one."""
    if not blobs:
        return
    lines = "".join(f"100644 {blob} 0\t{path}\0" for path, blob in blobs.items())
    index, copy = git.root / ".git" / "index", own(workshop, "index")
    with _index_lock(index.with_name("index.lock"), workshop):
        for stale in (copy, own(workshop, "index.lock")):
            destroy(stale)
        if index.exists():
            _share(index, copy)
        # Version 4 writes what paths have in common once: a fifth less to write at each step in a large folder.
        words = ("update-index", "--index-version", "4", "-z", "--index-info")
        entries, where = lines.encode(errors="surrogateescape"), {"GIT_INDEX_FILE": str(copy)}

        def added() -> bool:
            listed = git.run("ls-files", "-s", "-z", settings=where)
            return set(listed.split(b"\0")) >= set(entries.split(b"\0"))

        bring_about(git, *words, there=added, stdin=entries, settings=where)
        copy.replace(index)
        sync_folders([index.parent])


def _share(index: Path, copy: Path) -> None:
    """The index under a second name; git never writes into an index, it puts a new one in its place."""
    try:
        os.link(index, copy)
    except OSError:  # a disk without hard links
        shutil.copy2(index, copy)  # with its times: git tells by them which entries to look at again


@contextmanager
def _index_lock(lock: Path, workshop: Path) -> Iterator[None]:
    """Holds git's own lock on the index, under a mark by which a lock left by a dead sptool is known."""
    until = time.monotonic() + _INDEX_PATIENCE
    if _same(lock, _INDEX_MARK):  # nobody else can hold it so: we have the lock on the folder
        lock.unlink()
    while not place(lock, _INDEX_MARK, workshop):
        if time.monotonic() >= until:
            raise UnfitFolder(
                "Another git program is at work in the case folder.",
                "Wait until it is done. If none is running, delete .git/index.lock in the case folder.",
            )
        time.sleep(0.02)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def main_is_checked_out(git: Git) -> bool:
    """Whether the working tree shows the branch on which steps are recorded."""
    with suppress(OSError):
        if (git.root / ".git" / "HEAD").read_bytes() == f"ref: {MAIN}\n".encode():
            return True
    return git.run("rev-parse", "--symbolic-full-name", "HEAD").decode().strip() == MAIN
