"""Stage 11: the local child safeguarding practice review (LCSPR)."""

from typing import ClassVar, Literal

from sptool.records.fields import Day, DayAhead, Line, Prose, Role, ask, may_ask
from sptool.records.header import Record


class ReviewCommissioned(Record):
    """That a reviewer was commissioned."""

    kind: ClassVar[str] = "review-commissioned"
    title: ClassVar[str] = "LCSPR commissioned"

    happened_on: Day = ask("When was the review commissioned?")
    reviewer: Role = ask("Who reviews?", "A role or organisation.")
    terms: Prose | None = may_ask("What are the terms of reference?")
    publish_by: DayAhead | None = may_ask("When should it be published by?")


class ReviewProgress(Record):
    """A check of how a review is going."""

    kind: ClassVar[str] = "review-progress"
    title: ClassVar[str] = "LCSPR progress"
    in_subject: ClassVar[tuple[str, ...]] = ("status",)

    happened_on: Day = ask("As of when?")
    status: Literal["on-track", "at-risk", "delayed"] = ask("How does it stand?")
    note: Prose | None = may_ask("What should be known?")


class ReviewPublished(Record):
    """That a review was published, or the reasons for not publishing."""

    kind: ClassVar[str] = "review-published"
    title: ClassVar[str] = "LCSPR published"
    in_subject: ClassVar[tuple[str, ...]] = ("published",)

    happened_on: Day = ask("When was it published, or when was that decided?")
    published: Literal["published", "not-published"] = ask("Was the review published?")
    reasons: Prose | None = may_ask("If it was not published: for which reasons?")
    advance_copy_on: Day | None = may_ask("When did the Panel and the Secretary of State get a copy?")
    where: Line | None = may_ask("Where was it published?")
    late_reason: Prose | None = may_ask("If it is late: why?")
