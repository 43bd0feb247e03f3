"""Stages 1 and 2: the referral to the partnership, and its clarification."""

from typing import Annotated, ClassVar, Literal

from sptool.records.fields import (
    Agency,
    CaseMark,
    CaseRef,
    ChildLabelMark,
    Day,
    DayAhead,
    DayOrUnknown,
    FromFramework,
    Frozen,
    KeyMark,
    Line,
    NotBefore,
    OfficerMark,
    PersonId,
    Prose,
    RecordId,
    RefersTo,
    Slug,
    YesNoUnknown,
    ask,
    may_ask,
)
from sptool.records.header import Record

Caller = Annotated[Slug, FromFramework("agencies", also=("anonymous", "member-of-the-public"))]
Process = Literal[
    "police-investigation",
    "inquest",
    "family-court",
    "criminal-court",
    "child-death-review",
    "professional-conduct",
    "health-investigation",
    "other",
]


class Child(Frozen):
    """A child of the case, by label. The name and date of birth are particulars and never stand here."""

    id: Annotated[PersonId, KeyMark("child"), ChildLabelMark()] = ask("Which label?", "`child-a` is shown as Child A.")
    outcome: Literal["died", "seriously-harmed", "other"] | None = may_ask("What happened to this child?")
    died_on: Day | None = may_ask("If the child died: when?")
    nature_of_harm: Prose | None = may_ask("What is the nature of the harm?")
    age: Line | None = may_ask("How old is the child?", "Such as `7 months` or `14`. Not the date of birth.")
    sex: Literal["female", "male", "other", "not-known"] | None = may_ask("What is the child's sex?")
    ethnicity: Line | None = may_ask("What is the child's ethnicity?")
    disability: Line | None = may_ask("Does the child have a disability? Which?")
    placement: Line | None = may_ask("Where does or did the child live?", "The kind of placement, not the address.")
    looked_after: YesNoUnknown | None = may_ask("Is or was the child looked after by a local authority?")
    care_leaver: YesNoUnknown | None = may_ask("Is this a care leaver aged up to 24?")
    child_in_need_plan: YesNoUnknown | None = may_ask("Is there a child in need plan?")
    child_protection_plan: YesNoUnknown | None = may_ask("Is there a child protection plan?")
    siblings: Prose | None = may_ask("Which siblings are there, and how old are they?")


class LinkedCase(Frozen):
    """Another case that belongs with this one."""

    case: Annotated[CaseRef, CaseMark(), KeyMark()] = ask("Which case?")
    relation: Literal["sibling", "same-incident", "same-family", "adult-sibling", "other"] = ask("How is it linked?")


class Facts(Frozen):
    """What can become known bit by bit. The newest answer stands; the older ones stay readable."""

    at_risk_now: YesNoUnknown | None = may_ask(
        "Is any child at risk now?",
        "Answer `no` only when the immediate safety of every child is confirmed.",
    )
    safety_action: Prose | None = may_ask("What has been done for the immediate safety of the children?")
    la_aware_on: DayOrUnknown | None = may_ask(
        "When did the local authority become aware?",
        "Of both the serious harm and the suspicion of abuse or neglect. The 5 working days count from here.",
    )
    aware_judged_by: Line | None = may_ask("Who judged when the local authority became aware?", "A role.")
    aware_basis: Prose | None = may_ask("On what basis was that date judged?")
    incident_on: DayOrUnknown | None = may_ask("When did the incident happen?")
    agency_aware_on: DayOrUnknown | None = may_ask("When did the referring agency become aware?")
    harm_known_on: DayOrUnknown | None = may_ask("When did the harm become known?")
    abuse_suspected_on: DayOrUnknown | None = may_ask("When was abuse or neglect first suspected?")
    place: Literal["in-area", "elsewhere-in-england", "outside-england", "not-known"] | None = may_ask(
        "Where did it happen?"
    )
    normally_resident: YesNoUnknown | None = may_ask("Is the child normally resident in the area?")
    abuse_or_neglect_basis: Prose | None = may_ask("Why is abuse or neglect known or suspected?")
    children: tuple[Child, ...] = may_ask("Which children?", default=())
    family: Prose | None = may_ask("Who else is in the family?", "Parent B, Sibling C: labels, not names.")
    agencies_known: tuple[Agency, ...] = may_ask("Which agencies know the family?", default=())
    media_interest: YesNoUnknown | None = may_ask("Is there media interest?")
    parallel_processes: tuple[Process, ...] = may_ask("Which other processes are under way?", default=())
    parallel_note: Prose | None = may_ask("What should be known about those processes?")


