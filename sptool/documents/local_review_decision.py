"""The safeguarding partners' decision about a local review, and why (framework, section 3; SI 2018/789)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sptool.documents.context import CaseFacts, Material
from sptool.documents.days import by_day
from sptool.documents.deliberation import DeliberationFacts, deliberation
from sptool.documents.kinds import COLLEAGUE, Document, unless
from sptool.documents.words import CriteriaFacts, criteria_facts
from sptool.framework.models import Criterion
from sptool.records.case import Case
from sptool.records.review import (
    Informed,
    LocalReviewDecision,
    PanelReply,
    RapidReview,
    ReviewPublished,
    Submission,
)
from sptool.text.english import in_full
from sptool.workflow.another_look import new_since
from sptool.workflow.criteria import local_review_points_to


@dataclass(frozen=True)
class PanelFacts:
    """What the Panel replied, and what was answered."""

    replied_on: str
    position: Literal["agrees", "disagrees", "asks"]
    text: str | None
    our_answer: str | None
    answered_on: str | None


@dataclass(frozen=True)
class ReviewDecisionFacts:
    """A decision about a local review.

    Args:
        criteria: the criteria for a local review, with the answers.
        circumstances: what was had regard to besides, where answered.
        national: the criteria for a national review, where answered.
        national_recommended: whether a national review is recommended; None where that is not recorded.
        criteria_met: whether any criterion for a local review is met.
        criteria_unclear: whether none is met and one at least is unclear.
        against_criteria: why it goes against what the criteria point to.
        then: what happens to the learning.
        family_told_on: when the family was told, as the decision says or later.
        family_not_told: why it was not told (yet) when that was decided.
    """

    outcome: Literal["lcspr", "no-lcspr"]
    criteria: CriteriaFacts
    circumstances: CriteriaFacts | None
    national: CriteriaFacts | None
    national_recommended: Literal["recommended", "not-recommended"] | None
    criteria_met: bool
    criteria_unclear: bool
    against_criteria: str | None
    then: Literal["task-and-finish", "nothing-further"] | None
    family_told_on: str | None
    family_not_told: str | None
    taken: DeliberationFacts


@dataclass(frozen=True)
class LocalReviewDecisionPaper(CaseFacts):
    """What the template of the decision about a local review can name, besides what every document of a case has.

    Args:
        submitted_on: when the rapid review was sent to the Panel.
        panel_by: the last day for sending it.
        publish_by: the last day for publishing a local review.
        ended_on: when the local review was published, or it was decided not to publish it.
        published: which of the two.
        group: the name of the group that takes the learning forward.
    """

    decision: ReviewDecisionFacts
    meeting_on: str | None
    recommended: Literal["lcspr", "no-lcspr"] | None
    submitted_on: str | None
    panel_by: str | None
    publish_by: str | None
    ended_on: str | None
    published: Literal["published", "not-published"] | None
    group: str
    panel: PanelFacts | None


def gather(material: Material) -> LocalReviewDecisionPaper:
    """The facts of the decision that stands."""
    case = material.case
    decision = case.all(LocalReviewDecision)[-1]
    newer = [f"There is new information since the decision. See it first: sptool show {case.ref}"]
    held, sent, ended = case.latest(RapidReview), case.latest(Submission), case.latest(ReviewPublished)
    return LocalReviewDecisionPaper(
        **vars(CaseFacts.common(material, *(newer if new_since(case, decision) else []))),
        decision=decision_facts(decision, material),
        meeting_on=in_full(held.happened_on) if held else None,
        recommended=held.recommends if held else None,
        submitted_on=in_full(sent.happened_on) if sent else None,
        panel_by=by_day(material, "panel"),
        publish_by=by_day(material, "publish"),
        ended_on=in_full(ended.happened_on) if ended else None,
        published=ended.published if ended else None,
        group=material.framework.name_of("groups", "task-and-finish"),
        panel=panel_facts(case),
    )


DOCUMENT = Document(
    id="local-review-decision",
    title="Local review decision and rationale",
    audience="the safeguarding partners and the Panel",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=unless(LocalReviewDecision, "The local review decision is not yet recorded.", "sptool decide {case}"),
    called_for=(Submission,),
    tells_of=(LocalReviewDecision,),
    each_agency=None,
    identifies=(),
    whom=(),
)


def decision_facts(decision: LocalReviewDecision, material: Material) -> ReviewDecisionFacts:
    """A decision about a local review as documents tell it."""
    framework, criteria = material.framework, material.framework.criteria
    points_to, told_on = local_review_points_to(decision.criteria), _family_told_on(decision, material.case)
    return ReviewDecisionFacts(
        outcome=decision.outcome,
        criteria=criteria_facts(criteria.local_review, decision.criteria, framework),
        circumstances=_if_any(criteria.circumstances, decision.circumstances, material),
        national=_if_any(criteria.national_review, decision.national_criteria, material),
        national_recommended=decision.national,
        criteria_met=points_to == "lcspr",
        criteria_unclear=points_to == "not-clear",
        against_criteria=decision.against_criteria,
        then=decision.then,
        family_told_on=in_full(told_on) if told_on else None,
        family_not_told=decision.family_not_told,
        taken=deliberation(decision, material.case, framework),
    )


def _family_told_on(decision: LocalReviewDecision, case: Case) -> date | None:
    """When the family was told of the decision: a later record counts where the decision itself has no date."""
    later = [
        one.happened_on
        for one in case.all(Informed)
        if one.who == "family" and one.told == "told" and ("decision" in one.about or not one.about)
        if one.happened_on >= decision.happened_on
    ]
    return decision.family_told_on or min(later, default=None)


def _if_any(criteria: tuple[Criterion, ...], answers: Mapping[str, str], material: Material) -> CriteriaFacts | None:
    return criteria_facts(criteria, answers, material.framework) if answers else None


def panel_facts(case: Case) -> PanelFacts | None:
    """The Panel's newest reply, or None while there is none."""
    reply = case.latest(PanelReply)
    if reply is None:
        return None
    return PanelFacts(
        replied_on=in_full(reply.happened_on),
        position=reply.position,
        text=reply.text,
        our_answer=reply.our_answer,
        answered_on=in_full(reply.answered_on) if reply.answered_on else None,
    )
