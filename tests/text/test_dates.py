"""One reader of dates: it takes the whole text for one date, or says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sptool.text.dates import ALONE, NotADate, answered_day, said_day, why_no_day, written_day

TODAY = date(2026, 11, 25)

READ = {
    "2026-11-20": "2026-11-20",
    "20/11/2026": "2026-11-20",
    "20.11.2026": "2026-11-20",
    "20-11-26": "2026-11-20",
    "20/11/26": "2026-11-20",
    "1st December 2025": "2025-12-01",
    "2nd of March, 2026": "2026-03-02",
    "Friday 20 November 2026": "2026-11-20",
    "friday, 20 nov. 2026": "2026-11-20",
    "Fri 20/11/2026": "2026-11-20",
    "20 Sept 2026": "2026-09-20",
    "20 November 2026.": "2026-11-20",
    "  20\u00a0November\n2026 ": "2026-11-20",
    "20\u201311\u20132026": "2026-11-20",
    "20 / 11 / 2026": "2026-11-20",
    "3/4/2026": "2026-04-03",
    "29 February 2024": "2024-02-29",
    "1 December 35": "2035-12-01",
}
REFUSED = {
    "before 3 June 2026": "words before or after it",
    "not 3 June 2026": "words before or after it",
    "3 June 2026 or later": "words before or after it",
    "3 June 2026?": "words before or after it",
    "5/3/2026 and 6/3/2026": "words before or after it",
    "2026-11-20T10:00": "words before or after it",
    "1 marble 2026": "no month begins so",
    "1 ma 2026": "no month begins so",
    "Monday 20 November 2026": "this date is a Friday",
    "Mon 20/11/2026": "this date is a Friday",
    "31/6/2023": "there is no such date: that month has 30 days",
    "29 February 2026": "there is no such date: that month has 28 days",
    "2026-02-30": "there is no such date: that month has 28 days",
    "13/13/2026": "there is no such date",
    "0/1/2026": "there is no such date",
    "November 20, 2026": "write the day before the month",
    "Nov 20 2026": "write the day before the month",
    "3/2/84": "write the year with four digits",
    "20/11-2026": "write the date as YYYY-MM-DD",
    "20261120": "write the date as YYYY-MM-DD",
    "2026-W47-5": "write the date as YYYY-MM-DD",
    "2026-3-5": "write the date as YYYY-MM-DD",
    "2026": "write the date as YYYY-MM-DD",
    "in March": "write the date as YYYY-MM-DD",
    "\u0661/\u0662/2026": "write the date as YYYY-MM-DD",
    "": "write the date as YYYY-MM-DD",
}
BY_SOMEBODY = {"today": "2026-11-25", "Today": "2026-11-25", "yesterday": "2026-11-24"}
WITHOUT_YEAR = {
    "20 Nov": ("2026-11-20", "2027-11-20"),
    "25 November": ("2026-11-25", "2026-11-25"),
    "30 Nov": ("2025-11-30", "2026-11-30"),
    "20/11": ("2026-11-20", "2027-11-20"),
    "Fri 20 Nov": ("2026-11-20", None),
    "29 Feb": ("2024-02-29", "2028-02-29"),
}
READERS: tuple[Callable[[str, date], date], ...] = (written_day, said_day, answered_day)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("text", "day"), READ.items())
def test_a_date_is_read_everywhere_alike(reader: Callable[[str, date], date], text: str, day: str) -> None:
    assert reader(text, TODAY).isoformat() == day


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_what_is_not_one_date_is_refused_with_what_is_wrong(
    reader: Callable[[str, date], date], text: str, why: str
) -> None:
    with pytest.raises(NotADate) as refused:
        reader(text, TODAY)
    assert why in str(refused.value)


@pytest.mark.parametrize(("text", "day"), BY_SOMEBODY.items())
def test_today_means_something_only_where_somebody_says_it(text: str, day: str) -> None:
    assert said_day(text, TODAY).isoformat() == answered_day(text, TODAY).isoformat() == day
    with pytest.raises(NotADate, match="will mean another day later"):
        written_day(text, TODAY)


@pytest.mark.parametrize(("text", "days"), WITHOUT_YEAR.items())
def test_the_year_may_be_left_out_only_at_a_prompt(text: str, days: tuple[str, str | None]) -> None:
    past, ahead = days
    assert answered_day(text, TODAY).isoformat() == past
    if ahead:
        assert answered_day(text, TODAY, ahead=True).isoformat() == ahead
    for reader in (written_day, said_day):
        with pytest.raises(NotADate, match="write the year too"):
            reader(text, TODAY)


def test_without_a_year_a_day_that_never_comes_is_refused_all_the_same() -> None:
    with pytest.raises(NotADate, match="that month has 30 days"):
        answered_day("31 June", TODAY)
    with pytest.raises(NotADate, match="this date is a Friday"):
        answered_day("Mon 20 Nov", TODAY)


def test_a_year_of_two_digits_needs_to_know_what_day_it_is() -> None:
    with pytest.raises(NotADate, match="four digits"):
        written_day("20-11-26")


def test_what_stands_in_place_of_a_stored_date_is_said() -> None:
    assert why_no_day("not 3 June 2026") == ALONE
    assert why_no_day("5/3/2026").startswith("write the date as YYYY-MM-DD")


FORMS: dict[str, Callable[[date], str]] = {
    "as it is stored": lambda day: day.isoformat(),
    "slashes": lambda day: f"{day.day}/{day.month}/{day.year:04}",
    "full stops": lambda day: f"{day:%d.%m.%Y}",
    "hyphens": lambda day: f"{day.day}-{day:%m}-{day.year:04}",
    "in words": lambda day: f"{day.day} {day:%B} {day.year:04}",
    "in short": lambda day: f"{day:%a} {day.day} {day:%b} {day.year:04}",
    "in full": lambda day: f"{day:%A}, {day.day} {day:%B} {day.year:04}",
}


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(sorted(FORMS)))
def test_a_date_written_in_any_of_these_forms_comes_back(day: date, form: str) -> None:
    assert written_day(FORMS[form](day), TODAY) == day


def _read(text: str) -> date | str:
    try:
        return written_day(text, TODAY)
    except NotADate as refused:
        return str(refused)


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(sorted(FORMS)),
    st.from_regex(r"[^\W\d_]{2,8}", fullmatch=True),
)
def test_a_date_with_a_word_before_it_is_refused_unless_it_is_its_day_of_the_week(
    day: date, form: str, word: str
) -> None:
    read = _read(f"{word} {FORMS[form](day)}")
    assert read != day or f"{day:%A}".casefold().startswith(word.casefold())


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused_in_words(text: str) -> None:
    assert _read(text)
