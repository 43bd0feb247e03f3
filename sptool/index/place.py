"""The index is asked: brought up to date first, made afresh when it is no good, done without where none can be kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from sptool.errors import SptoolError
from sptool.index.keeping import Notice, Place, begin_afresh, catch_up, copied, is_current, no_notice, opened
from sptool.store.folder import open_case_folder
from sptool.store.git import MAIN, Git, GitFailed
from sptool.store.seal import Seal

PATIENCE = 10.0  # seconds to wait for another sptool that writes the index
LITTLE_PATIENCE = 1.0  # the same where git can answer instead, a little slower
MOST_AT_ONCE = 20
"""Up to this many cases are read again at once; more only for somebody who waits for them."""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA})

Answer = TypeVar("Answer")
Question = Callable[[sqlite3.Connection], Answer]


def ask(root: Path, question: Question[Answer], notice: Notice = no_notice, patience: float = PATIENCE) -> Answer:
    """The answer of an index that is up to date with the last step recorded.

    Args:
        question: is given the index. It may be asked twice.
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


def _kept_answer(place: Place, question: Question[Answer], patience: float) -> tuple[Answer, ...]:
    """The answer of the index's file, or nothing."""
    for _ in range(2):
        try:
            return _current_answer(place, question, patience) or _caught_up_answer(place, question, patience)
        except sqlite3.DatabaseError as error:
            if not _is_damaged(error) or not _forgotten(place.seal):
                return ()
        except OSError:
            return ()
    return ()


def _current_answer(place: Place, question: Question[Answer], patience: float) -> tuple[Answer, ...]:
    """The answer of an index that is this user's own, and up to date; or nothing. It writes nothing."""
    if not place.is_own():  # before SQLite reads a byte of it
        return ()
    with opened(place.file, patience) as connection:
        connection.execute("BEGIN")
        if is_current(connection, place.commit) and place.is_own():  # again, as nobody can write from here on
            return (question(connection),)
    return ()


def _caught_up_answer(
    place: Place, question: Question[Answer], patience: float, most: int | None = None
) -> tuple[Answer, ...]:
    """The answer of an index that is brought up to date first, or made afresh; nothing if that would be too much."""
    from sptool.store.lock import held  # seldom needed: most only ask

    with held(place.seal.lock, patience):
        if not place.is_own():
            if most is not None:
                return ()
            begin_afresh(place.file)
        with opened(place.file, patience) as connection:
            connection.execute("PRAGMA journal_mode = MEMORY")  # one that is written to half is known by its seal
            connection.execute("BEGIN EXCLUSIVE")
            if is_current(connection, place.commit):  # another sptool may have done it in the meantime
                return (question(connection),)
            if not catch_up(connection, place, most):
                return ()
            answer = question(connection)
            place.seal.lift()
            connection.execute("COMMIT")
        with suppress(OSError):  # then whoever asks next makes it afresh, as long as nothing can be noted
            place.seal.put()
        return (answer,)


def ask_at_once(root: Path, commit: str, question: Question[Answer]) -> Answer | None:
    """The answer of the index where it is up to date, or nearly so; None where many cases would have to be read first.

    Args:
        commit: the commit of the last step recorded.
        question: is given the index.
    """
    place = Place(root, commit)
    if not place.is_own():
        return None
    with suppress(SptoolError, sqlite3.Error, OSError):
        found = _current_answer(place, question, 0.0) or _caught_up_answer(place, question, 0.0, MOST_AT_ONCE)
        for answer in found:
            return answer
    return None


def note_step(root: Path, commit: str) -> None:
    """Puts a step just recorded into the index, if there is one and nobody else is at it.

    Whatever goes wrong here, the step is recorded, and whoever asks next catches up.

    Args:
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


def _asked_in_memory(place: Place, question: Question[Answer]) -> Answer:
    """The answer where no index can be kept: the same, only slower."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        if copied(place, connection):
            with suppress(sqlite3.DatabaseError):
                return _asked(connection, place, question)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        return _asked(connection, place, question)


def _asked(connection: sqlite3.Connection, place: Place, question: Question[Answer]) -> Answer:
    if not is_current(connection, place.commit):
        connection.execute("BEGIN")
        catch_up(connection, place)
        connection.execute("COMMIT")
    return question(connection)


def _is_damaged(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _DAMAGED


def _forgotten(seal: Seal) -> bool:
    """Whether a damaged index could be forgotten."""
    try:
        seal.lift()
    except OSError:
        return False
    return True
