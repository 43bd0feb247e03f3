"""Finds the records whose words are looked for. What is looked for is never written anywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

BEFORE, AFTER = "[", "]"
"""What marks a word that was looked for; it shows without colour too."""
_LEFT_OUT = "…"
_AROUND = 60  # characters on either side, where SQLite can't choose them
_FOUND = """
    SELECT number, ref, stage, id, kind, records.title, happened_on, stands
    FROM words JOIN records ON records.number = words.rowid JOIN cases USING (ref)
    WHERE {} AND (:kind = '' OR kind = :kind) AND (:year = '' OR instr(ref, :year))
        AND (:stages = '' OR instr(:stages, '"' || stage || '"'))
        AND (:theme = '' OR instr(themes, :theme)) AND (:agency = '' OR instr(agencies, :agency))
    ORDER BY happened_on DESC, ref, number
"""
_BY_WORDS = _FOUND.format("words MATCH :words")
_BY_LETTERS = _FOUND.format("holds_all(records.title || ' ' || text)")
_SNIPPET = "SELECT snippet(words, 1, ?, ?, ?, 20) FROM words WHERE words MATCH ? AND rowid = ?"


@dataclass(frozen=True)
class Query:
    """What is looked for, and where.

    Args:
        words: each must be there, as a word, the beginning of one, or several words in a row.
        stages: only cases at one of these stages; none for any.
        theme: only cases with this theme.
        agency: only cases in which this agency plays a part.
        year: only cases opened in this year.
        kind: only records of this kind.
    """

    words: Sequence[str]
    stages: Sequence[str] = ()
    theme: str = ""
    agency: str = ""
    year: int | None = None
    kind: str = ""


@dataclass(frozen=True)
class Hit:
    """A record with the words looked for.

    Args:
        happened_on: the day, as YYYY-MM-DD.
        stands: whether it still stands: it was not corrected, withdrawn, reconsidered or set aside.
        text: where the words stand, marked, on one line.
    """

    case: str
    stage: str
    record: str
    kind: str
    title: str
    happened_on: str
    stands: bool
    text: str


@dataclass(frozen=True)
class Hits:
    """What was found.

    Args:
        found: how many records there are.
        shown: the newest of them.
    """

    found: int
    shown: tuple[Hit, ...]


def can_be_sought(word: str) -> bool:
    """Whether there is a letter or a digit to look for."""
    return any(character.isalnum() for character in word)


def search(connection: sqlite3.Connection, query: Query, most: int | None = None) -> Hits:
    """The records with all the words, the newest first.

    Args:
        most: how many to show; None for all.
    """
    by_words = _by_words(connection)
    if not by_words:
        connection.create_function("holds_all", 1, lambda text: _holds_all(text, query.words))
    rows = connection.execute(_BY_WORDS if by_words else _BY_LETTERS, _values(query)).fetchall()
    shown = rows if most is None else rows[:most]
    snippet = _snippet if by_words else _plain_snippet
    return Hits(len(rows), tuple(_hit(row, snippet(connection, query, row[0])) for row in shown))


def _hit(row: tuple[Any, ...], text: str) -> Hit:
    _, case, stage, record, kind, title, happened_on, stands = row
    return Hit(case, stage, record, kind, title, happened_on, bool(stands), text)


def _by_words(connection: sqlite3.Connection) -> bool:
    """Whether this index was made by an SQLite that can search text."""
    made = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'words'").fetchone()
    return "VIRTUAL" in made[0]


def _holds_all(text: str, words: Sequence[str]) -> bool:
    return all(word.casefold() in text.casefold() for word in words)


def _values(query: Query) -> dict[str, str]:
    return {
        "words": _expression(query.words),
        "kind": query.kind,
        "year": f"-{query.year}-" if query.year is not None else "",
        "stages": " ".join(_quoted(stage) for stage in query.stages),
        "theme": _quoted(query.theme) if query.theme else "",
        "agency": _quoted(query.agency) if query.agency else "",
    }


def _quoted(word: str) -> str:
    """A word as it stands in a list that the index keeps."""
    return f'"{word}"'


def _expression(words: Sequence[str]) -> str:
    """The words as SQLite's full text search takes them to the letter: nothing in them is a command to it."""
    return " AND ".join('"{}" *'.format(word.replace('"', '""')) for word in words)


def _snippet(connection: sqlite3.Connection, query: Query, number: int) -> str:
    values = (BEFORE, AFTER, _LEFT_OUT, _expression(query.words), number)
    (text,) = connection.execute(_SNIPPET, values).fetchone()
    return _on_one_line(text)


def _plain_snippet(connection: sqlite3.Connection, query: Query, number: int) -> str:
    (text,) = connection.execute("SELECT text FROM words WHERE rowid = ?", (number,)).fetchone()
    start, word = min((text.casefold().find(word.casefold()) % (len(text) + 1), word) for word in query.words)
    end = start + len(word)
    marked = f"{text[max(0, start - _AROUND) : start]}{BEFORE}{text[start:end]}{AFTER}{text[end : end + _AROUND]}"
    lead, rest = (_LEFT_OUT if start > _AROUND else ""), (_LEFT_OUT if end + _AROUND < len(text) else "")
    return _on_one_line(f"{lead}{marked}{rest}" if start < len(text) else text[: 2 * _AROUND])


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
