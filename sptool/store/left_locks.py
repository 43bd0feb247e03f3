"""The locks that git leaves behind when it is killed or the power fails; each would stop every later command."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sptool.store.links import below, is_folder

_PATIENCE = 1.0  # seconds; git holds a ref's lock for milliseconds
_PAUSE = 0.02  # seconds between two looks


def clear_locks(root: Path) -> None:
    """Removes git's locks on refs, their logs and its lists. Needs the lock on the folder, and a mark left by a sptool
    that died: then no git of ours lives, and somebody's own git has had its time.
    """
    _clear(root, _locks)


def clear_locks_of_graphs(root: Path) -> None:
    """Removes what git left where it was killed while it wrote a list of commits, which can be made anew."""
    _clear(root, _locks_of_graphs)


def _clear(root: Path, find: Callable[[Path], Iterable[Path]]) -> None:
    """Clears them away, once a git that may still be at it has had its time."""
    until = time.monotonic() + _PATIENCE
    while (left := list(find(root))) and time.monotonic() < until:
        time.sleep(_PAUSE)
    for lock in left:
        lock.unlink(missing_ok=True)


def _locks(root: Path) -> Iterator[Path]:
    names = ("HEAD.lock", "packed-refs.lock", "packed-refs.new")
    yield from (place for name in names if os.path.lexists(place := root / ".git" / name))
    for folder in ("refs", "logs"):
        yield from (
            place for place in below(root / ".git" / folder) if place.suffix == ".lock" and not is_folder(place)
        )
    yield from _locks_of_graphs(root)


def _locks_of_graphs(root: Path) -> Iterator[Path]:
    for place in below(root / ".git" / "objects" / "info"):
        if not is_folder(place) and (place.name.startswith("tmp_graph_") or _is_lock(place)):
            yield place


def _is_lock(place: Path) -> bool:
    return place.suffix == ".lock" and "commit-graph" in f"{place.parent.name}/{place.name}"
