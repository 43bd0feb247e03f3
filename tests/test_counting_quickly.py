"""Working days are counted by arithmetic; the days looked at one by one give the same number."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sptool.working_days import Calendar

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
CALENDARS = st.dictionaries(DAYS, st.just("closed"), max_size=60).map(lambda days: Calendar(days, date(2026, 12, 31)))


@given(CALENDARS, DAYS, DAYS)
def test_between_is_the_number_of_working_days_after_one_day_up_to_another(
    calendar: Calendar, one: date, other: date
) -> None:
    first, last = sorted((one, other))
    counted = sum(calendar.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    assert calendar.between(first, last) == counted
    assert calendar.between(last, first) == -counted


@given(CALENDARS, DAYS, st.integers(0, 40))
def test_adding_ends_on_the_last_day_of_the_count(calendar: Calendar, start: date, number: int) -> None:
    assert calendar.add(start, number) == calendar.count(start, number)[-1].on
    assert calendar.between(start, calendar.add(start, number)) == number


@given(CALENDARS, DAYS, DAYS)
def test_late_and_early_are_never_nought_away_from_the_day_itself(calendar: Calendar, due: date, seen: date) -> None:
    late = calendar.late(due, seen)
    assert (late > 0, late < 0) == (seen > due, seen < due)
    assert abs(late) == max(abs(calendar.between(due, seen)), int(seen != due))
