"""Where a step's private objects wait until the step is about to be recorded.

Nothing private enters the repository's own objects before everything that can be refused has been. What was let in
for a step that then never happened can be told from what was there before, because both names lead to one file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from sptool.store.disk import adopt, sync_folders
from sptool.store.links import destroy
from sptool.store.workshop import OBJECTS, inside, remove, room

_NAME = re.compile(r"[0-9a-f]{2}/([0-9a-f]{38}|[0-9a-f]{62})")  # of an object's file


def quarantined(root: Path, workshop: Path) -> dict[str, str]:
    """The environment in which git writes new objects into quarantine and still reads all others.

    Args:
        root: the case folder.
        workshop: its `.git/sptool`.
    """
    known = (root / ".git" / "objects").as_posix().replace("\\", "\\\\").replace('"', '\\"')
    return {
        "GIT_OBJECT_DIRECTORY": str(room(workshop, OBJECTS)),
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


def throw_out(root: Path, workshop: Path, used: Collection[str] = ()) -> None:
    """Destroys the quarantined objects, also those that were let in for this step, and no others.

    Args:
        root: the case folder.
        workshop: its `.git/sptool`.
        used: ids of objects that stay, whatever lies in quarantine.
    """
    for waiting, own in _pairs(root, workshop):
        object_id = f"{own.parent.name}{own.name}"
        is_ours = own.exists() and own.samefile(waiting)
        if is_ours and object_id not in used:
            destroy(own)
    end_quarantine(workshop)


def end_quarantine(workshop: Path) -> None:
    """Clears the place where objects wait; what was let in stays."""
    remove(workshop, OBJECTS)


def _pairs(root: Path, workshop: Path) -> Iterator[tuple[Path, Path]]:
    """Each object that waits, and where it belongs."""
    for waiting in inside(workshop, OBJECTS):
        if _NAME.fullmatch(f"{waiting.parent.name}/{waiting.name}"):
            yield waiting, root / ".git" / "objects" / waiting.parent.name / waiting.name
