"""What the index is asked. Each question is given an index that is up to date; see `index.place.ask`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import date

from sptool.index.tables import CASES, DEADLINES, LOUD
from sptool.workflow.glance import CaseSummary, Loud, OpenDeadline


@dataclass(frozen=True)
class KnownCase:
    """A case with what is open and what can't wait.

    Args:
        open: its open deadlines, the earliest first.
    """

    summary: CaseSummary
    open: list[OpenDeadline] = field(default_factory=list)
    loud: list[Loud] = field(default_factory=list)


_UNTIL = 'WHERE due_on IS NULL OR due_on <= ? ORDER BY due_on, "case", place'
_BY_DAY = 'ORDER BY due_on, "case", place'
_BY_CASE = 'ORDER BY "case", place'
# A duty not followed stays wherever its case is shown; once the case is closed, the morning can't change it.
_STILL_LOUD = """
    WHERE kind != 'duty-not-followed' OR "case" IN (SELECT ref FROM cases WHERE NOT is_closed) ORDER BY "case", place
"""
_IN_CASES = 'WHERE "case" IN (SELECT ref FROM cases) ORDER BY "case", place'
_BESIDE_CASES = 'WHERE "case" NOT IN (SELECT ref FROM cases) ORDER BY "case", place'


def is_for_practice(connection: sqlite3.Connection) -> bool:
    """Whether the folder is one to practise in."""
    found: tuple[str] | None = connection.execute("SELECT value FROM about WHERE name = 'training'").fetchone()
    return found == ("yes",)


def open_deadlines(connection: sqlite3.Connection, until: date | None) -> list[OpenDeadline]:
    """The open deadlines of all cases, the earliest first; those whose clock is unknown lead.

    Args:
        until: the last day to look at; None for all.
    """
    found = DEADLINES.rows(connection, _UNTIL, (until.isoformat(),)) if until else DEADLINES.rows(connection, _BY_DAY)
    return list(found)


def loud_things(connection: sqlite3.Connection) -> list[Loud]:
    """What can't wait in any case, in the order of the references; not what a closed case can't change any more."""
    return list(LOUD.rows(connection, _STILL_LOUD))


def with_erasure(connection: sqlite3.Connection) -> list[str]:
    """The cases that hold a record of an erasure."""
    found = connection.execute("SELECT DISTINCT ref FROM records WHERE kind = 'erasure' ORDER BY ref")
    return [ref for (ref,) in found]


def known_cases(connection: sqlite3.Connection) -> list[KnownCase]:
    """Every case, in the order of the references."""
    cases = {summary.ref: KnownCase(summary) for summary in CASES.rows(connection, "ORDER BY ref")}
    for deadline in DEADLINES.rows(connection, _BY_CASE):
        cases[deadline.case].open.append(deadline)
    for loud in LOUD.rows(connection, _IN_CASES):
        cases[loud.case].loud.append(loud)
    return list(cases.values())


def loud_beside(connection: sqlite3.Connection) -> list[Loud]:
    """What can't wait and is no case's: what is wrong with the register, or lies among the cases and is none."""
    return list(LOUD.rows(connection, _BESIDE_CASES))


def naming(connection: sqlite3.Connection, reference: str) -> tuple[str, ...]:
    """The other cases whose records name a case."""
    found = connection.execute("SELECT ref FROM names WHERE named = ? ORDER BY ref", (reference,))
    return tuple(ref for (ref,) in found)
