"""What an index holds of each case, in a form that is held against what follows from the records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, reduce
from hashlib import sha256

from sptool.framework.models import Framework
from sptool.index.catching_up import write
from sptool.index.counting import packed
from sptool.index.deriving import Derived
from sptool.index.keeping import Place
from sptool.index.stamp import made_from
from sptool.index.tables import VERSION, forget, has_fts5, make_tables
from sptool.store.lock import StillHeld, held
from sptool.workflow.deadlines import CalendarFor

_ROWS = (
    ("case", "SELECT ref, * FROM cases"),
    ("read-from", "SELECT ref, * FROM read_from"),
    ("deadline", 'SELECT "case", * FROM deadlines ORDER BY "case", place'),
    ("loud", 'SELECT "case", * FROM loud ORDER BY "case", place'),
    ("named", "SELECT ref, named FROM names ORDER BY ref, named"),
    (
        "record",
        "SELECT ref, id, kind, records.title, happened_on, stands, words.title, text "
        "FROM records LEFT JOIN words ON words.rowid = records.number ORDER BY ref, number",
    ),
)
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
_LEAST = 64 * 1024 * 1024  # bytes
_EACH = 64 * 1024  # bytes for each record; in fact they are two thousand


@dataclass
class Kept:
    """What an index holds.

    Args:
        is_own: whether it is this user's own, so that it is asked; else whoever asks next has it made afresh.
        is_sound: whether all of it could be read, and its parts fit each other.
        commit: the commit that it is up to date with.
        about: what it says of the whole folder.
        trees: by reference, which state of the case's folder it was read from.
        cases: by reference, a digest of everything that it holds of a case.
        editions: by the digest of a framework edition, a digest of that edition and its calendars.
    """

    is_own: bool
    is_sound: bool = False
    commit: str = ""
    about: dict[str, str] = field(default_factory=dict)
    trees: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    editions: dict[str, str] = field(default_factory=dict)


def kept(place: Place, records: int) -> Kept | None:
    """What the index of a folder holds; None where there is none that could ever be asked, or one is being written.

    Args:
        records: how many records the folder has; a file that is far too large for them is not read.
    """
    is_own = place.is_own()
    try:
        size = place.file.lstat().st_size
        if _is_being_written(place):
            return None
        if size > _LEAST + records * _EACH:
            return Kept(is_own)
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            _copy(place, copy)
            found = _read(copy, Kept(is_own))
        return None if _is_being_written(place) or is_own != place.is_own() else found
    except OSError:
        return None
    except sqlite3.DatabaseError:
        return Kept(is_own) if is_own else None


def _is_being_written(place: Place) -> bool:
    try:
        with held(place.seal.lock, 0.0):
            return False
    except StillHeld:
        return True
    except OSError:  # nobody can
        return False


def _copy(place: Place, to: sqlite3.Connection) -> None:
    # As it lies there: neither a lock of somebody else's nor a journal beside it counts, and nothing is written.
    with closing(sqlite3.connect(f"{place.file.as_uri()}?mode=ro&immutable=1", uri=True)) as found:
        found.backup(to)


def _read(index: sqlite3.Connection, found: Kept) -> Kept | None:
    index.execute("PRAGMA trusted_schema = OFF")
    if index.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        return None
    if not _is_whole(index):
        return found
    found.about = dict(index.execute("SELECT name, value FROM about"))
    if found.about.get("made_from") != made_from():
        return None
    found.is_sound = True
    found.commit = found.about.get("commit", "")
    found.trees = dict(index.execute("SELECT ref, tree FROM read_from"))
    found.cases = _digests(index)
    found.editions = dict(_editions(index))
    return found


def _is_whole(index: sqlite3.Connection) -> bool:
    """Whether there are just the tables that there should be, and their parts fit each other."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        make_tables(empty)
        if index.execute(_SCHEMA).fetchall() != empty.execute(_SCHEMA).fetchall():
            return False
    try:
        if has_fts5(index):
            index.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        alone = index.execute("SELECT count(*) FROM words WHERE rowid NOT IN (SELECT number FROM records)").fetchone()
        return (alone, index.execute("PRAGMA integrity_check(1)").fetchone()) == ((0,), ("ok",))
    except sqlite3.DatabaseError:
        return False


def _editions(index: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for sha, name, content in index.execute("SELECT sha256, name, content FROM editions").fetchall():
        rows = index.execute("SELECT rule, published_until, days FROM calendars WHERE sha256 = ? ORDER BY rule", (sha,))
        yield sha, _digest(("edition", (name, content)), *(("calendar", row) for row in rows))


def of_case(one: Derived) -> str:
    """The digest of what follows from the records of one case, as an index would keep it."""
    scratch = _scratch()
    write(scratch, one)
    digest = _digests(scratch).get(one.ref, "")
    forget(scratch, one.ref)
    return digest


@cache
def _scratch() -> sqlite3.Connection:
    """An index of one case at a time."""
    scratch = sqlite3.connect(":memory:", isolation_level=None)
    make_tables(scratch)
    return scratch


def _digests(index: sqlite3.Connection) -> dict[str, str]:
    """By reference, a digest of everything that an index holds of a case."""
    found: dict[str, str] = {}
    for kind, statement in _ROWS:
        for ref, *row in index.execute(statement):
            found[ref] = _with(found.get(ref, ""), kind, row)
    return found


def of_edition(edition: Framework, calendar_for: CalendarFor) -> str:
    """The digest of a framework edition and its calendars."""
    rows = sorted((rule.id, *packed(calendar_for(rule))) for rule in edition.deadlines)
    return _digest(("edition", (edition.edition, edition.model_dump_json())), *(("calendar", row) for row in rows))


def _digest(*lines: tuple[str, Iterable[object]]) -> str:
    return reduce(lambda digest, line: _with(digest, *line), lines, "")


def _with(digest: str, kind: str, row: Iterable[object]) -> str:
    """The digest of some rows, and of one more."""
    return sha256(repr((digest, kind, *row)).encode(errors="surrogatepass")).hexdigest()
