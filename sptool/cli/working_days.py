"""`sptool working-days`: the day that is a number of working days from another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.explain import days_data
from sptool.cli.screen import say, say_json, say_table
from sptool.cli.wording import wrapped
from sptool.desk.edition import edition_or_shipped
from sptool.desk.session import Session
from sptool.errors import UsageError
from sptool.framework.calendar import england_calendar
from sptool.text.dates import day_typed
from sptool.text.english import british, number
from sptool.working_days import LONGEST, Calendar, CountedDay


def register(app: typer.Typer) -> None:
    """Adds the command. A number with a minus is told apart from an option, to be refused in plain words."""
    app.command("working-days", context_settings={"ignore_unknown_options": True})(working_days)


def working_days(
    context: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DATE", help="Day 0, such as 2026-03-02, 2/3/2026 or today.")],
    number: Annotated[str, typer.Argument(metavar="N", help="How many working days.")],
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Count working days in England: weekends, bank holidays and the framework's extra days are skipped."""
    session = open_session(context)
    count = counted(session, day, number)
    (say_count_json if as_json else say_count)(count)


WEEKEND = ("Saturday", "Sunday")


@dataclass(frozen=True)
class Count:
    """A count of working days.

    Args:
        days: every day from day 0 on.
        n: how many working days.
    """

    days: tuple[CountedDay, ...]
    n: int
    calendar: Calendar

    @property
    def provisional(self) -> bool:
        """Whether bank holidays on the way may still change."""
        return self.calendar.provisional(self.days[-1].on)


def counted(session: Session, day: str, n: str) -> Count:
    """The count that was asked for, by the folder's current edition, or by the shipped one where there is no folder.

    Raises:
        UsageError: the day is no date, or the number can't be counted.
    """
    start = day_typed(day, session.clock.today, "DATE")
    whole = n.strip()
    if not (whole.isascii() and whole.isdigit()) or int(whole) > LONGEST:
        raise UsageError("N is not a number of working days that can be counted.", f"Give one from 0 to {LONGEST}.")
    calendar = england_calendar(edition_or_shipped(session))
    return Count(calendar.count(start, int(whole)), int(whole), calendar)


def say_count(count: Count) -> None:
    """Prints the day, and which days were skipped."""
    for line in _lines(count):
        say(line)
    skipped = [day for day in count.days[1:] if day.number is None and day.why not in WEEKEND]
    if skipped:
        say_table(("Skipped", "Why"), ((british(day.on), day.why) for day in skipped))


def _lines(count: Count) -> Iterator[str]:
    first, last = count.days[0], count.days[-1]
    yield f"{number(count.n, 'working day')} after {british(first.on)}: {british(last.on)}"
    if first.why:
        yield from wrapped(f"{british(first.on)} is not a working day itself ({first.why}).", indent=0)
    weekends = sum(day.why in WEEKEND for day in count.days[1:] if day.number is None)
    if weekends:
        yield f"{number(weekends, 'weekend day')} skipped."
    if count.provisional:
        until = british(count.calendar.published_until)
        yield from wrapped(f"Provisional: bank holidays are officially published only up to {until}.", indent=0)


def say_count_json(count: Count) -> None:
    """Prints the count for other programs."""
    say_json(
        {
            "from": count.days[0].on.isoformat(),
            "working_days": count.n,
            "date": count.days[-1].on.isoformat(),
            "weekday": f"{count.days[-1].on:%A}",
            "provisional": count.provisional,
            "days": days_data(count.days),
        }
    )
