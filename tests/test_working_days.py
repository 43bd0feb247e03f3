"""Counting working days, rule by rule. The holidays here are England's, written out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sptool.errors import UsageError
from sptool.working_days import EARLIEST, LATEST, Calendar, CountedDay, add_months

CALENDAR = Calendar(
    {
        date(2026, 4, 3): "Good Friday",
        date(2026, 4, 6): "Easter Monday",
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 26): "Boxing Day",
        date(2026, 12, 28): "Boxing Day (substitute day)",
        date(2027, 1, 1): "New Year's Day",
    },
    published_until=date(2027, 12, 31),
)
MONDAY = date(2026, 3, 2)
SATURDAY = date(2026, 3, 7)

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
NUMBERS = st.integers(0, 400)


def test_day_zero_is_the_day_of_the_event() -> None:
    assert CALENDAR.add(MONDAY, 0) == MONDAY
    assert CALENDAR.add(MONDAY, 1) == date(2026, 3, 3)
    assert CALENDAR.add(MONDAY, 5) == date(2026, 3, 9)


@pytest.mark.parametrize("day", [SATURDAY, SATURDAY + timedelta(days=1)])
def test_a_clock_that_starts_on_a_weekend_counts_from_the_next_working_day(day: date) -> None:
    assert CALENDAR.add(day, 1) == date(2026, 3, 9)
    assert CALENDAR.add(day, 5) == date(2026, 3, 13)


def test_a_clock_that_starts_on_a_holiday_counts_from_the_next_working_day() -> None:
    assert CALENDAR.add(date(2026, 4, 3), 1) == date(2026, 4, 7)


def test_a_clock_that_starts_on_a_friday_counts_monday_as_day_one() -> None:
    assert CALENDAR.add(date(2026, 3, 6), 1) == date(2026, 3, 9)


def test_easter_takes_four_days_out_of_the_count() -> None:
    assert CALENDAR.add(date(2026, 4, 1), 2) == date(2026, 4, 7)


def test_christmas_and_new_year_with_their_substitute_day_are_skipped() -> None:
    assert CALENDAR.add(date(2026, 12, 23), 5) == date(2027, 1, 4)


def test_each_day_of_a_count_says_its_number_or_why_it_is_skipped() -> None:
    assert CALENDAR.count(date(2026, 12, 24), 2) == (
        CountedDay(date(2026, 12, 24), 0, ""),
        CountedDay(date(2026, 12, 25), None, "Christmas Day"),
        CountedDay(date(2026, 12, 26), None, "Saturday"),
        CountedDay(date(2026, 12, 27), None, "Sunday"),
        CountedDay(date(2026, 12, 28), None, "Boxing Day (substitute day)"),
        CountedDay(date(2026, 12, 29), 1, ""),
        CountedDay(date(2026, 12, 30), 2, ""),
    )


def test_day_zero_at_a_weekend_says_so_and_is_still_day_zero() -> None:
    assert CALENDAR.count(SATURDAY, 0) == (CountedDay(SATURDAY, 0, "Saturday"),)


@pytest.mark.parametrize(
    ("today", "late"),
    [
        (date(2026, 3, 5), -1),
        (date(2026, 3, 6), 0),  # due today
        (date(2026, 3, 7), 0),  # the weekend after
        (date(2026, 3, 9), 1),
        (date(2026, 3, 10), 2),
    ],
)
def test_lateness_is_the_working_days_after_the_due_date(today: date, late: int) -> None:
    assert CALENDAR.between(date(2026, 3, 6), today) == late


def test_before_a_due_date_after_a_weekend_the_weekend_is_not_time_left() -> None:
    assert CALENDAR.between(date(2026, 3, 9), SATURDAY) == -1
    assert CALENDAR.between(date(2026, 3, 9), date(2026, 3, 6)) == -1


@given(DAYS, NUMBERS)
def test_between_undoes_add(day: date, n: int) -> None:
    assert CALENDAR.between(day, CALENDAR.add(day, n)) == n


@given(DAYS, NUMBERS.filter(bool))
def test_what_is_counted_to_is_a_working_day_after_the_event(day: date, n: int) -> None:
    due = CALENDAR.add(day, n)
    assert CALENDAR.is_working(due)
    assert due > day


@given(DAYS, st.integers(0, 500))
def test_add_undoes_between_for_a_working_day(day: date, passed: int) -> None:
    end = day + timedelta(days=passed)
    number = CALENDAR.between(day, end)
    if CALENDAR.is_working(end) and number <= 400:
        assert CALENDAR.add(day, number) == end


@given(DAYS, DAYS)
def test_between_is_the_same_backwards_with_the_other_sign(start: date, end: date) -> None:
    assert CALENDAR.between(start, end) == -CALENDAR.between(end, start)


@given(DAYS, NUMBERS)
def test_a_count_shows_every_day_once_and_numbers_run_without_a_gap(day: date, n: int) -> None:
    counted = CALENDAR.count(day, n)
    assert [entry.on for entry in counted] == [day + timedelta(days=passed) for passed in range(len(counted))]
    assert [entry.number for entry in counted if entry.number is not None] == list(range(n + 1))
    assert all(entry.why for entry in counted if entry.number is None)


def test_days_beyond_the_published_years_are_provisional() -> None:
    assert not CALENDAR.provisional(date(2027, 12, 31))
    assert CALENDAR.provisional(date(2028, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 15), 6, date(2026, 9, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize("n", [-1, 401])
def test_a_number_that_can_not_be_counted_is_refused(n: int) -> None:
    with pytest.raises(UsageError, match="not a number of working days") as refused:
        CALENDAR.add(MONDAY, n)
    assert refused.value.fix == "Give a number from 0 to 400."
    with pytest.raises(UsageError, match="not a number of months"):
        add_months(MONDAY, n)


def test_a_count_that_leaves_the_known_years_is_refused_at_both_ends() -> None:
    with pytest.raises(UsageError, match="leaves the years"):
        CALENDAR.add(EARLIEST - timedelta(days=1), 1)
    with pytest.raises(UsageError, match="leaves the years"):
        CALENDAR.add(LATEST, 1)
    with pytest.raises(UsageError, match="leaves the years"):
        CALENDAR.between(date.min, MONDAY)
    with pytest.raises(UsageError, match="leaves the years"):
        CALENDAR.between(MONDAY, date.max)
    with pytest.raises(UsageError, match="leaves the years"):
        add_months(date(2100, 7, 1), 6)
    assert CALENDAR.add(LATEST, 0) == LATEST
    assert CALENDAR.add(LATEST - timedelta(days=1), 1) == LATEST
