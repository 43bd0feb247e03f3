"""An edition of the framework, typed: the one place of days, agencies' names and criteria's wording."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from sptool.framework.entries import (
    Agency,
    CalendarRules,
    Closure,
    ClosureReason,
    Coded,
    Count,
    Criterion,
    Day,
    ExtraHoliday,
    Flag,
    Group,
    Member,
    Part,
    Partner,
    Slug,
    Source,
    Sourced,
    Text,
)
from sptool.framework.lists import Lists, lists_of
from sptool.framework.units import UNITS, Unit, UnitName

__all__ = [
    "LISTS",
    "Agency",
    "CalendarRules",
    "Closure",
    "ClosureReason",
    "Coded",
    "Criteria",
    "Criterion",
    "ExtraHoliday",
    "Framework",
    "Group",
    "Member",
    "Partner",
    "Question",
    "Retention",
    "Rule",
    "SeriousHarm",
    "Source",
    "Sourced",
]

Force = Literal["duty", "guidance", "framework", "local", "reminder"]


class Rule(Sourced):
    """A deadline: a number of days from one event until another.

    Args:
        days: how many working days or months; None when each has its own date.
        unit: what is counted. `own_date`: the record names the date.
        own_date_first: whether a date that the record names goes before the counted one.
        starts: the event that it counts from. Written `from` in the file.
        met_by: the event that meets it.
        force: where its force comes from. A `reminder` is never late.
        late_after: the last day in time, if that is later than the day to aim at.
        only_ground: the ground of notification that it applies to; None for any.
        hidden_once_met: the id of the deadline that makes this one pointless when met.
        owner: who must act, in words.
        command: what to type, with `{case}` for the reference.
    """

    id: Slug
    title: Text
    days: Count | None = None
    unit: UnitName
    own_date_first: Flag = False
    starts: Annotated[Slug, Field(alias="from")]
    met_by: Slug
    force: Force
    late_after: Count | None = None
    only_ground: Literal["one", "two"] | None = None
    hidden_once_met: Slug | None = None
    owner: Text
    command: Text

    @property
    def can_be_late(self) -> bool:
        """Whether missing it counts. A reminder is never late."""
        return self.force != "reminder"

    @property
    def counted_in(self) -> Unit:
        """What its time is counted in."""
        return UNITS[self.unit]

    @property
    def is_named(self) -> bool:
        """Whether a date that the record names itself goes before a counted one."""
        return self.own_date_first or not self.counted_in.is_counted

    @property
    def last_day(self) -> int | None:
        """The number of the last day in time; None when each has its own date."""
        return self.days if self.late_after is None else self.late_after


class Criteria(Part):
    """The criteria of each decision, and the circumstances to have regard to."""

    notification: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    local_review: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    circumstances: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    national_review: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class SeriousHarm(Sourced):
    """What serious harm means here. Not a closed list.

    Args:
        points: one thought each, in plain words.
    """

    points: Annotated[tuple[Text, ...], Field(min_length=1)]


class Retention(Sourced):
    """When a closed case is looked at again. Nothing is ever deleted by itself.

    Args:
        review_after_years: years from closing a case to the review.
    """

    review_after_years: Annotated[int, Field(strict=True, ge=1, le=100)]


class Question(Part):
    """A question that the partnership adds to a form.

    Args:
        id: what the record holds the answer under.
        choices: what can be answered, for a choice.
        required: whether the step can't be recorded without it.
    """

    id: Slug
    ask: Text
    type: Literal["text", "choice", "date", "yes-no"]
    choices: tuple[Text, ...] = ()
    required: Flag = False
    hint: str = ""


class Framework(Lists):
    """One edition of a partnership's Learning from Practice framework.

    Args:
        sha256: the digest of the file's bytes; not written in the file.
        edition: its name and that of its file, such as `2022-01`.
        in_force_from: the first day on which cases are opened under it.
        questions: added questions, by the kind of record that they belong to.
    """

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    edition: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])(-[a-z0-9]+)*$")]
    title: Text
    partnership: Text
    in_force_from: Day
    sources: Annotated[dict[Slug, Source], Field(min_length=1)]
    calendar: CalendarRules
    deadlines: Annotated[tuple[Rule, ...], Field(min_length=1)]
    agencies: Annotated[tuple[Agency, ...], Field(min_length=1)]
    safeguarding_partners: Annotated[tuple[Partner, ...], Field(min_length=1)]
    bodies_told: Annotated[tuple[Coded, ...], Field(min_length=1)]
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    criteria: Criteria
    serious_harm: SeriousHarm
    rapid_review_content: Annotated[tuple[Coded, ...], Field(min_length=1)]
    approaches: Annotated[tuple[Coded, ...], Field(min_length=1)]
    learning_sources: Annotated[tuple[Coded, ...], Field(min_length=1)]
    learning_outcomes: Annotated[tuple[Coded, ...], Field(min_length=1)]
    themes: Annotated[tuple[Coded, ...], Field(min_length=1)]
    closure_reasons: Annotated[tuple[ClosureReason, ...], Field(min_length=1)]
    retention: Retention
    questions: dict[Slug, tuple[Question, ...]] = Field(default_factory=dict)

    def rule(self, deadline: str) -> Rule:
        """The rule of a deadline.

        Raises:
            UsageError: for an id that no deadline of this edition has.
        """
        return self.find("deadlines", self.deadlines, deadline)

    def agency(self, agency: str) -> Agency:
        """The agency with that id, under the name of its day.

        Raises:
            UsageError: for an id that no agency of this edition has.
        """
        return self.find("agencies", self.agencies, agency)

    def current(self, agency: str, on: date) -> Agency:
        """The agency with that id, or whichever has taken its place by a day.

        Raises:
            UsageError: for an id that no agency of this edition has.
        """
        found = self.agency(agency)
        while found.successor and found.valid_to and on > found.valid_to:
            found = self.agency(found.successor)
        return found

    def questions_for(self, kind: str) -> tuple[Question, ...]:
        """The questions that the partnership adds to a kind of record."""
        return self.questions.get(kind, ())

    def cite(self, entry: Sourced) -> str:
        """The sources of an entry, as people cite them."""
        return "; ".join(self.sources[source].cite for source in entry.source)


LISTS = lists_of(Framework)
"""Every list by the name that records call it."""
