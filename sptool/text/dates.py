"""Dates as people write them, read in one place for flags, prompts, files and forms.

The whole text is one date, day before month, or it is refused with what is wrong. Nothing is guessed, and no word
is passed over: "before 3 June 2026" is not that day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

from sptool.errors import UsageError
from sptool.text.prose import normalise

ReadDay: TypeAlias = Callable[[str], date]
"""Reads a date, and raises `NotADate` for whatever is none."""

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""How a date is stored."""
WRITE = "write the date as YYYY-MM-DD, 5/3/2026 or 5 March 2026"
ALONE = "write the date alone: words before or after it would change what it says"
NO_SUCH_DATE = "there is no such date"
NO_MONTH = "no month begins so"
DAY_FIRST = "write the day before the month, such as 5 March 2026"
WHOLE_YEAR = "write the year with four digits"
NO_YEAR = "write the year too"
RELATIVE = "write the date itself: a word such as today will mean another day later"
MOST_YEARS_AHEAD = 10  # of a year written with two digits; what lies further ahead was meant for the century before

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RELATIVE = ("today", "yesterday", "tomorrow", "now")
_SHORTEST = 3  # letters of a month or a day of the week
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_LONG_YEAR_FIRST = r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"
_IN_NUMBERS = r"(?P<d>[0-9]{1,2}) ?(?P<by>[/.-]) ?(?P<m>[0-9]{1,2})"
_IN_WORDS = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)? ?(?P<month>[a-z]+)\.?"
_WITH_YEAR = (
    _LONG_YEAR_FIRST,
    _IN_NUMBERS + r" ?(?P=by) ?(?P<y>[0-9]{4}|[0-9]{2})",
    _IN_WORDS + r",? ?(?P<y>[0-9]{4}|[0-9]{2})",
)
_WITHOUT_YEAR = (_IN_NUMBERS, _IN_WORDS)
_AROUND = r"(?<![0-9a-z])(?:{})(?![0-9])"


class NotADate(ValueError):
    """What is written is no date. Its text says why, in an officer's words and without what was written."""


@dataclass(frozen=True)
class _Parts:
    """The parts of a date as they are written.

    Args:
        month: the month by its number, or by its name or the beginning of it.
        year: the year with four digits or two; empty for none.
    """

    day: int
    month: str
    year: str


def written_day(text: str, today: date | None = None) -> date:
    """The date that a file or a returned form holds.

    Args:
        text: what is written, such as `2026-03-05`, `5/3/2026`, `5.3.26` or `Thursday 5 March 2026`.
        today: the date in London, by which a year of two digits is understood; without it, such a year is refused.

    Raises:
        NotADate: it is not one date, or its day of the week or of the month doesn't exist.
    """
    weekday, parts = _split(_plain(text), _WITH_YEAR)
    return _day(parts, _year(parts.year, today), weekday)


def said_day(text: str, today: date) -> date:
    """The date that somebody types as a flag, who may also say `today` or `yesterday`.

    Raises:
        NotADate: as for `written_day`.
    """
    near = {"today": today, "yesterday": today - timedelta(days=1)}
    return near.get(_plain(text)) or written_day(text, today)


def answered_day(text: str, today: date, *, ahead: bool = False) -> date:
    """The date that somebody answers at a prompt, who sees at once how it is read and may leave out the year.

    Args:
        ahead: whether the question is about a day to come. Without a year, the next such day is meant, else the last.

    Raises:
        NotADate: as for `written_day`.
    """
    try:
        return said_day(text, today)
    except NotADate as fault:
        if str(fault) != NO_YEAR:
            raise
    weekday, parts = _split(_plain(text), _WITHOUT_YEAR)
    return _day(parts, _nearest_year(parts, today, ahead), weekday)


def why_no_day(text: str) -> str:
    """What is wrong with what stands in place of a date that is stored as YYYY-MM-DD."""
    try:
        written_day(text)
    except NotADate as fault:
        return str(fault)
    return WRITE


def _plain(text: str) -> str:
    """Small letters, single spaces, one kind of dash, no full stop at the end."""
    return " ".join(normalise(text).translate(_DASHES).casefold().split()).removesuffix(".")


