"""The index's file: opened privately, made anew when it is no good, done without where it can't be kept."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sptool.errors import SptoolError
from sptool.index.given import clear_the_way, is_ours
from sptool.index.stamp import made_from
from sptool.index.tables import VERSION
from sptool.store.disk import private_folder
from sptool.store.folder import open_case_folder
from sptool.store.git import MAIN, Git, GitFailed
from sptool.store.workshop import workshop_of

FILE = "index.sqlite"
PATIENCE = 10.0  # seconds to wait for another sptool that writes the index
LITTLE_PATIENCE = 1.0  # the same where git can answer instead, a little slower
MOST_AT_ONCE = 20
"""So many cases are read again without a thought; more only for somebody who waits for them."""
_ENDINGS = ("-journal", "-wal", "-shm", "")
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA})

Answer = TypeVar("Answer")
Question = Callable[[sqlite3.Connection], Answer]
Notice = Callable[[int], None]
"""Is told how many cases are about to be read afresh."""
CatchUp = Callable[..., bool]


def _no_notice(cases: int) -> None:
    del cases


@dataclass(frozen=True)
class Place:
    """Where an index belongs, and what it must be up to date with.

    Args:
        root: the case folder.
        commit: the commit of the last step recorded.
        notice: is told before many cases are read.
    """

    root: Path
    commit: str
    notice: Notice = _no_notice

    @property
    def file(self) -> Path:
        """The index's file."""
        return workshop_of(self.root) / FILE


def ask(root: Path, question: Question[Answer], notice: Notice = _no_notice, patience: float = PATIENCE) -> Answer:
    """The answer of an index that is up to date with the last step recorded.

    Args:
        root: the case folder.
        question: is given the index. It may be asked twice.
        notice: is told how many cases are about to be read afresh.
        patience: how many seconds to wait for another sptool.

    Raises:
        UnfitFolder: the folder can't be read.
    """
    place = Place(root, newest(root), notice)
    for answer in _kept_answer(place, question, patience):
        return answer
    return _asked_in_memory(place, question)


def ask_where_kept(place: Place, question: Question[Answer]) -> Answer | None:
    """The same answer; None where no index can be kept, another sptool is at it for long, or a case can't be judged."""
    with suppress(SptoolError):
        for answer in _kept_answer(place, question, LITTLE_PATIENCE):
            return answer
    return None


def _kept_answer(place: Place, question: Question[Answer], patience: float) -> Iterator[Answer]:
    """The answer of the index's file, or nothing."""
    for _ in range(2):
        try:
            with _opened(place.file, patience) as connection:
                answer = _asked(connection, place, question)
        except sqlite3.DatabaseError as error:
            if not _is_damaged(error) or not _removed(place.file):
                return
        except OSError:
            return
        else:
            yield answer
            return


def ask_at_once(root: Path, commit: str, question: Question[Answer]) -> Answer | None:
    """The answer of the index where it is up to date, or nearly so; None where many cases would have to be read first.

    Args:
        root: the case folder.
        commit: the commit of the last step recorded.
        question: is given the index.
    """
    file = Place(root, commit).file
    if not file.is_file():
        return None
    with suppress(SptoolError, sqlite3.Error, OSError), _opened(file, 0.0) as connection:
        connection.execute("BEGIN")
        if is_current(connection, commit):
            return question(connection)
        connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
        if _catching_up()(connection, open_case_folder(root), commit, _no_notice, MOST_AT_ONCE):
            answer = question(connection)
            connection.execute("COMMIT")
            return answer
    return None


def note_step(root: Path, commit: str) -> None:
    """Puts a step just recorded into the index, if there is one and nobody else is at it.

    Whatever goes wrong here, the step is recorded, and whoever asks next catches up.

    Args:
        root: the case folder.
        commit: the step's commit.
    """
    ask_at_once(root, commit, lambda _: None)


def newest(root: Path) -> str:
    """The commit of the last step recorded.

    Raises:
        UnfitFolder: there is none.
    """
    try:
        return Git(root).run("rev-parse", "--verify", f"{MAIN}^{{commit}}").decode().strip()
    except GitFailed:
        open_case_folder(root)  # says better what is wrong
        raise


def is_current(connection: sqlite3.Connection, commit: str) -> bool:
    """Whether an index has everything up to a commit, worked out by this very program."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        return False
    known = dict(connection.execute("SELECT name, value FROM about WHERE name IN ('commit', 'made_from')"))
    return known == {"commit": commit, "made_from": made_from()}


@contextmanager
def _opened(file: Path, patience: float) -> Iterator[sqlite3.Connection]:
    clear_the_way(file)
    if not file.exists():
        os.close(os.open(private_folder(file.parent) / FILE, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(file, timeout=patience, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = NORMAL")
        yield connection


def _asked(connection: sqlite3.Connection, place: Place, question: Question[Answer]) -> Answer:
    connection.execute("BEGIN")
    if is_current(connection, place.commit):
        return question(connection)
    connection.execute("ROLLBACK")
    connection.execute("BEGIN IMMEDIATE")
    _catch_up(connection, place)
    answer = question(connection)  # before another sptool can move the index on, or back
    connection.execute("COMMIT")
    return answer


def _catch_up(connection: sqlite3.Connection, place: Place) -> None:
    if not is_current(connection, place.commit):  # another sptool may have done it in the meantime
        _catching_up()(connection, open_case_folder(place.root), place.commit, place.notice)


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


def _asked_in_memory(place: Place, question: Question[Answer]) -> Answer:
    """The answer where no index can be kept: the same, only slower."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _copy(place.file, connection)
        try:
            return _asked(connection, place, question)
        except sqlite3.DatabaseError:
            pass
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        return _asked(connection, place, question)


def _copy(file: Path, to: sqlite3.Connection) -> None:
    if not is_ours(file):
        return
    with (
        suppress(sqlite3.Error, OSError),
        closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=0)) as kept,
    ):
        kept.execute("BEGIN")
        kept.execute("SELECT count(*) FROM sqlite_master").fetchone()  # locked by another: better none than to wait
        kept.backup(to)


def _is_damaged(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _DAMAGED


def _removed(file: Path) -> bool:
    """Takes a damaged index away, with what SQLite keeps beside it."""
    try:
        for ending in _ENDINGS:
            file.with_name(file.name + ending).unlink(missing_ok=True)
    except OSError:
        return False
    return True
