"""Stages 6 to 11: what the agencies know, the rapid review, the Panel, and the local review."""

from typing import Annotated, ClassVar, Literal

from sptool.records.fields import (
    Agency,
    Answer,
    Day,
    DayAhead,
    FromFramework,
    Frozen,
    KeyMark,
    Line,
    LinkedRef,
    NotBefore,
    Prose,
    Role,
    Slug,
    Theme,
    ask,
    may_ask,
)
from sptool.records.header import Record
from sptool.records.notification import Deliberation


class RequestTo(Frozen):
    """What one agency is asked, and by when."""

    agency: Annotated[Agency, KeyMark("agency")] = ask("Which agency?")
    return_by: Annotated[DayAhead, NotBefore("happened_on", "the request")] | None = may_ask(
        "By when?", "If left empty, the framework's number of working days counts."
    )
    particular: Prose | None = may_ask("What is asked of this agency in particular?")


class InformationRequest(Record):
    """The scoping and information request, to one or more agencies."""

    kind: ClassVar[str] = "information-request"
    title: ClassVar[str] = "information requested"

    happened_on: Day = ask("When was the request sent?")
    requests: tuple[RequestTo, ...] = ask("Which agencies are asked?", min_length=1)
    period_from: Day | None = may_ask("From when should they look back?")
    period_to: Annotated[DayAhead, NotBefore("period_from", "the beginning of the period")] | None = may_ask(
        "Until when?"
    )
    questions: Prose | None = may_ask("What are all agencies asked?")


class PracticeEpisode(Frozen):
    """A key practice episode as an agency tells it."""

    on: Day | None = may_ask("When?")
    what: Prose = ask("What happened?")
    why: Prose | None = may_ask("Why did it make sense at the time?")
    helped_or_hindered: Prose | None = may_ask("What helped or hindered?")
    system_factors: Prose | None = may_ask("Which factors of the system played a part?")


class AgencyReturn(Record):
    """An agency's answer. A nil return is an answer; silence is not."""

    kind: ClassVar[str] = "agency-return"
    title: ClassVar[str] = "agency return"
    in_subject: ClassVar[tuple[str, ...]] = (
        "agency",
        "answer",
    )

    happened_on: Day = ask("When did the return arrive?")
    agency: Agency = ask("Which agency?")
    answer: Literal["nil", "attached", "written-here"] = ask(
        "Is it a nil return, attached, or written here?", "If it is attached, --file keeps it with the case."
    )
    author_role: Role | None = may_ask("What is the author's role?")
    checked_by: Role | None = may_ask("Who checked its quality?")
    period_covered: Line | None = may_ask("Which period does it cover?")
    involvement: Prose | None = may_ask("What was the agency's involvement?")
    episodes: tuple[PracticeEpisode, ...] = may_ask("What are the key practice episodes?", default=())
    voice: Prose | None = may_ask("What is known of the child's voice and lived experience?")
    identity: Prose | None = may_ask("What should be known about identity and inequality?")
    good_practice: Prose | None = may_ask("What was good practice?")
    gaps: Prose | None = may_ask("What were the gaps?")
    immediate_actions: Prose | None = may_ask("Which actions were taken at once?")
    single_agency_learning: Prose | None = may_ask("What has the agency learned?")
    multi_agency_learning: Prose | None = may_ask("What is there to learn together?")
    parallel_processes: Prose | None = may_ask("Which other processes are under way?")
    signed_off_by: Role | None = may_ask("Who signed it off?")
    signed_off_on: Day | None = may_ask("When was it signed off?")


class Chaser(Record):
    """A reminder to agencies that have not answered."""

    kind: ClassVar[str] = "chaser"
    title: ClassVar[str] = "agencies chased"

    happened_on: Day = ask("When were they chased?")
    agencies: tuple[Agency, ...] = ask("Which agencies?", min_length=1)
    how: Literal["email", "phone", "meeting", "letter"] | None = may_ask("How?")
    note: Prose | None = may_ask("What was said?")


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
    family_told_on: Annotated[Day, NotBefore("happened_on", "the decision")] | None = may_ask(
        "When was the family told the rationale?"
    )
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
    answered_on: Annotated[Day, NotBefore("happened_on", "the Panel's reply")] | None = may_ask("When did we answer?")


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


class ReviewCommissioned(Record):
    """That a reviewer was commissioned."""

    kind: ClassVar[str] = "review-commissioned"
    title: ClassVar[str] = "LCSPR commissioned"

    happened_on: Day = ask("When was the review commissioned?")
    reviewer: Role = ask("Who reviews?", "A role or organisation.")
    terms: Prose | None = may_ask("What are the terms of reference?")
    publish_by: Annotated[DayAhead, NotBefore("happened_on", "the commission")] | None = may_ask(
        "When should it be published by?"
    )


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
