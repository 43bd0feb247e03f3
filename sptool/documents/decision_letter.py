"""The letter that tells a referrer what was decided about notifying, and why (framework, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sptool.documents.context import Addressee, CaseFacts, Material, agency_name
from sptool.documents.deliberation import Earlier, earlier
from sptool.documents.kinds import COLLEAGUE, Document
from sptool.documents.next_steps import next_steps
from sptool.documents.words import AnswerFacts, answered, began_large
from sptool.records.case import Case
from sptool.records.notification import CriteriaAnswers, NotificationDecision, RationaleShared
from sptool.records.referral import Referral
from sptool.text.english import in_full
from sptool.workflow.another_look import new_since
from sptool.workflow.criteria import notification_points_to
from sptool.workflow.names import label_of
from sptool.workflow.refusals import Refusal


@dataclass(frozen=True)
class ChildAnswers:
    """How the criteria were answered for one child, and on which evidence."""

    label: str
    answers: tuple[AnswerFacts, ...]
    evidence: str | None


@dataclass(frozen=True)
class Departure:
    """Who authorised that no notification is made although a ground is met, and why."""

    authorised_by: str
    reason: str


@dataclass(frozen=True)
class DecisionFacts:
    """The decision as the letter tells it.

    Args:
        against_criteria: why it goes against what the answers point to.
        departure: set if the duty to notify was not followed.
        earlier: set if it replaces an earlier decision.
        area: the area that notifies instead.
        nothing_further_because: why the partnership takes no other step.
        ground_one: whether abuse or neglect, and death or serious harm, were found.
        ground_two: whether the death of a looked-after child was found.
    """

    outcome: Literal["notify", "do-not-notify", "another-area-notifies", "notified-not-proceeding"]
    decided_on: str
    decided_by: str
    rationale: str
    not_known: str | None
    against_criteria: str | None
    departure: Departure | None
    earlier: Earlier | None
    area: str | None
    nothing_further_because: str | None
    ground_one: bool
    ground_two: bool


@dataclass(frozen=True)
class DecisionLetter(CaseFacts):
    """What the template of the decision letter can name, besides what every document has."""

    to: Addressee
    referred_on: str
    decision: DecisionFacts
    answers: tuple[ChildAnswers, ...]
    next_steps: tuple[str, ...]


def not_yet(case: Case) -> Refusal | None:
    """Why there is no decision letter for a case, or None if there can be."""
    referral = case.latest(Referral)
    if referral is None:
        return Refusal("This case has no referral, so there is nobody to write to.", f"sptool next {case.ref}")
    if case.latest(NotificationDecision) is None:
        return Refusal("It is not yet decided whether to notify.", f"sptool decide {case.ref}")
    if referral.caller == "anonymous":
        return Refusal(
            "The referrer is anonymous, so nobody can be written to. Record why the rationale can't be shared.",
            f"sptool share-rationale {case.ref}",
        )
    return None


def gather(material: Material) -> DecisionLetter:
    """The facts of the decision letter."""
    referral, decision = material.case.all(Referral)[-1], material.case.all(NotificationDecision)[-1]
    return DecisionLetter(
        **vars(CaseFacts.common(material, *_checks(referral, decision, material.case))),
        to=_referrer(referral, material),
        referred_on=in_full(referral.happened_on),
        decision=_decision(decision, material),
        answers=tuple(_answers(given, material) for given in decision.criteria),
        next_steps=next_steps(decision, material),
    )


DOCUMENT = Document(
    id="decision-letter",
    title="Notification decision letter",
    audience="the referrer",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=not_yet,
    called_for=(RationaleShared,),
    tells_of=(NotificationDecision,),
    each_agency=None,
    identifies=(),
    whom=(),
)


def _checks(referral: Referral, decision: NotificationDecision, case: Case) -> list[str]:
    found = []
    if referral.caller == "member-of-the-public":
        found.append("The referrer is a member of the public. Settle first how much of the rationale may be shared.")
    if new_since(case, decision):
        found.append(f"There is new information since the decision. See it first: sptool show {case.ref}")
    return found


def _referrer(referral: Referral, material: Material) -> Addressee:
    if referral.caller == "member-of-the-public":
        return Addressee("The referrer", "Dear Sir or Madam", "Yours faithfully")
    agency = agency_name(material, referral.caller)
    if referral.caller_role is None:
        return Addressee(agency, "Dear colleague")
    role = began_large(referral.caller_role)
    return Addressee(f"{role}, {agency}", f"Dear {role}")


def _decision(decision: NotificationDecision, material: Material) -> DecisionFacts:
    grounds = notification_points_to(decision.criteria, material.framework).grounds
    departure = decision.duty_not_followed
    return DecisionFacts(
        outcome=decision.outcome,
        decided_on=in_full(decision.happened_on),
        decided_by=decision.decided_by,
        rationale=decision.rationale,
        not_known=decision.not_known,
        against_criteria=decision.against_criteria,
        departure=Departure(departure.authorised_by, departure.reason) if departure else None,
        earlier=earlier(decision, material.case),
        area=decision.another_area.area if decision.another_area else None,
        nothing_further_because=decision.then_reason if decision.then == "nothing-further" else None,
        ground_one="one" in grounds,
        ground_two="two" in grounds,
    )


def _answers(given: CriteriaAnswers, material: Material) -> ChildAnswers:
    asked = material.framework.criteria.notification
    return ChildAnswers(label_of(given.child), answered(asked, given.answers, material.framework), given.evidence)
