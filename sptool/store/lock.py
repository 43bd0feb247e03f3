"""One sptool at a time writes in a case folder."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sptool.errors import StepRefused, UnfitFolder
from sptool.store.links import is_odd, refuse_detours
from sptool.store.workshop import made

PATIENCE = 10.0  # seconds; a step takes about a twentieth of one
_PAUSE = 0.02  # seconds between two tries

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(workshop: Path, patience: float = PATIENCE) -> Iterator[int]:
    """Holds the one lock on a case folder.

    The kernel releases it when this process and every git process that it started have ended, however they end.
    While it is held, which takes a fraction of a second, Ctrl-C is ignored, by git's processes too.

    Args:
        patience: how many seconds to wait for another sptool.

    Yields:
        The lock's file descriptor, for the git processes to hold on to.

    Raises:
        StepRefused: another sptool is still at work.
        UnfitFolder: something else stands where the lock should be, or git would write in another place.
    """
    refuse_detours(workshop.parent)
    try:
        with held(made(workshop) / "lock", patience) as descriptor, _uninterrupted():
            yield descriptor
    except StillHeld:
        raise StepRefused(
            "Another sptool is at work in this case folder. Nothing was recorded.",
            "Wait until it is done, then type the command again.",
        ) from None


class StillHeld(TimeoutError):
    """Another sptool still holds the lock."""


@contextmanager
def held(file: Path, patience: float) -> Iterator[int]:
    """Holds the lock on a file, which is made if it is missing.

    Args:
        file: the file; it stays as it is.
        patience: how many seconds to wait for another sptool.

    Yields:
        The file's descriptor.

    Raises:
        StillHeld: another sptool still holds it.
        UnfitFolder: something else stands where the lock should be.
    """
    descriptor = _opened(file)
    try:
        _wait(descriptor, time.monotonic() + patience)
        yield descriptor
    finally:
        os.close(descriptor)


def _opened(place: Path) -> int:
    # Nothing is put in the place of what isn't our lock: two sptools that did so at once would hold a lock each.
    if is_odd(place):
        raise UnfitFolder(
            ".git/sptool/lock in the case folder is not a file of its own, so nothing was done.",
            "Delete it: if it is a link, only the link, not what it leads to. Then type the command again.",
        )
    return os.open(place, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)


def _wait(descriptor: int, until: float) -> None:
    while True:
        try:
            return _take(descriptor)
        except OSError:
            if time.monotonic() >= until:
                raise StillHeld from None
        time.sleep(_PAUSE)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
