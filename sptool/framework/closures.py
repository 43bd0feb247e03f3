"""Which days are not working days: what an edition adds to the bank holidays."""

from typing import Annotated, Literal

from pydantic import Field

from sptool.framework.entries import Day, Part, Slug, Text


class ExtraHoliday(Part):
    """A bank holiday that the calendar doesn't know yet."""

    on: Day
    name: Text


class Closure(Part):
    """Days on which the council is closed though they are working days.

    Args:
        name: what it is called.
        starts: its first day. Written `from` in the file.
        to: its last day, included.
        stops: the ids of the deadlines that it stops. None of them unless named here.
    """

    name: Text
    starts: Annotated[Day, Field(alias="from")]
    to: Day
    stops: tuple[Slug, ...] = ()


class CalendarRules(Part):
    """Which days are working days.

    Args:
        jurisdiction: whose bank holidays; England's.
        published_until: the last day of the last year whose bank holidays are officially published.
        extra_holidays: bank holidays announced since.
        closures: the council's own closures.
    """

    jurisdiction: Literal["ENG"]
    published_until: Day
    extra_holidays: tuple[ExtraHoliday, ...] = ()
    closures: tuple[Closure, ...] = ()
