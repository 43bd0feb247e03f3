"""Brings the index up to date with a commit: only what changed is read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping

from sptool.index.building import Workroom, derive_all
from sptool.index.counting import counted
from sptool.index.deriving import Derived
from sptool.index.known import Editions, keep, kept_editions
from sptool.index.listing import BESIDE, Listed, belongs_to, changed_paths, listed
from sptool.index.stamp import made_from
from sptool.index.tables import (
    CASES,
    DEADLINES,
    INSERT_NAMED,
    INSERT_RECORD,
    INSERT_WORDS,
    LOUD,
    READ_FROM,
    USING_NEW_EDITIONS,
    VERSION,
    empty_editions,
    forget,
    forget_editions,
    make_tables,
)
from sptool.store.casebook import FRAMEWORKS, Casebook
from sptool.store.folder import CaseFolder
from sptool.store.reading import COMMIT_ID
from sptool.workflow.edition import load_edition


def catch_up(
    connection: sqlite3.Connection,
    folder: CaseFolder,
    commit: str,
    notice: Callable[[int], None],
    most: int | None = None,
) -> bool:
    """Brings the index up to date. Needs a transaction that writes.

    Args:
        most: how many cases may be read afresh; None for any number.

    Returns:
        Whether it is up to date now: False if more cases than that would have to be read, and nothing was done.

    Raises:
        UnfitFolder: the folder can't be read.
    """
    try:
        return _caught_up(connection, folder, commit, notice, most)
    finally:
        folder.reader.close()


def _caught_up(
    connection: sqlite3.Connection, folder: CaseFolder, commit: str, notice: Callable[[int], None], most: int | None
) -> bool:
    before = _commit_before(connection)
    changed = changed_paths(folder.git, before, commit) if before else None
    if before is None:
        if most is not None:
            return False
        make_tables(connection)
    gone, found = _differing(connection, folder, commit, changed)
    if most is not None and len(found) > most:
        return False
    book = Casebook(folder, commit, load_edition)
    editions = _editions(connection, book, changed)
    known = _known(connection, found, changed)
    for reference in (*gone, *found):
        forget(connection, reference)
    if len(found) > 1:
        notice(len(found))
    for one in derive_all(Workroom(folder, commit, editions, known), found):
        write(connection, one)
    _keep_used_editions(connection, book, editions)
    _note(connection, folder, commit)
    return True


def _commit_before(connection: sqlite3.Connection) -> str | None:
    """The commit that the index is up to date with; None if it has to be made anew."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        return None
    known = dict(connection.execute("SELECT name, value FROM about"))
    commit = known.get("commit", "")
    return commit if known.get("made_from") == made_from() and COMMIT_ID.fullmatch(commit) else None


def _editions(connection: sqlite3.Connection, book: Casebook, changed: list[str] | None) -> Editions:
    if changed is None or any(path.startswith(f"{FRAMEWORKS}/") for path in changed):
        empty_editions(connection)
    return Editions(book, kept_editions(connection), counted(connection))


def _differing(
    connection: sqlite3.Connection, folder: CaseFolder, commit: str, changed: list[str] | None
) -> tuple[set[str], dict[str, Listed]]:
    """The cases that are gone, and those to be read again, with their files."""
    if changed is not None:
        touched = {reference for path in changed if (reference := belongs_to(path))}
        found = listed(folder, commit, touched)
        return touched - found.keys(), found
    known: dict[str, str] = dict(connection.execute("SELECT ref, tree FROM read_from"))
    found = listed(folder, commit)
    return (known.keys() | {*BESIDE}) - found.keys(), {
        ref: one for ref, one in found.items() if known.get(ref) != one.tree
    }


def _known(
    connection: sqlite3.Connection, cases: Mapping[str, Listed], changed: Collection[str] | None
) -> dict[str, frozenset[str]]:
    """Of these cases, the records that were checked when the index last read them, and are the same now."""
    if changed is None:
        return {}
    known: dict[str, frozenset[str]] = {}
    for reference, case in cases.items():
        for before in READ_FROM.rows(connection, "WHERE ref = ?", (reference,)):
            known[reference] = frozenset(case.files.keys() - set(before.unread) - set(changed))
    return known


def write(connection: sqlite3.Connection, one: Derived) -> None:
    """Puts one case into the index."""
    if one.case is not None and one.read_from is not None:
        CASES.insert(connection, [one.case])
        READ_FROM.insert(connection, [one.read_from])
    DEADLINES.insert(connection, one.deadlines)
    LOUD.insert(connection, one.loud)
    connection.executemany(INSERT_NAMED, ((named, one.ref) for named in one.named))
    for record in one.records:
        added = connection.execute(INSERT_RECORD, vars(record))
        connection.execute(INSERT_WORDS, {**vars(record), "number": added.lastrowid})


def _keep_used_editions(connection: sqlite3.Connection, book: Casebook, editions: Editions) -> None:
    """Keeps what the cases were opened under, and nothing else: a stray file in the folder's framework is nobody's.

    A case whose edition's file was changed or lost can't be judged, though nothing of the case itself changed.
    """
    for (reference,) in connection.execute(USING_NEW_EDITIONS).fetchall():
        edition = editions.of(book.case(reference))
        keep(connection, edition, editions.calendar_for(edition))
    forget_editions(connection)


def _note(connection: sqlite3.Connection, folder: CaseFolder, commit: str) -> None:
    about = {"made_from": made_from(), "commit": commit, "training": "yes" if folder.settings.training else "no"}
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about.items())
