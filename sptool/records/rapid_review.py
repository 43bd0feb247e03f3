"""Stages 7 to 10: the rapid review, the local review decision, the Panel, and who is told."""

from typing import Annotated, ClassVar, Literal

from sptool.records.fields import (
    Agency,
    Answer,
    Day,
    FromFramework,
    Line,
    LinkedRef,
    Prose,
    Role,
    Slug,
    Theme,
    ask,
    may_ask,
)
from sptool.records.header import Record
from sptool.records.notification import Deliberation


class RapidReview(Record):
    """The rapid review meeting with the framework's minimum content. It recommends; it does not decide."""

    kind: ClassVar[str] = "rapid-review"
    title: ClassVar[str] = "rapid review held"
    in_subject: ClassVar[tuple[str, ...]] = ("recommends",)

    happened_on: Day = ask("When was the meeting held?")
    agencies_involved: tuple[Agency, ...] = ask("Which agencies were involved?", min_length=1)
    decision_participants: tuple[Role, ...] = ask("Who took part in the decision?", "Roles.", min_length=1)
    recommends: Literal["lcspr", "no-lcspr"] = ask("What does the meeting recommend about a local review?")
    recommendation_reasons: Prose = ask("On which grounds are the criteria met or not met?")
    identifying_details: Literal["in-the-particulars", "not-yet"] | None = may_ask(
        "Are the identifying details of child and family complete?"
    )
    safeguarding_arrangements: Prose | None = may_ask(
        "What are the immediate safeguarding arrangements for any children?"
    )
    facts: Prose | None = may_ask("What are the facts, in short?", "Not a long chronology.")
    recommends_national: Literal["yes", "no"] | None = may_ask("Does it recommend a national review?")
    immediate_learning: Prose | None = may_ask("What has been learned already?")
    sharing_learning: Prose | None = may_ask("How will that learning be shared?")
    potential_learning: Prose | None = may_ask("What more might be learned?")
    inequality: Prose | None = may_ask("How did racism, other inequality or disability shape what happened?")
    themes: tuple[Theme, ...] = may_ask("Which themes?", default=())
    covers_cases: tuple[LinkedRef, ...] = may_ask("Which other cases did the same meeting cover?", default=())
    late_reason: Prose | None = may_ask("If it is late: why?")


class LocalReviewDecision(Deliberation):
    """Whether to carry out a local child safeguarding practice review. SI 2018/789, regulation 11."""

    kind: ClassVar[str] = "local-review-decision"
    title: ClassVar[str] = "local review decision"
    in_subject: ClassVar[tuple[str, ...]] = ("outcome",)
    asked_first: ClassVar[tuple[str, ...]] = ("happened_on", "criteria", "outcome", "rationale", "decided_by")

    happened_on: Day = ask("When was it decided?")
    criteria: dict[Annotated[Slug, FromFramework("criteria.local-review")], Answer] = ask(
        "Which criteria for a local review are met?"
    )
    circumstances: dict[Annotated[Slug, FromFramework("criteria.circumstances")], Answer] = may_ask(
        "Which of the circumstances apply?", default={}
    )
    national_criteria: dict[Annotated[Slug, FromFramework("criteria.national-review")], Answer] = may_ask(
        "Which criteria for a national review are met?", default={}
    )
    outcome: Literal["lcspr", "no-lcspr"] = ask(
        "Is a local review appropriate?", "Meeting criteria does not oblige the partners to carry one out."
    )
    national: Literal["recommended", "not-recommended"] | None = may_ask("Is a national review recommended?")
    against_criteria: Prose | None = may_ask("If it goes against what the criteria point to: why?")
    then: Literal["task-and-finish", "nothing-further"] | None = may_ask("What happens to the learning?")
    family_told_on: Day | None = may_ask("When was the family told the rationale?")
    family_not_told: Prose | None = may_ask("If the family was not told (yet): why?")


class Submission(Record):
    """The rapid review as sent to the Panel."""

    kind: ClassVar[str] = "submission"
    title: ClassVar[str] = "rapid review sent to the Panel"

    happened_on: Day = ask("When was it sent?")
    sent_by: Role | None = may_ask("Who sent it?", "A role.")
    reference: Line | None = may_ask("What reference did the Panel give?")
    late_reason: Prose | None = may_ask("If it is late: why?")


class PanelReply(Record):
    """What the Panel answered, and our answer."""

    kind: ClassVar[str] = "panel-reply"
    title: ClassVar[str] = "Panel's reply"
    in_subject: ClassVar[tuple[str, ...]] = ("position",)

    happened_on: Day = ask("When did the reply come?")
    position: Literal["agrees", "disagrees", "asks"] = ask("What does the Panel say?")
    text: Prose | None = may_ask("What did it write?")
    our_answer: Prose | None = may_ask("What did we answer?")
    answered_on: Day | None = may_ask("When did we answer?")


class Informed(Record):
    """That somebody was told, or why not (yet)."""

    kind: ClassVar[str] = "informed"
    title: ClassVar[str] = "informed"
    in_subject: ClassVar[tuple[str, ...]] = ("who",)

    happened_on: Day = ask("When were they told, or not told?")
    who: Literal["leadership", "family", "partners", "forum", "boards"] = ask("Who was told?")
    told: Literal["told", "not-told"] = may_ask("Were they told?", default="told")
    about: tuple[
        Literal["notification", "rapid-review", "recommendations", "panel-reply", "decision", "learning"], ...
    ] = may_ask("About what?", default=())
    what: Prose | None = may_ask("What were they told?")
    why_not: Prose | None = may_ask("If they were not told: why?")
