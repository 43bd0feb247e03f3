"""Stages 12 to 14: nominations, learning outcomes, actions and briefings."""

from typing import Annotated, ClassVar, Literal

from sptool.records.fields import (
    Agency,
    Day,
    DayAhead,
    FromFramework,
    NotBefore,
    Prose,
    RecordId,
    RefersTo,
    Role,
    Slug,
    Theme,
    ask,
    may_ask,
)
from sptool.records.header import Record
from sptool.records.notification import CriteriaAnswers

ActionId = Annotated[RecordId, RefersTo(("action",))]


class Nomination(Record):
    """A case put forward to the Task & Finish group on the agreed template. Not a back door."""

    kind: ClassVar[str] = "nomination"
    title: ClassVar[str] = "nomination"

    happened_on: Day = ask("When was the nomination received?")
    source: Annotated[Slug, FromFramework("learning-sources")] = ask("Where does it come from?")
    agency: Agency = ask("Which agency proposes it?")
    proposer_role: Role = ask("What is the proposer's role?")
    summary: Prose = ask("What happened, in short?", "Labels such as Child A. No names.")
    why_learning: Prose = ask("Why is there learning for the partnership?")
    criteria: tuple[CriteriaAnswers, ...] = ask(
        "Which notification criteria are met, child by child?",
        "A nomination that meets a ground is returned, to be referred.",
        min_length=1,
    )


class LearningOutcome(Record):
    """What the Task & Finish group decided to do: one or more approaches, in proportion."""

    kind: ClassVar[str] = "learning-outcome"
    title: ClassVar[str] = "learning outcome"
    in_subject: ClassVar[tuple[str, ...]] = ("approaches",)

    happened_on: Day = ask("When did the group decide?")
    approaches: tuple[Annotated[Slug, FromFramework("approaches")], ...] = ask("Which approaches?", min_length=1)
    rationale: Prose = ask("What is the rationale?")
    decided_by: Role | None = may_ask("Who decided?", "A role.")
    learning: Prose | None = may_ask("What has been learned?")
    themes: tuple[Theme, ...] = may_ask("Which themes?", default=())
    complete_by: Annotated[DayAhead, NotBefore("happened_on", "the group's decision")] | None = may_ask(
        "When should it be complete?"
    )


class Action(Record):
    """An action with an owner, a date, and how success will be seen."""

    kind: ClassVar[str] = "action"
    title: ClassVar[str] = "action added"

    happened_on: Day = ask("When was it agreed?")
    what: Prose = ask("What will be done?")
    owner: Role = ask("Who owns it?", "A role.")
    agency: Agency = ask("Which agency?")
    due_on: Annotated[DayAhead, NotBefore("happened_on", "the day on which the action was agreed")] = ask("By when?")
    success: Prose = ask("How will success be seen?")
    theme: Theme | None = may_ask("Which theme?")


class ActionUpdate(Record):
    """How an action stands. Done is not yet assured."""

    kind: ClassVar[str] = "action-update"
    title: ClassVar[str] = "action updated"
    in_subject: ClassVar[tuple[str, ...]] = ("status",)

    happened_on: Day = ask("As of when?")
    action: ActionId = ask("Which action?")
    status: Literal["not-started", "on-track", "at-risk", "complete-awaiting-evidence", "not-implemented"] = ask(
        "How does it stand?"
    )
    note: Prose | None = may_ask("What should be known?")
    reason: Prose | None = may_ask("If it is not implemented: why?")
    due_on: DayAhead | None = may_ask("Is there a new date?")


class ActionAssurance(Record):
    """That an action was done and whether it made a difference; said by somebody who is not its owner."""

    kind: ClassVar[str] = "action-assurance"
    title: ClassVar[str] = "action assured"
    in_subject: ClassVar[tuple[str, ...]] = ("difference",)

    happened_on: Day = ask("When was it assured?")
    action: ActionId = ask("Which action?")
    assured_by: Role = ask("Who assures it?", "A role other than the owner's.")
    evidence: Prose = ask("What is the evidence that it was done?")
    difference: Literal["made-a-difference", "no-difference-seen", "too-early-to-say"] = ask(
        "Did it make a difference?"
    )
    difference_evidence: Prose | None = may_ask("How is that known?")


class Briefing(Record):
    """A seven-minute briefing."""

    kind: ClassVar[str] = "briefing"
    title: ClassVar[str] = "briefing"

    happened_on: Day = ask("When was it issued?")
    background: Prose = ask("1. What is the background?")
    why_it_matters: Prose = ask("2. Why does it matter?")
    key_information: Prose = ask("3. What is the key information?")
    what_to_look_for: Prose = ask("4. What should people look for?")
    what_to_do: Prose = ask("5. What should they do?")
    how_to_embed: Prose = ask("6. How is it embedded?")
    questions: Prose = ask("7. Which questions should a team discuss?")
    themes: tuple[Theme, ...] = may_ask("Which themes?", default=())
