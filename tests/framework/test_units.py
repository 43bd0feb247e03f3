"""Units of time: each answers for itself, in days and in words, and nobody else asks which one it is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest

from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework
from sptool.framework.units import UNITS, Counted, Unit, UnitName
from sptool.working_days import Calendar

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "framework-file.md").read_text(encoding="utf-8")
FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)


@pytest.fixture(scope="module")
def calendar(shipped: Framework) -> Calendar:
    return england_calendar(shipped)


@pytest.mark.parametrize(
    ("unit", "start", "n", "expected"),
    [
        ("working_days", FRIDAY, 5, date(2026, 3, 13)),
        ("working_days", SATURDAY, 0, SATURDAY),
        ("months", date(2026, 8, 31), 6, date(2027, 2, 28)),
        ("own_date", FRIDAY, 5, None),
    ],
)
def test_the_day_with_a_number(unit: str, start: date, n: int, expected: date | None, calendar: Calendar) -> None:
    assert UNITS[unit].day(start, n, calendar) == expected


@pytest.mark.parametrize(("unit", "listed"), [("working_days", 8), ("months", 0), ("own_date", 0)])
def test_days_are_listed_only_where_holidays_matter(unit: str, listed: int, calendar: Calendar) -> None:
    assert len(UNITS[unit].listed(FRIDAY, 5, calendar)) == listed


def test_counting_from_a_weekend_begins_with_the_next_working_day(calendar: Calendar) -> None:
    said = "That is not a working day (Saturday): the next working day is day 1."
    assert UNITS["working_days"].after_day_0(SATURDAY, calendar) == said
    assert {UNITS["working_days"].after_day_0(FRIDAY, calendar), UNITS["months"].after_day_0(SATURDAY, calendar)} == {
        ""
    }


def test_only_what_holidays_can_move_is_provisional(calendar: Calendar) -> None:
    later = date(2090, 3, 6)
    found = {name: unit.is_provisional(FRIDAY, later, calendar) for name, unit in UNITS.items()}
    assert found == {"working_days": True, "months": False, "own_date": False}
    assert not UNITS["working_days"].is_provisional(FRIDAY, FRIDAY, calendar)


@pytest.mark.parametrize(
    ("unit", "days", "late_after", "brief", "sentence", "from_event"),
    [
        ("working_days", 5, None, "5 working days", "There are 5 working days", "within 5 working days of it"),
        ("working_days", 1, None, "1 working day", "There is 1 working day", "within 1 working day of it"),
        (
            *("working_days", 12, 13, "12 working days, late after 13"),
            *("Working day 12 is the day to aim at; it is late after working day 13", "within 12 working days of it"),
        ),
        ("months", 1, None, "1 month", "There is 1 month", "within 1 month of it"),
        (
            *("own_date", None, None, "The date that the record names", "The record names the date"),
            "by the date that is named for it",
        ),
    ],
)
def test_how_long_in_words(
    unit: str, days: int | None, late_after: int | None, brief: str, sentence: str, from_event: str
) -> None:
    counted = UNITS[unit]
    said = (counted.in_brief(days, late_after), counted.in_a_sentence(days, late_after), counted.from_event(days, "it"))
    assert said == (brief, sentence, from_event)


@pytest.mark.parametrize(
    "says",
    [
        lambda unit, _: unit.title,
        lambda unit, _: unit.in_brief(5, None),
        lambda unit, _: unit.in_a_sentence(5, None),
        lambda unit, _: unit.from_event(5, "it"),
        lambda unit, calendar: unit.day(FRIDAY, 5, calendar),
    ],
    ids=["title", "in_brief", "in_a_sentence", "from_event", "day"],
)
def test_no_two_units_answer_alike(says: Callable[[Unit, Calendar], object], calendar: Calendar) -> None:
    """So that a unit which takes over what another says or counts is noticed."""
    assert len({says(unit, calendar) for unit in UNITS.values()}) == len(UNITS)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_the_answers_of_a_unit_fit_together(unit: Unit, calendar: Calendar) -> None:
    for start in (calendar.published_until + timedelta(days=away) for away in range(-20, 20)):
        due_on, listed = unit.day(start, 6, calendar), unit.listed(start, 6, calendar)
        if due_on and listed:
            assert (listed[0].on, listed[-1].on) == (start, due_on)
            assert [one.number for one in listed if one.number is not None] == [*range(7)]
            movable = any(calendar.provisional(one.on) for one in listed)
            assert unit.is_provisional(start, due_on, calendar) == movable
        if isinstance(unit, Counted):
            fifth, sixth = (unit.day(start, n, calendar) for n in (5, 6))
            assert fifth
            assert sixth
            assert unit.comes_before(5, 6) == (fifth < sixth)


def test_the_page_names_every_unit() -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith("| `unit`")]
    assert [name for name in UNITS if f"`{name}`" not in row] == []
    assert set(UNITS) == set(get_args(UnitName))


def asked_by_name(tree: ast.AST) -> Iterator[str]:
    """Where a module compares a unit's name, or asks for the name at all in order to compare it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare | ast.MatchValue | ast.Match):
            for part in ast.walk(node.subject if isinstance(node, ast.Match) else node):
                if isinstance(part, ast.Constant) and part.value in UNITS:
                    yield ast.unparse(node)
                if isinstance(part, ast.Attribute) and part.attr == "unit":
                    yield ast.unparse(node)


def test_nobody_but_the_units_asks_which_unit_it_is() -> None:
    modules = [path for path in (ROOT / "sptool").rglob("*.py") if path.name != "units.py"]
    found = {path.name: list(asked_by_name(ast.parse(path.read_text(encoding="utf-8")))) for path in modules}
    assert {name: asked for name, asked in found.items() if asked} == {}


def test_asking_which_unit_it_is_would_be_seen() -> None:
    assert list(asked_by_name(ast.parse("days = 1 if rule.get('unit') == 'months' else 2")))
    assert list(asked_by_name(ast.parse("x = rule.unit in NAMES")))
    assert list(asked_by_name(ast.parse("match name:\n    case 'own_date':\n        pass")))
