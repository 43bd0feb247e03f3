"""The locks that git leaves behind when it is killed or the power fails; each would stop every later command."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from sptool.store.graphs import locks_of_graphs
from sptool.store.links import below, is_folder

_PATIENCE = 1.0  # seconds; git holds a ref's lock for milliseconds
_PAUSE = 0.02  # seconds between two looks


def clear_locks(root: Path) -> None:
    """Removes git's locks on refs, their logs and its lists. Needs the lock on the folder, and a mark left by a sptool
    that died: then no git of ours lives, and somebody's own git has had its time.
    """
    until = time.monotonic() + _PATIENCE
    while (left := list(_locks(root))) and time.monotonic() < until:
        time.sleep(_PAUSE)
    for lock in left:
        lock.unlink(missing_ok=True)


def _locks(root: Path) -> Iterator[Path]:
    names = ("HEAD.lock", "packed-refs.lock", "packed-refs.new")
    yield from (place for name in names if os.path.lexists(place := root / ".git" / name))
    for folder in ("refs", "logs"):
        found = below(root / ".git" / folder)
        yield from (place for place in found if place.suffix == ".lock" and not is_folder(place))
    yield from locks_of_graphs(root)
