"""The letter to a family: what a review is and is not, and what was decided (framework, section 3).

It calls nobody by a label, since "Child A" is no way to speak of somebody's child, and accuses nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sptool.documents.context import CaseFacts, Material
from sptool.documents.kinds import Document
from sptool.documents.words import listed
from sptool.records.case import Case
from sptool.records.notification import Notification, NotificationDecision
from sptool.records.review import Informed, LocalReviewDecision, RapidReview, ReviewPublished
from sptool.text.english import in_full
from sptool.workflow.refusals import Refusal
from sptool.workflow.state import notified_on_ground_one

ALWAYS = (
    "Agree with the social worker, and with the police if they are investigating, whether and when the family is "
    "told, and who gives them this letter. It is best given in person.",
    "Write to each parent separately if they don't live together, and ask whether anybody needs an interpreter, large "
    "print or somebody to read it with them.",
    "Write who the letter is for on your own copy, and send it securely.",
)
PUT_IN_NAMES = (
    "The child's name is not in this copy. Put it in where the letter speaks of the child, or type --identify for a "
    "copy that has it."
)
READ_THE_REASONS = (
    "The reasons for the decision are not copied into this letter: they were written for professionals. Where the "
    "letter says that somebody will explain them, explain them in plain words."
)


@dataclass(frozen=True)
class FamilyLetter(CaseFacts):
    """What the template of the letter to the family can name, besides what every document of a case has.

    Args:
        stage: what there is to tell: that a review is to be held, that it was held, or what was decided after it.
        what_happened: whether a child died or was harmed, if that is the same for every child.
        review: whether a local review is carried out; None while that isn't decided.
        ended_on: when a local review was published, or it was decided not to publish it.
        published: which of the two.
        learning_goes_on: whether the partnership's group works on what was learned.
        children_named: the children's names as a sentence lists them, in a copy that identifies.
    """

    stage: Literal["to-be-held", "held", "decided"]
    what_happened: Literal["died", "harmed", "mixed"]
    held_on: str | None
    decided_on: str | None
    review: Literal["lcspr", "no-lcspr"] | None
    ended_on: str | None
    published: Literal["published", "not-published"] | None
    learning_goes_on: bool
    children_named: str | None


def not_yet(case: Case) -> Refusal | None:
    """Why there is nothing to tell the family about a review, or None if there is."""
    if case.latest(RapidReview) or case.latest(LocalReviewDecision) or notified_on_ground_one(case):
        return None
    if case.latest(Notification):
        return Refusal("This notification does not by itself lead to a review.", f"sptool next {case.ref}")
    if case.latest(NotificationDecision) is None:
        return Refusal("It is not yet decided whether to notify.", f"sptool decide {case.ref}")
    return Refusal("No notification is recorded yet.", f"sptool next {case.ref}")


def gather(material: Material) -> FamilyLetter:
    """The facts of the letter to the family."""
    case = material.case
    held, decision = case.latest(RapidReview), case.latest(LocalReviewDecision)
    named, ended = _names(material), case.latest(ReviewPublished)
    more = (*ALWAYS, *([] if named else [PUT_IN_NAMES]), *([READ_THE_REASONS] if decision else []))
    common = CaseFacts.common(material, *more)
    return FamilyLetter(
        **vars(common if named else replace(common, people=())),
        stage="decided" if decision else "held" if held else "to-be-held",
        what_happened=_what_happened(case),
        held_on=in_full(held.happened_on) if held else None,
        decided_on=in_full(decision.happened_on) if decision else None,
        review=decision.outcome if decision else None,
        ended_on=in_full(ended.happened_on) if ended else None,
        published=ended.published if ended else None,
        learning_goes_on=decision is not None and decision.then == "task-and-finish",
        children_named=named,
    )


def family_waits(case: Case) -> bool:
    """Whether the family was neither told of the decision nor is it recorded why not."""
    decision = case.latest(LocalReviewDecision)
    if decision is None or decision.family_told_on or decision.family_not_told:
        return False
    return not any(one.who == "family" and one.happened_on >= decision.happened_on for one in case.all(Informed))


DOCUMENT = Document(
    id="family-letter",
    title="Letter to the family",
    audience="the child's parents or carers",
    salutation="Dear parent or carer",
    gather=gather,
    not_yet=not_yet,
    called_for=family_waits,
    tells_of=(LocalReviewDecision,),
    each_agency=None,
    identifies=("name",),
    whom=("child",),
)


def _names(material: Material) -> str | None:
    """The names of the children, in a copy that identifies; None unless every child's is held."""
    held = {person.id: person.name for person in material.people if person.name}
    children = [held.get(child.id) for child in material.case.children]
    return listed([name for name in children if name]) if children and all(children) else None


def _what_happened(case: Case) -> Literal["died", "harmed", "mixed"]:
    outcomes = {child.outcome for child in case.children}
    return "died" if outcomes == {"died"} else "mixed" if "died" in outcomes else "harmed"
