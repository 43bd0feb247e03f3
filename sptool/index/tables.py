"""The tables of the index: what doesn't depend on the day, worked out from the records and nothing else."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sptool.index.rows import Table
from sptool.workflow.glance import CaseSummary, Loud, OpenDeadline

VERSION = 5
"""Of the tables. An index of another version is made anew."""


@dataclass(frozen=True)
class ReadFrom:
    """What the rows of a case were made from.

    Args:
        tree: what changes whenever anything is recorded about the case.
        sha256: the digest of its framework edition; empty without a record that can be read.
        edition: that edition's name; likewise.
        unread: the paths of the records that can't be read.
    """

    ref: str
    tree: str
    sha256: str
    edition: str
    unread: tuple[str, ...]


CASES = Table("cases", CaseSummary, case="ref")
DEADLINES = Table("deadlines", OpenDeadline, case="case", several=True)
LOUD = Table("loud", Loud, case="case", several=True)
READ_FROM = Table("read_from", ReadFrom, case="ref")
_OF_A_CASE = (CASES, DEADLINES, LOUD, READ_FROM)

_TABLES = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    *(table.made_by for table in _OF_A_CASE),
    "CREATE INDEX read_from_by_edition ON read_from (sha256, edition)",
    "CREATE INDEX deadlines_by_day ON deadlines (due_on)",
    "CREATE TABLE names (named TEXT NOT NULL, ref TEXT NOT NULL, PRIMARY KEY (named, ref)) WITHOUT ROWID",
    "CREATE INDEX names_by_case ON names (ref)",
    "CREATE TABLE editions (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE calendars (
        sha256 TEXT NOT NULL, rule TEXT NOT NULL, published_until TEXT NOT NULL, days BLOB NOT NULL,
        PRIMARY KEY (sha256, rule)
    ) WITHOUT ROWID""",
    """CREATE TABLE records (
        number INTEGER PRIMARY KEY, ref TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
        happened_on TEXT, stands INTEGER NOT NULL
    )""",
    "CREATE INDEX records_by_case ON records (ref)",
    "CREATE INDEX records_of_erasures ON records (ref) WHERE kind = 'erasure'",
)
_WORDS = "CREATE VIRTUAL TABLE words USING fts5 (title, text, tokenize = 'unicode61 remove_diacritics 2')"
_WORDS_WITHOUT_FTS5 = "CREATE TABLE words (title TEXT NOT NULL, text TEXT NOT NULL)"
_FORGET = (
    "DELETE FROM words WHERE rowid IN (SELECT number FROM records WHERE ref = ?)",
    "DELETE FROM records WHERE ref = ?",
    "DELETE FROM names WHERE ref = ?",
    *(table.forgotten_by for table in _OF_A_CASE),
)
_EMPTY_EDITIONS = ("DELETE FROM editions", "DELETE FROM calendars")
_FORGET_EDITIONS = (
    "DELETE FROM editions WHERE sha256 NOT IN (SELECT sha256 FROM read_from)",
    "DELETE FROM calendars WHERE sha256 NOT IN (SELECT sha256 FROM read_from)",
)
USING_NEW_EDITIONS = """
    SELECT min(ref) FROM read_from WHERE sha256 != '' AND sha256 NOT IN (SELECT sha256 FROM editions)
    GROUP BY sha256, edition
"""
INSERT_NAMED = "INSERT INTO names VALUES (?, ?)"
INSERT_RECORD = "INSERT INTO records VALUES (NULL, :ref, :id, :kind, :title, :happened_on, :stands)"
INSERT_WORDS = "INSERT INTO words (rowid, title, text) VALUES (:number, :title, :text)"


def make_tables(connection: sqlite3.Connection) -> None:
    """Empties the index, and makes its tables."""
    for kind, name in connection.execute("SELECT type, name FROM sqlite_master WHERE name = 'words'").fetchall():
        connection.execute(f"DROP {kind} {name}")
    left = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (name,) in left.fetchall():
        connection.execute(f'DROP TABLE "{name}"')
    for table in (*_TABLES, _WORDS if has_fts5(connection) else _WORDS_WITHOUT_FTS5):
        connection.execute(table)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def has_fts5(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite can search text by its words."""
    options = {option for (option,) in connection.execute("PRAGMA compile_options")}
    return "ENABLE_FTS5" in options


def forget(connection: sqlite3.Connection, reference: str) -> None:
    """Takes everything about one case out of the index."""
    for statement in _FORGET:
        connection.execute(statement, (reference,))


def empty_editions(connection: sqlite3.Connection) -> None:
    """Takes every edition out of the index, so that each is looked at again."""
    for statement in _EMPTY_EDITIONS:
        connection.execute(statement)


def forget_editions(connection: sqlite3.Connection) -> None:
    """Takes the editions that no case uses any more out of the index."""
    for statement in _FORGET_EDITIONS:
        connection.execute(statement)
