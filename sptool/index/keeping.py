"""The index's file: whose it is, opened, begun afresh, brought up to date. Nobody else's is ever opened."""

from __future__ import annotations

import errno
import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sptool.index.stamp import made_from
from sptool.index.tables import VERSION
from sptool.store.disk import private_folder
from sptool.store.folder import open_case_folder
from sptool.store.links import destroy, leads_elsewhere
from sptool.store.seal import Seal
from sptool.store.workshop import workshop_of

FILE = "index.sqlite"
BESIDE = ("-journal", "-wal", "-shm")
"""Endings of what SQLite reads besides a database, if it is there. This program leaves none of it beside an index."""
Notice = Callable[[int], None]
"""Is told how many cases are about to be read afresh."""
CatchUp = Callable[..., bool]


def no_notice(cases: int) -> None:
    """Tells nobody."""
    del cases


@dataclass(frozen=True)
class Place:
    """Where an index belongs, and what it must be up to date with.

    Args:
        commit: the commit of the last step recorded.
        notice: is told before many cases are read.
    """

    root: Path
    commit: str
    notice: Notice = no_notice

    @property
    def file(self) -> Path:
        """The index's file."""
        return workshop_of(self.root) / FILE

    @cached_property
    def seal(self) -> Seal:
        """What this user's sptool noted of the index."""
        return Seal(self.file)

    def is_own(self) -> bool:
        """Whether the index is as this user's sptool left it, and nothing lies beside it that would change it."""
        return self.seal.fits() and not any(os.path.lexists(f"{self.file}{ending}") for ending in BESIDE)


def is_current(connection: sqlite3.Connection, commit: str) -> bool:
    """Whether an index has everything up to a commit, worked out by this very program."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        return False
    known = dict(connection.execute("SELECT name, value FROM about WHERE name IN ('commit', 'made_from')"))
    return known == {"commit": commit, "made_from": made_from()}


@contextmanager
def opened(file: Path, patience: float) -> Iterator[sqlite3.Connection]:
    """An index, opened.

    Args:
        file: its file, which is this user's own.
        patience: how many seconds to wait for another sptool.
    """
    with closing(sqlite3.connect(file, timeout=patience, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = NORMAL")
        yield connection


def begin_afresh(file: Path) -> None:
    """Puts an empty file in the place of whatever is there. What is there may be anybody's, and is not looked at.

    SQLite follows links, and when it finds a journal that names a further file it deletes that file, wherever it is.

    Raises:
        OSError: that can't be done, or its folder is only a link.
    """
    if leads_elsewhere(file.parent):
        raise OSError(errno.ELOOP, "the folder is only a link")
    private_folder(file.parent)
    for ending in (*BESIDE, ""):
        destroy(file.with_name(file.name + ending))
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def catch_up(connection: sqlite3.Connection, place: Place, most: int | None = None) -> bool:
    """Brings an index up to date. Needs a transaction that writes.

    Args:
        most: how many cases may be read afresh; None for any number.

    Returns:
        Whether it is up to date now.

    Raises:
        UnfitFolder: the folder can't be read.
    """
    return _catching_up()(connection, open_case_folder(place.root), place.commit, place.notice, most)


def _catching_up() -> CatchUp:
    """What catches up, loaded when needed."""
    # Loading every model makes no garbage; looking for some all the while would take a tenth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        from sptool.index.catching_up import catch_up
    finally:
        if collects:
            gc.enable()
    return catch_up


def copied(place: Place, to: sqlite3.Connection) -> bool:
    """Whether what is kept could be copied, as far as it is this user's own."""
    if not place.is_own():
        return False
    with (
        suppress(sqlite3.Error, OSError),
        closing(sqlite3.connect(f"{place.file.as_uri()}?mode=ro", uri=True, timeout=0)) as kept,
    ):
        kept.execute("BEGIN")
        kept.execute("SELECT count(*) FROM sqlite_master").fetchone()  # locked by another: better none than to wait
        if place.is_own():
            kept.backup(to)
            return True
    return False
