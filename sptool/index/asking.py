"""What the index is asked. Each question is given an index that is up to date; see `index.place.ask`."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import date

from sptool.workflow.glance import Loud


@dataclass(frozen=True)
class OpenDeadline:
    """A deadline that somebody has to meet.

    Args:
        case: the case's reference.
        id: the rule's id.
        title: what people read.
        can_be_late: whether missing it counts.
        aim_on: the day to aim at; None while the clock is unknown.
        due_on: the last day in time; None while the clock is unknown.
        owner: who must act, in words.
        agency: the id of the agency that must act, where a record names one.
        command: what to type now.
        force: where its force comes from.
        source: how its sources are cited.
        provisional: whether bank holidays up to the day may still change.
        lead: the id of the case's lead officer, or empty.
        edition: the digest of the case's framework edition.
    """

    case: str
    id: str
    title: str
    can_be_late: bool
    aim_on: date | None
    due_on: date | None
    owner: str
    agency: str
    command: str
    force: str
    source: str
    provisional: bool
    lead: str
    edition: str

    def is_late(self, today: date) -> bool:
        """Whether its last day is over. Due today is not late; a reminder never is."""
        return self.can_be_late and self.due_on is not None and today > self.due_on


@dataclass(frozen=True)
class KnownCase:
    """A case as a list shows it.

    Args:
        ref: its reference.
        stage: its stage.
        is_closed: whether it is closed.
        lead: the lead officer's id, or empty.
        opened_on: the day of its first record; empty without one that can be read.
        edition: the framework edition that it was opened under; empty without a record that can be read.
        themes: the ids of its themes.
        agencies: the ids of the agencies that play a part in it.
        open: its open deadlines, the earliest first.
        loud: what can't wait.
    """

    ref: str
    stage: str
    is_closed: bool
    lead: str
    opened_on: str
    edition: str
    themes: tuple[str, ...]
    agencies: tuple[str, ...]
    open: list[OpenDeadline] = field(default_factory=list)
    loud: list[Loud] = field(default_factory=list)


_OPEN = """
    SELECT deadlines.ref, rule, title, binding, aim_on, due_on, owner, agency, command, force, source, provisional,
        lead, sha256
    FROM deadlines JOIN cases USING (ref)
"""
_UNTIL = f"{_OPEN} WHERE due_on IS NULL OR due_on <= ? ORDER BY due_on, ref, place"
_ALL = f"{_OPEN} ORDER BY due_on, ref, place"
_BY_CASE = f"{_OPEN} ORDER BY ref, place"
# A duty not followed stays wherever its case is shown; once the case is closed, the morning can't change it.
_LOUD = """
    SELECT ref, kind, what, command FROM loud JOIN cases USING (ref)
    WHERE NOT (kind = 'duty-not-followed' AND closed) ORDER BY ref, place
"""
_CASES = "SELECT ref, stage, closed, lead, opened_on, edition, themes, agencies FROM cases ORDER BY ref"


def is_for_practice(connection: sqlite3.Connection) -> bool:
    """Whether the folder is one to practise in."""
    found: tuple[str] | None = connection.execute("SELECT value FROM about WHERE name = 'training'").fetchone()
    return found == ("yes",)


def open_deadlines(connection: sqlite3.Connection, until: date | None) -> list[OpenDeadline]:
    """The open deadlines of all cases, the earliest first; those whose clock is unknown lead.

    Args:
        connection: the index.
        until: the last day to look at; None for all.
    """
    rows = connection.execute(_UNTIL, (until.isoformat(),)) if until else connection.execute(_ALL)
    return [_deadline(row) for row in rows]


def loud_things(connection: sqlite3.Connection) -> list[Loud]:
    """What can't wait in any case, in the order of the references; not what a closed case can't change any more."""
    return [Loud(*row) for row in connection.execute(_LOUD)]


def known_cases(connection: sqlite3.Connection) -> list[KnownCase]:
    """Every case, in the order of the references."""
    cases = {row[0]: _case(row) for row in connection.execute(_CASES)}
    for row in connection.execute(_BY_CASE):
        cases[row[0]].open.append(_deadline(row))
    for row in connection.execute("SELECT ref, kind, what, command FROM loud ORDER BY ref, place"):
        cases[row[0]].loud.append(Loud(*row))
    return list(cases.values())


def naming(connection: sqlite3.Connection, reference: str) -> tuple[str, ...]:
    """The other cases whose records name a case."""
    found = connection.execute("SELECT ref FROM names WHERE named = ? ORDER BY ref", (reference,))
    return tuple(ref for (ref,) in found)


def _deadline(row: tuple[str, ...]) -> OpenDeadline:
    case, rule, title, binding, aim_on, due_on, *words, provisional, lead, edition = row
    owner, agency, command, force, source = words
    return OpenDeadline(
        case,
        rule,
        title,
        bool(binding),
        _day(aim_on),
        _day(due_on),
        owner,
        agency,
        command,
        force,
        source,
        bool(provisional),
        lead,
        edition,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _case(row: tuple[str, ...]) -> KnownCase:
    ref, stage, closed, lead, opened_on, edition, themes, agencies = row
    return KnownCase(
        ref,
        stage,
        bool(closed),
        lead,
        opened_on or "",
        edition,
        tuple(json.loads(themes)),
        tuple(json.loads(agencies)),
    )
