"""The briefing that tells the leadership group of a rapid review (framework, section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sptool.documents.context import CaseFacts, Material
from sptool.documents.days import DueFacts, due_table
from sptool.documents.deliberation import MeetingFacts, meeting_facts
from sptool.documents.kinds import COLLEAGUE, Document, unless
from sptool.documents.local_review_decision import PanelFacts, ReviewDecisionFacts, decision_facts, panel_facts
from sptool.documents.words import answer
from sptool.records.case import Case
from sptool.records.referral import Referral
from sptool.records.review import LocalReviewDecision, PanelReply, RapidReview, Submission
from sptool.text.english import in_full
from sptool.workflow.state import (
    duty_not_followed,
    leadership_was_told,
    open_actions,
    outstanding_requests,
    things_to_tell_leadership,
)

_NOT_SHOWN = ("action", "returns", "clarification", "inform-leadership", "decide")


@dataclass(frozen=True)
class LeadershipBriefing(CaseFacts):
    """What the template of the leadership group's briefing can name, besides what every document of a case has.

    Args:
        decision: the partners' decision, once taken.
        submitted_on: when the rapid review was sent to the Panel.
        media_interest: whether there is media interest, where that is known.
        deadlines: the deadlines that matter to the group, as they stand.
        to_know: what the group should look at in particular.
    """

    group: str
    referred_on: str | None
    summary: str | None
    meeting: MeetingFacts
    decision: ReviewDecisionFacts | None
    submitted_on: str | None
    panel: PanelFacts | None
    media_interest: str | None
    processes: str | None
    deadlines: tuple[DueFacts, ...]
    open_actions: int
    to_know: tuple[str, ...]


def gather(material: Material) -> LeadershipBriefing:
    """The facts of the leadership group's briefing."""
    case, framework = material.case, material.framework
    held = case.all(RapidReview)[-1]
    referral, decision, sent = case.latest(Referral), case.latest(LocalReviewDecision), case.latest(Submission)
    return LeadershipBriefing(
        **vars(CaseFacts.common(material)),
        group=framework.name_of("groups", "leadership"),
        referred_on=in_full(referral.happened_on) if referral else None,
        summary=referral.summary if referral else None,
        meeting=meeting_facts(held, framework),
        decision=decision_facts(decision, material) if decision else None,
        submitted_on=in_full(sent.happened_on) if sent else None,
        panel=panel_facts(case),
        media_interest=answer(case.facts, "media_interest", framework),
        processes=answer(case.facts, "parallel_processes", framework),
        deadlines=due_table(material, lambda due: due.id not in _NOT_SHOWN),
        open_actions=len(open_actions(case)),
        to_know=tuple(_to_know(held, material)),
    )


def leadership_waits(case: Case) -> bool:
    """Whether there is news that the leadership group has not been told."""
    return any(not leadership_was_told(case, news) for news in things_to_tell_leadership(case))


DOCUMENT = Document(
    id="leadership-briefing",
    title="Leadership group briefing",
    audience="the leadership group",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=unless(RapidReview, "There is no rapid review to tell of yet.", "sptool rapid-review {case}"),
    called_for=leadership_waits,
    tells_of=(RapidReview, PanelReply),
    each_agency=None,
    identifies=(),
    whom=(),
)


def _to_know(held: RapidReview, material: Material) -> Iterator[str]:
    case = material.case
    late = [due for due in material.deadlines if due.was_missed(material.today)]
    if titles := dict.fromkeys(due.title for due in late if due.id != "action"):
        yield f"Late, or done late: {'; '.join(titles)}."
    if any(due.id == "action" for due in late):
        yield "An action was late or is late; the action plan shows which."
    if duty_not_followed(case):
        yield "A ground for notifying is met, and it was decided not to notify."
    if outstanding_requests(case):
        names = [material.framework.name_of("agencies", one.agency) for one in outstanding_requests(case)]
        yield f"No answer has come from: {'; '.join(dict.fromkeys(names))}."
    decision = case.latest(LocalReviewDecision)
    if decision and decision.outcome != held.recommends:
        yield "The partners did not follow what the rapid review recommended."
    if decision and decision.dissent:
        yield "Dissent is recorded."
