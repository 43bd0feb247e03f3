"""Writes a case folder with any number of fictional cases and their whole history."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.generating.history import History
from benchmarks.generating.importing import bring_in
from benchmarks.generating.population import Span
from benchmarks.generating.templates import LONGEST_STORY, Templates, WorkingDays
from sptool.desk.chance import SEED
from sptool.desk.clock import read_clock
from sptool.desk.founding import Founding, found
from sptool.desk.register import add_officer, officer_id
from sptool.desk.session import Globals, Session
from sptool.store.identity import Identity

PREFIX = "TST"
PARTNERSHIP = "Fictional Safeguarding Partnership"
FIRST = date(2022, 7, 4)  # from July 2022 on, the agencies of the shipped framework are those of today
UNTIL = date(2026, 11, 20)
OFFICERS = tuple(
    Identity(f"{name} Fictional", f"{name.lower()}@sptool.invalid") for name in ("Robin", "Sascha", "Toni", "Jamie")
)
LONG_BEFORE = timedelta(days=400)  # stories look back
LONG_AFTER = timedelta(days=2 * LONGEST_STORY)  # and ahead


def generate(root: Path, how_many: int, seed: int = 1, until: date = UNTIL) -> int:
    """Writes a case folder.

    Args:
        root: where; it must not exist yet, or be empty.
        how_many: how many cases.
        seed: the same seed gives the same folder.
        until: the day on which it is to be looked at; the last steps are those of the working day before.

    Returns:
        How many records it has, those of its register left out.
    """
    session = _founded(root, seed)
    edition = session.book.current_edition
    days = WorkingDays.between(FIRST - LONG_BEFORE, until + LONG_AFTER, edition)
    span = Span(_place(days, FIRST), _place(days, until - timedelta(days=1)))
    officers = [(officer_id(identity, session.book.officers), identity) for identity in OFFICERS]
    templates = Templates(session, days, span.first)
    return bring_in(session.folder, History(templates, span, officers, PREFIX, seed).commits(how_many))


def _place(days: WorkingDays, day: date) -> int:
    """The place of a day, or of the last working day before it."""
    while day not in days.places:
        day -= timedelta(days=1)
    return days.places[day]


def _founded(root: Path, seed: int) -> Session:
    """An empty case folder for practice, with its officers, by sptool's own commands."""
    os.environ[SEED] = f"benchmarks {seed}"
    founding_day = FIRST - timedelta(days=3)
    found(root, Founding(PREFIX, PARTNERSHIP, training=True), OFFICERS[0], read_clock(founding_day.isoformat()))
    session = Session(Globals(cases=root, today=founding_day.isoformat()))
    for identity in OFFICERS[1:]:
        add_officer(session, identity, OFFICERS[0])
    return session


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the command line and writes the folder."""
    parser = argparse.ArgumentParser(prog="generate.py", description=__doc__)
    parser.add_argument("folder", type=Path, help="where; it must not exist yet")
    parser.add_argument("--cases", type=int, required=True, help="how many cases, of about 15 records each")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same folder")
    parser.add_argument("--until", type=date.fromisoformat, default=UNTIL, help="the day to look at it on: YYYY-MM-DD")
    given = parser.parse_args(arguments)
    records = generate(given.folder, given.cases, given.seed, given.until)
    sys.stdout.write(f"{given.cases} cases, {records} records. Look at it with --today {given.until}\n")
