"""A table of the index is made from the fields of one dataclass: whatever has those fields comes back as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import pytest

from sptool.index.rows import Table
from sptool.index.tables import CASES, DEADLINES, LOUD, READ_FROM, ReadFrom, forget, make_tables
from sptool.workflow.glance import CaseSummary, Loud, OpenDeadline
from tests.index.histories import EVERYTHING

DAY = date(2026, 3, 9)
DEADLINE = OpenDeadline(
    aim_on=None,
    due_on=DAY,
    can_be_late=True,
    provisional=False,
    case="HSP-2026-K7QM3",
    id="notify",
    title="Notify; it's 'quoted'",
    owner="local authority",
    agency="",
    command="sptool notify HSP-2026-K7QM3",
    force="duty",
    source="Children Act 2004",
    lead="",
    edition="0" * 64,
)
LOUD_THING = Loud("HSP-2026-K7QM3", "safety", "A child is at risk now.", "sptool update HSP-2026-K7QM3")
SUMMARY = CaseSummary("HSP-2026-K7QM3", "scoping", False, "officer-one", None, "2022-01", ("neglect", "é"), ())
ROWS: tuple[tuple[Table[Any], tuple[Any, ...]], ...] = (
    (DEADLINES, (DEADLINE, replace(DEADLINE, due_on=None, can_be_late=False, provisional=True, aim_on=DAY))),
    (LOUD, (LOUD_THING, replace(LOUD_THING, kind="to-refer"))),
    (CASES, (replace(SUMMARY, is_closed=True, opened_on=DAY),)),
    (READ_FROM, (ReadFrom("HSP-2026-K7QM3", "1" * 40, "", "", ("2026/a.yaml", "2026/b.yaml")),)),
)


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        make_tables(connection)
        yield connection


@pytest.mark.parametrize(("table", "rows"), ROWS)
def test_what_is_kept_comes_back_as_it_was(table: Table[Any], rows: tuple[Any, ...], index: sqlite3.Connection) -> None:
    table.insert(index, rows)
    assert tuple(table.rows(index, "" if len(rows) == 1 else "ORDER BY place")) == rows
    named = [column for _, column, *_ in index.execute(f"PRAGMA table_info({table.name})")]
    assert {column for column in named if column != "place"} == {one.name for one in fields(rows[0])}


def test_a_case_that_is_forgotten_leaves_no_row(index: sqlite3.Connection) -> None:
    for table, rows in ROWS:
        table.insert(index, rows)
    forget(index, "HSP-2026-K7QM3")
    assert [list(table.rows(index, "")) for table, _ in ROWS] == [[], [], [], []]


def test_a_field_that_the_index_cannot_keep_is_refused_by_name() -> None:
    @dataclass(frozen=True)
    class Weighed:
        case: str
        weight: float

    with pytest.raises(TypeError, match=r"Weighed\.weight"):
        Table("weighed", Weighed, case="case")


def test_a_table_that_no_comparison_of_indexes_looks_at_would_be_seen(index: sqlite3.Connection) -> None:
    made = {name for (name,) in index.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    ours = {name for name in made if not name.startswith(("sqlite_", "words_"))}
    assert ours - {"about", "records", "words"} == set(EVERYTHING)
