"""What stands in an edition: the entries of its lists, each with an id and its sources, and its calendar."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from sptool.text.dates import ISO_DATE


def _iso_date(value: object) -> object:
    if value is None or (isinstance(value, str) and ISO_DATE.fullmatch(value)):
        return value
    raise ValueError("write the date as YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_iso_date)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Flag = Annotated[bool, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0, le=400)]


class Part(BaseModel):
    """A part of an edition. It can't be changed and accepts no field that it doesn't know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Source(Part):
    """Where a rule comes from.

    Args:
        cite: how to cite it, such as an Act and section.
        verified: whether somebody has read the source itself.
    """

    cite: Text
    note: str = ""
    verified: Flag


class Sourced(Part):
    """Anything in an edition that says where it comes from.

    Args:
        source: the ids of its sources, the strongest first.
        verified: whether it was checked against those sources, or confirmed by the partnership.
    """

    source: Annotated[tuple[Slug, ...], Field(min_length=1)]
    verified: Flag
    note: str = ""


class Coded(Sourced):
    """An entry of a list: records hold its id, people read its name.

    Args:
        id: what records hold; never given a second meaning.
        valid_from: the first day on which it can be chosen; None if it always could.
        valid_to: the last such day, included; None if it still can.
    """

    id: Slug
    name: Text
    valid_from: Day | None = None
    valid_to: Day | None = None

    def valid(self, on: date) -> bool:
        """Whether it can be chosen for something that happened on that day."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


class Agency(Coded):
    """An agency under the name that it has or had.

    Args:
        rapid_review: whether it takes part in every rapid review.
        seats: the roles that sit for it there.
        successor: the id of the agency that took over when this one ended.
    """

    rapid_review: Flag = False
    seats: tuple[Text, ...] = ()
    successor: Slug | None = None


class Criterion(Coded):
    """A criterion or circumstance that a decision answers.

    Args:
        kind: `must` be acted on or weighed, `should`, or `may`.
        ground: for the notification: the ground it belongs to. All criteria of a ground together make it met.
        clause: the place in its source, such as `s16C(1)(a)`.
    """

    wording: Text
    kind: Literal["must", "should", "may"]
    ground: Literal["one", "two"] | None = None
    clause: str = ""


class Partner(Coded):
    """One of the statutory safeguarding partners.

    Args:
        agency: the id of the agency that acts as this partner.
    """

    agency: Slug


class Member(Part):
    """A seat in a group."""

    role: Text
    agency: Slug | None = None


class Group(Coded):
    """A group or board of the partnership.

    Args:
        members: its core seats.
        reports_to: the ids of the groups that it reports to.
    """

    members: tuple[Member, ...] = ()
    meets: str = ""
    reports_to: tuple[Slug, ...] = ()


class ClosureReason(Coded):
    """Why a case can be closed.

    Args:
        needs_receipt: whether the receipt of the area that takes the case over is needed.
    """

    needs_receipt: Flag = False


class ExtraHoliday(Part):
    """A bank holiday that the calendar doesn't know yet."""

    on: Day
    name: Text


class Closure(Part):
    """Days on which the council is closed though they are working days.

    Args:
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
        published_until: the last day of the last year whose bank holidays are officially published.
    """

    jurisdiction: Literal["ENG"]
    published_until: Day
    extra_holidays: tuple[ExtraHoliday, ...] = ()
    closures: tuple[Closure, ...] = ()