def _split(text: str, forms: tuple[str, ...]) -> tuple[int | None, _Parts]:
    """The day of the week, if one is named, and the date behind it."""
    weekday, rest = _without_weekday(text)
    parts = _parts(rest, forms)
    if parts is None:
        raise NotADate(next(_faults(text), WRITE))
    return weekday, parts


def _without_weekday(text: str) -> tuple[int | None, str]:
    first, _, rest = text.partition(" ")
    weekday = _number_of(first.rstrip(".,"), _WEEKDAYS)
    return (None, text) if weekday is None else (weekday, rest)


def _parts(text: str, forms: tuple[str, ...]) -> _Parts | None:
    for form in forms:
        if match := _all(form).fullmatch(text):
            found = match.groupdict()
            return _Parts(int(found["d"]), found.get("month") or found["m"], found.get("y") or "")
    return None


def _day(parts: _Parts, year: int, weekday: int | None) -> date:
    month = _month(parts.month)
    try:
        day = date(year, month, parts.day)
    except ValueError:
        raise NotADate(f"{NO_SUCH_DATE}{_lengths(year, month)}") from None
    if weekday not in (None, day.weekday()):
        raise NotADate(f"the day of the week is wrong: this date is a {_WEEKDAYS[day.weekday()].capitalize()}")
    return day


def _lengths(year: int, month: int) -> str:
    """How many days the month has, unless there is no such month or year."""
    if not (1 <= month <= len(_MONTHS) and year):
        return ""
    from calendar import monthrange

    return f": that month has {monthrange(year, month)[1]} days"


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    found = _number_of(written, _MONTHS)
    if found is None:
        raise NotADate(NO_MONTH)
    return found + 1


def _number_of(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names a word is, or begins."""
    if len(word) < _SHORTEST:
        return None
    return next((number for number, name in enumerate(names) if name.startswith(word)), None)


def _year(written: str, today: date | None) -> int:
    if len(written) == 4:
        return int(written)
    if today is None:
        raise NotADate(WHOLE_YEAR)
    year = today.year // 100 * 100 + int(written)
    if year > today.year + MOST_YEARS_AHEAD:
        raise NotADate(WHOLE_YEAR)
    return year


def _nearest_year(parts: _Parts, today: date, ahead: bool) -> int:
    """The year of the next such day, or of the last. Only 29 February may lie years away."""
    way = 1 if ahead else -1
    for year in range(today.year, today.year + 9 * way, way):
        day = _exists(year, _month(parts.month), parts.day)
        if day and (day - today).days * way >= 0:
            return year
    return today.year


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _faults(text: str) -> Iterator[str]:
    """Why a text is not one date. The first that fits is said."""
    if text in _RELATIVE:
        yield RELATIVE
    if _parts(_without_weekday(text)[1], _WITHOUT_YEAR):
        yield NO_YEAR
    month_first = _all(r"(?P<month>[a-z]+)\.? ?[0-9]{1,2}(?:st|nd|rd|th)?,? ?[0-9]{4}").search(text)
    if month_first and _number_of(month_first["month"], _MONTHS) is not None:
        yield DAY_FIRST
    if any(_all(_AROUND.format(form)).search(text) for form in _WITH_YEAR):
        yield ALONE


@cache
def _all(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: most runs of sptool read no date but YYYY-MM-DD."""
    return re.compile(pattern)


def day_typed(text: str, today: date, what: str) -> date:
    """The day that was typed.

    Args:
        text: as typed, such as `2026-03-05`, `5/3/2026`, `5 March 2026` or `today`.
        what: the option's or argument's name, for the message.

    Raises:
        UsageError: it is no date.
    """
    try:
        return said_day(text, today)
    except NotADate as fault:
        raise _not_a_date(what, fault) from None


def day_pretended(text: str) -> date:
    """The day that is typed with `--today`, where no other day is known that it could be relative to.

    Raises:
        UsageError: it is no date.
    """
    try:
        return written_day(text)
    except NotADate as fault:
        raise _not_a_date("--today", fault) from None


def _not_a_date(what: str, fault: NotADate) -> UsageError:
    why = "" if str(fault) == WRITE else f": {fault}"
    return UsageError(f"{what} is not a date{why}.", "Write it as 2026-03-05, 5/3/2026 or 5 March 2026.")