class Referral(Facts, Record):
    """A referral to the partnership: a contact, a call or a need to know proforma."""

    kind: ClassVar[str] = "referral"
    title: ClassVar[str] = "referral"
    asked_first: ClassVar[tuple[str, ...]] = ("at_risk_now", "caller", "summary", "la_aware_on", "happened_on")

    happened_on: Day = ask("When was the referral received?")
    at_risk_now: YesNoUnknown = ask(
        "Is any child at risk now?",
        "A referral to the partnership is not a referral to children's social care. If a child is at risk, "
        "call children's social care or the police first.",
    )
    caller: Caller = ask("Who called?", "An agency, `anonymous`, or `member-of-the-public`.")
    summary: Prose = ask("What happened, in one line?", "Labels such as Child A. No names.")
    la_aware_on: DayOrUnknown = ask(
        "When did the local authority become aware?",
        "Of both the harm and the suspicion of abuse or neglect. Write `unknown` if nobody knows yet.",
    )
    caller_role: Line | None = may_ask("What is the caller's role?")
    received_by: Literal["phone", "email", "need-to-know-proforma", "meeting", "other"] | None = may_ask(
        "How did it arrive?"
    )
    safeguarding_lead_agreed: YesNoUnknown | None = may_ask("Does the agency's safeguarding lead agree?")
    referrer_view: YesNoUnknown | None = may_ask("Does the referrer think that the criteria are met?")
    referrer_reasons: Prose | None = may_ask("Why does the referrer think so?")
    potential_learning: Prose | None = may_ask("What might be learned?")
    lead_officer: Annotated[Slug, OfficerMark()] | None = may_ask("Who is the lead officer?")
    linked_cases: tuple[LinkedCase, ...] = may_ask("Which cases are linked?", default=())
    from_nomination: Annotated[RecordId, RefersTo(("nomination",))] | None = may_ask(
        "Which nomination did it come from?"
    )


class ClarificationQuestion(Record):
    """A question to the referrer or an agency. It does not stop the clock."""

    kind: ClassVar[str] = "clarification-question"
    title: ClassVar[str] = "clarification asked"

    happened_on: Day = ask("When was it asked?")
    asked_of: Caller = ask("Who was asked?")
    question: Prose = ask("What was asked?")
    reply_by: Annotated[DayAhead, NotBefore("happened_on", "the question")] | None = may_ask(
        "When should the reply come by?"
    )


class ClarificationReply(Facts, Record):
    """What came back to a question; it may carry facts that were not yet known."""

    kind: ClassVar[str] = "clarification-reply"
    title: ClassVar[str] = "clarification answered"

    happened_on: Day = ask("When did the reply come?")
    answers: Annotated[RecordId, RefersTo(("clarification-question",))] = ask("Which question does it answer?")
    reply: Prose = ask("What was the reply?")


class Update(Facts, Record):
    """New information: a fact and when it was learned. Not a mistake, so not a correction."""

    kind: ClassVar[str] = "update"
    title: ClassVar[str] = "new information"

    happened_on: Day = ask("When was it learned?")
    what: Prose = ask("What is new?")
    source_agency: Caller | None = may_ask("Who told us?")
