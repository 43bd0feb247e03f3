"""A table of the index, made from the fields of one dataclass: its columns, what is written, and what is read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_type_hints

if TYPE_CHECKING:
    from sqlite3 import Connection

    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


@dataclass(frozen=True)
class _Kept:
    """How the values of a type are kept.

    Args:
        keep: makes what SQLite holds; None if it holds the value itself.
        read: makes the value of it again; None likewise.
    """

    declared: str
    keep: Callable[[Any], str | int | None] | None = None
    read: Callable[[Any], object] | None = None


_KEPT: Mapping[object, _Kept] = MappingProxyType(
    {
        str: _Kept("TEXT NOT NULL"),
        bool: _Kept("INTEGER NOT NULL", int, bool),
        date | None: _Kept(
            "TEXT",
            lambda day: day.isoformat() if day else None,
            lambda text: date.fromisoformat(text) if text else None,
        ),
        tuple[str, ...]: _Kept("TEXT NOT NULL", json.dumps, lambda text: tuple(json.loads(text))),
    }
)


_MAKE = "CREATE TABLE {name} ({columns}) WITHOUT ROWID"
_INSERT = "INSERT INTO {name} ({columns}) VALUES ({marks})"
_SELECT = "SELECT {columns} FROM {name} {which}"
_FORGET = 'DELETE FROM {name} WHERE "{case}" = ?'


class Table(Generic[Row]):
    """The rows of a dataclass.

    Args:
        case: the field that holds the reference of the case.
        several: whether a case can have several rows; they keep their order, in a column of its own called `place`.
    """

    def __init__(self, name: str, row: type[Row], case: str, several: bool = False) -> None:
        self.name = name
        self._row = row
        self._several = several
        hints = get_type_hints(row)
        kept = {field.name: _kept(row, field.name, hints[field.name]) for field in fields(row)}
        self._values = attrgetter(*kept)
        self._keeps = [(at, one.keep) for at, one in enumerate(kept.values()) if one.keep]
        self._reads = [(at, one.read) for at, one in enumerate(kept.values()) if one.read]
        self._selected = ", ".join(f'"{column}"' for column in kept)
        # The columns of the key lead: where they do not, SQLite 3.40 finds values missing that are there.
        declared = {f'"{case}"': kept[case].declared} | ({"place": "INTEGER NOT NULL"} if several else {})
        key = ", ".join(declared)
        declared |= {f'"{column}"': one.declared for column, one in kept.items()}
        columns = ", ".join(f"{column} {of_type}" for column, of_type in declared.items())
        self.made_by = _MAKE.format(name=name, columns=f"{columns}, PRIMARY KEY ({key})")
        self.forgotten_by = _FORGET.format(name=name, case=case)
        written = f"{self._selected}, place" if several else self._selected
        self._inserted = _INSERT.format(name=name, columns=written, marks=", ".join("?" * (len(kept) + several)))

    def insert(self, connection: Connection, rows: Iterable[Row]) -> None:
        """Writes the rows of a case, in their order."""
        connection.executemany(self._inserted, (self._kept(row, place) for place, row in enumerate(rows)))

    def rows(self, connection: Connection, which: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Rows that are read back.

        Args:
            which: the rest of the question, from WHERE or ORDER BY on.
            values: what it is asked with.
        """
        asked = _SELECT.format(columns=self._selected, name=self.name, which=which)
        return map(self._made, connection.execute(asked, values))

    def _kept(self, row: Row, place: int) -> list[object]:
        values = list(self._values(row))
        for at, keep in self._keeps:
            values[at] = keep(values[at])
        return [*values, place] if self._several else values

    def _made(self, found: tuple[Any, ...]) -> Row:
        values = list(found)
        for at, read in self._reads:
            values[at] = read(values[at])
        return self._row(*values)


def _kept(row: type, field: str, hint: object) -> _Kept:
    if hint not in _KEPT:
        raise TypeError(f"The index can't keep {row.__name__}.{field}: say in index/rows.py how its type is kept.")
    return _KEPT[hint]
