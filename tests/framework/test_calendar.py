"""England's calendar: equal to the official dates, and what an edition adds to it."""

from __future__ import annotations

from datetime import date

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from sptool.framework.calendar import england_calendar
from sptool.framework.entries import CalendarRules, Closure
from sptool.framework.models import Framework
from sptool.working_days import Calendar


@pytest.fixture(scope="module")
def official() -> set[date]:
    published = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {holiday["date"] for holiday in published}


@pytest.fixture(scope="module")
def calendar(shipped: Framework) -> Calendar:
    return england_calendar(shipped)


def with_rules(shipped: Framework, **changes: object) -> Framework:
    rules = CalendarRules.model_validate({"jurisdiction": "ENG", "published_until": "2028-12-31", **changes})
    return shipped.model_copy(update={"calendar": rules})


def test_every_working_day_is_the_official_one_over_the_whole_published_range(
    calendar: Calendar, official: set[date]
) -> None:
    first, last = date(min(official).year, 1, 1), date(max(official).year, 12, 31)
    days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    expected = [day for day in days if day.weekday() < 5 and day not in official]
    assert [day for day in days if calendar.is_working(day)] == expected


def test_dates_are_provisional_after_the_last_official_year(calendar: Calendar, official: set[date]) -> None:
    last_official = date(max(official).year, 12, 31)
    assert calendar.published_until <= last_official
    assert calendar.provisional(date(last_official.year + 1, 1, 2))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 26), "Saturday"),
        (date(2026, 12, 28), "Boxing Day (substitute day)"),
        (date(2021, 12, 27), "Christmas Day (substitute day)"),
        (date(2022, 1, 3), "New Year's Day (substitute day)"),
        (date(2020, 5, 8), "May Day"),
        (date(2022, 6, 2), "Spring Bank Holiday"),
        (date(2022, 6, 3), "Platinum Jubilee of Elizabeth II"),
        (date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
        (date(2023, 5, 8), "Coronation of Charles III"),
        (date(2020, 5, 4), ""),  # moved to the Friday in that year
        (date(2022, 5, 30), ""),  # moved to 2 June in that year
        (date(2026, 3, 17), ""),  # a holiday elsewhere in the United Kingdom
        (date(2026, 11, 30), ""),  # likewise
    ],
)
def test_each_holiday_is_called_by_its_name(calendar: Calendar, day: date, why: str) -> None:
    assert calendar.why_not_working(day) == why


def test_five_working_days_across_christmas_2026(calendar: Calendar) -> None:
    assert calendar.add(date(2026, 12, 22), 5) == date(2026, 12, 31)
    assert calendar.add(date(2026, 12, 24), 5) == date(2027, 1, 5)


def test_fifteen_working_days_across_easter_and_may_2026(calendar: Calendar) -> None:
    assert calendar.add(date(2026, 4, 2), 15) == date(2026, 4, 27)
    assert calendar.add(date(2026, 4, 20), 15) == date(2026, 5, 12)


def test_the_jubilee_and_the_funeral_of_2022_stop_the_count(calendar: Calendar) -> None:
    assert calendar.add(date(2022, 6, 1), 1) == date(2022, 6, 6)
    assert calendar.add(date(2022, 9, 16), 1) == date(2022, 9, 20)


def test_holidays_are_known_in_every_year_that_can_be_counted(calendar: Calendar) -> None:
    assert all(date(year, 12, 25) in calendar.non_working for year in range(1990, 2101))


def test_a_holiday_announced_since_moves_what_comes_after_it(shipped: Framework) -> None:
    announced = with_rules(shipped, extra_holidays=[{"on": "2026-03-04", "name": "Example celebration"}])
    assert england_calendar(shipped).add(date(2026, 3, 2), 5) == date(2026, 3, 9)
    calendar = england_calendar(announced)
    assert calendar.add(date(2026, 3, 2), 5) == date(2026, 3, 10)
    assert calendar.why_not_working(date(2026, 3, 4)) == "Example celebration"


def closed_at_christmas(shipped: Framework, stops: list[str]) -> Framework:
    closure = {"name": "Christmas closure", "from": "2026-12-29", "to": "2026-12-31", "stops": stops}
    return with_rules(shipped, closures=[closure])


def test_a_closure_stops_no_clock_that_it_does_not_name(shipped: Framework) -> None:
    framework = closed_at_christmas(shipped, ["share-rationale"])
    assert isinstance(framework.calendar.closures[0], Closure)
    for calendar in (england_calendar(framework), england_calendar(framework, "notify")):
        assert calendar.add(date(2026, 12, 24), 2) == date(2026, 12, 30)
    assert england_calendar(closed_at_christmas(shipped, []), "notify").is_working(date(2026, 12, 29))


def test_a_closure_stops_the_clock_that_it_names_from_its_first_day_to_its_last(shipped: Framework) -> None:
    calendar = england_calendar(closed_at_christmas(shipped, ["share-rationale"]), "share-rationale")
    assert calendar.add(date(2026, 12, 24), 2) == date(2027, 1, 5)
    assert [calendar.why_not_working(date(2026, 12, day)) for day in (29, 30, 31)] == ["Christmas closure"] * 3
    assert calendar.why_not_working(date(2027, 1, 1)) == "New Year's Day"


def test_one_edition_s_holidays_never_reach_another_s_calendar(shipped: Framework) -> None:
    england_calendar(with_rules(shipped, extra_holidays=[{"on": "2026-03-04", "name": "Example celebration"}]))
    assert england_calendar(shipped).is_working(date(2026, 3, 4))
