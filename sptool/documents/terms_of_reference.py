"""The terms of reference of a learning review, one of the Task & Finish group's approaches (framework, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

from sptool.documents.context import CaseFacts, Material
from sptool.documents.kinds import COLLEAGUE, Document, whenever_there_is_one
from sptool.documents.words import answer, listed, named, period
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.learning import LearningOutcome, Nomination
from sptool.records.notification import NotificationDecision
from sptool.records.referral import Referral
from sptool.records.review import InformationRequest, RapidReview
from sptool.text.english import in_full
from sptool.workflow.refusals import Refusal

LEARNING_REVIEW = "learning-review"


@dataclass(frozen=True)
class TermsOfReference(CaseFacts):
    """What the template of the terms of reference can name, besides what every document of a case has.

    Args:
        group: the group that decided on the review.
        reports_to: the groups that hear of it, as a sentence lists them.
        decided_by: by whom, as a role.
        why_learning: why there is learning, as the nomination says.
        questions: what is known already of what might be learned.
        period: the time that it looks back over.
        other_approaches: what the group does besides.
    """

    group: str
    reports_to: str | None
    decided_on: str
    decided_by: str | None
    rationale: str
    came_from: str
    summary: str | None
    why_learning: str | None
    questions: tuple[str, ...]
    themes: tuple[str, ...]
    period: str | None
    agencies: tuple[str, ...]
    other_approaches: str | None
    processes: str | None
    complete_by: str | None


def not_yet(case: Case) -> Refusal | None:
    """Why there is no learning review to set terms for, or None if there is."""
    outcome = case.latest(LearningOutcome)
    if outcome is None or LEARNING_REVIEW not in outcome.approaches:
        return Refusal("The Task & Finish group has not decided on a learning review.", f"sptool outcome {case.ref}")
    return None


def gather(material: Material) -> TermsOfReference:
    """The facts of the terms of reference."""
    case, framework = material.case, material.framework
    outcome = case.all(LearningOutcome)[-1]
    nomination, asked = case.latest(Nomination), case.latest(InformationRequest)
    others = [approach for approach in outcome.approaches if approach != LEARNING_REVIEW]
    return TermsOfReference(
        **vars(CaseFacts.common(material)),
        group=framework.name_of("groups", "task-and-finish"),
        reports_to=_reports_to(material),
        decided_on=in_full(outcome.happened_on),
        decided_by=outcome.decided_by,
        rationale=outcome.rationale,
        came_from=_came_from(case, framework),
        summary=_summary(case),
        why_learning=nomination.why_learning if nomination else None,
        questions=tuple(_questions(case)),
        themes=tuple(framework.name_of("themes", theme) for theme in _themes(case)),
        period=period(asked.period_from, asked.period_to) if asked else None,
        agencies=tuple(framework.name_of("agencies", agency) for agency in _agencies(case)),
        other_approaches=named(others, "approaches", framework),
        processes=answer(case.facts, "parallel_processes", framework),
        complete_by=in_full(outcome.complete_by) if outcome.complete_by else None,
    )


DOCUMENT = Document(
    id="terms-of-reference",
    title="Learning review terms of reference",
    audience="those who carry out the learning review",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=not_yet,
    called_for=whenever_there_is_one,
    tells_of=(LearningOutcome,),
    each_agency=None,
    identifies=(),
    whom=(),
)


def _reports_to(material: Material) -> str | None:
    groups = {group.id: group for group in material.framework.groups}
    found = groups.get("task-and-finish")
    names = [groups[one].name for one in found.reports_to if one in groups] if found else []
    return listed(names) if names else None


def _came_from(case: Case, framework: Framework) -> str:
    """The source of the learning by its name in the framework; a referral that was notified is none of those."""
    nomination, decision = case.latest(Nomination), case.latest(NotificationDecision)
    sources: tuple[str, ...] = ()
    if case.latest(RapidReview):
        sources = ("rapid-review",)
    elif nomination and decision is None:
        sources = (nomination.source,)
    elif decision and decision.outcome == "do-not-notify":
        sources = ("below-threshold",)
    return named(sources, "learning-sources", framework) or "Referral"


def _summary(case: Case) -> str | None:
    held, referral, nomination = case.latest(RapidReview), case.latest(Referral), case.latest(Nomination)
    if held and held.facts:
        return held.facts
    return referral.summary if referral else nomination.summary if nomination else None


def _questions(case: Case) -> list[str]:
    """What was already said of what there may be to learn."""
    held, referral, outcome = case.latest(RapidReview), case.latest(Referral), case.latest(LearningOutcome)
    said = (
        held.potential_learning if held else None,
        referral.potential_learning if referral else None,
        outcome.learning if outcome else None,
    )
    return [text for text in said if text]


def _themes(case: Case) -> tuple[str, ...]:
    held, outcome = case.latest(RapidReview), case.latest(LearningOutcome)
    return tuple(dict.fromkeys([*(outcome.themes if outcome else ()), *(held.themes if held else ())]))


def _agencies(case: Case) -> tuple[str, ...]:
    held, nomination = case.latest(RapidReview), case.latest(Nomination)
    asked = [to.agency for record in case.all(InformationRequest) for to in record.requests]
    involved = [*(held.agencies_involved if held else ()), *([nomination.agency] if nomination else [])]
    return tuple(dict.fromkeys([*involved, *asked, *case.facts.agencies_known]))
