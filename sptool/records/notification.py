"""Stages 3 to 5: the notification decision, the notification, and the rationale shared."""

from typing import Annotated, ClassVar, Literal

from sptool.records.fields import (
    Answer,
    ChildId,
    Day,
    FromFramework,
    Frozen,
    KeyMark,
    Line,
    Partner,
    Prose,
    Role,
    Slug,
    ask,
    may_ask,
)
from sptool.records.header import Record


class CriteriaAnswers(Frozen):
    """How the notification criteria are answered for one child."""

    child: Annotated[ChildId, KeyMark("child")] = ask("Which child?")
    answers: dict[Annotated[Slug, FromFramework("criteria.notification")], Answer] = ask(
        "Which criteria are met?", "Suspected abuse or neglect is enough for `met`."
    )
    evidence: Prose | None = may_ask("What is the evidence?")


class Position(Frozen):
    """Where one safeguarding partner stands on a decision."""

    partner: Annotated[Partner, KeyMark("partner")] = ask("Which partner?")
    position: Literal["agrees", "disagrees", "no-view-yet", "not-asked"] = ask("What is its position?")
    note: Prose | None = may_ask("In its own words?")


class AnotherArea(Frozen):
    """The area that notifies instead of ours."""

    area: Line = ask("Which area notifies?")
    told_on: Day = ask("When was it told?")


class DutyNotFollowed(Frozen):
    """Who authorised it, and why, when a ground is met and no notification is made."""

    authorised_by: Role = ask("Who authorised this?", "A role.")
    reason: Prose = ask("Why is no notification made although a ground is met?")


class Deliberation(Record):
    """What every decision carries beside its outcome."""

    rationale: Prose = ask("What is the rationale?", "Labels such as Child A. No names.")
    decided_by: Role = ask("Who decided?", "A role, such as Assistant Director.")
    participants: tuple[Role, ...] = may_ask("Who took part?", "Roles.", default=())
    positions: tuple[Position, ...] = may_ask("What are the partners' positions?", default=())
    dissent: Prose | None = may_ask("Did anybody dissent? What did they say?")
    not_known: Prose | None = may_ask("What was not known when it was decided?")


class NotificationDecision(Deliberation):
    """Whether the national Panel must be notified. Children Act 2004, section 16C(1)."""

    kind: ClassVar[str] = "notification-decision"
    title: ClassVar[str] = "notification decision"
    in_subject: ClassVar[tuple[str, ...]] = ("outcome",)
    asked_first: ClassVar[tuple[str, ...]] = ("happened_on", "criteria", "outcome", "rationale", "decided_by")

    happened_on: Day = ask("When was it decided?")
    criteria: tuple[CriteriaAnswers, ...] = ask("Which criteria are met, child by child?", min_length=1)
    outcome: Literal["notify", "do-not-notify", "another-area-notifies", "notified-not-proceeding"] = ask(
        "What was decided?"
    )
    another_area: AnotherArea | None = may_ask("If another area notifies: which area, and when was it told?")
    duty_not_followed: DutyNotFollowed | None = may_ask(
        "If a ground is met and nothing is notified: who authorised it, and why?"
    )
    against_criteria: Prose | None = may_ask("If it goes against what the criteria point to: why?")
    then: Literal["task-and-finish", "nothing-further"] | None = may_ask(
        "Apart from notifying, what else does the partnership do?"
    )
    then_reason: Prose | None = may_ask("If nothing further: why?")
    panel_told_on: Day | None = may_ask("If notified and not proceeding: when was the Panel told?")
    late_reason: Prose | None = may_ask("If it is late: why?")


class Notification(Record):
    """The serious incident notification as sent to the Panel. sptool never sends it."""

    kind: ClassVar[str] = "notification"
    title: ClassVar[str] = "notification sent"

    happened_on: Day = ask("When was the notification sent?")
    grounds: tuple[Literal["one", "two"], ...] = ask(
        "On which ground?",
        "one: abuse or neglect, and death or serious harm. two: death of a looked-after child.",
        min_length=1,
    )
    sent_by: Role | None = may_ask("Who sent it?", "A role.")
    told: tuple[Annotated[Slug, FromFramework("bodies-told")], ...] = may_ask("Which bodies were told?", default=())
    partners_told_on: Day | None = may_ask("When were the other safeguarding partners told?")
    reference: Line | None = may_ask("What reference did the Panel give?")
    late_reason: Prose | None = may_ask("If it is late: why?")


class RationaleShared(Record):
    """That the referrer was told the decision and its rationale, or why that was not possible."""

    kind: ClassVar[str] = "rationale-shared"
    title: ClassVar[str] = "rationale to the referrer"
    in_subject: ClassVar[tuple[str, ...]] = ("shared",)

    happened_on: Day = ask("When was it shared, or found impossible?")
    shared: Literal["shared", "not-possible"] = ask("Was the rationale shared with the referrer?")
    how: Literal["letter", "email", "phone", "meeting"] | None = may_ask("How was it shared?")
    why_not: Prose | None = may_ask("If it was not possible: why?")
