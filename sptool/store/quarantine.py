"""Where a step's private objects wait until the step is about to be recorded.

Nothing private enters the repository's own objects before everything that can be refused has been. What was let in
for a step that then never happened can be told from what was there before, because both names lead to one file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sptool.store.disk import adopt, private_folder, sync_folders


def quarantined(root: Path, workshop: Path) -> dict[str, str]:
    """The environment in which git writes new objects into quarantine and still reads all others.

    Args:
        root: the case folder.
        workshop: its `.git/sptool`.
    """
    known = (root / ".git" / "objects").as_posix().replace("\\", "\\\\").replace('"', '\\"')
    return {
        "GIT_OBJECT_DIRECTORY": str(private_folder(_place(workshop))),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{known}"',
    }


def let_in(root: Path, workshop: Path) -> None:
    """Makes the quarantined objects the repository's own, durably."""
    pairs = list(_pairs(root, workshop))
    for waiting, own in pairs:
        own.parent.mkdir(exist_ok=True)
        adopt(waiting, own)
    store = root / ".git" / "objects"
    sync_folders([store, *(own.parent for _, own in pairs)])


def throw_out(root: Path, workshop: Path) -> None:
    """Destroys the quarantined objects, also those that were let in for this step, and no others."""
    for waiting, own in _pairs(root, workshop):
        if own.exists() and own.samefile(waiting):
            _unlink(own)
    end_quarantine(workshop)


def end_quarantine(workshop: Path) -> None:
    """Clears the place where objects wait; what was let in stays."""
    place = _place(workshop)
    if not place.exists():
        return
    for path in sorted(place.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            _unlink(path)
    place.rmdir()


def _place(workshop: Path) -> Path:
    return workshop / "objects"


def _pairs(root: Path, workshop: Path) -> Iterator[tuple[Path, Path]]:
    """Each object that waits, and where it belongs."""
    for waiting in sorted(_place(workshop).glob("[0-9a-f][0-9a-f]/*")):
        if not waiting.name.startswith("tmp_"):
            yield waiting, root / ".git" / "objects" / waiting.parent.name / waiting.name


def _unlink(path: Path) -> None:
    if os.name == "nt":  # git's objects are read-only, and Windows deletes no such file
        path.chmod(0o600)
    path.unlink()
