"""What a case waits for: its stage, the commands that come next, and what clears a deadline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.closing import Closure, Reopening
from sptool.records.header import Record
from sptool.records.learning import ActionUpdate, LearningOutcome
from sptool.records.notification import Notification, NotificationDecision, RationaleShared
from sptool.records.referral import ClarificationReply, Referral, Update
from sptool.records.review import (
    AgencyReturn,
    InformationRequest,
    LocalReviewDecision,
    PanelReply,
    RapidReview,
    ReviewCommissioned,
    ReviewPublished,
    Submission,
)
from sptool.workflow.another_look import suspects
from sptool.workflow.criteria import nomination_to_refer
from sptool.workflow.deadlines import Deadline
from sptool.workflow.glance import STAGES
from sptool.workflow.state import (
    is_closed,
    is_with_the_group,
    not_proceeding,
    notified_on_ground_one,
    open_actions,
    open_questions,
    outstanding_requests,
    reconsider,
    review_goes_ahead,
    safety_is_confirmed,
    shared_rationales,
)
from sptool.workflow.steps import RULES, STEPS, meeting

__all__ = ["STAGES", "Waiting", "decision_awaited", "stage", "waiting_for"]

CLOSED = "Nothing: the case is closed"


@dataclass(frozen=True)
class Waiting:
    """Something that a case waits for.

    Args:
        adds: the kind of record that it adds.
        stage: the stage that the case is at because of it; empty for what comes beside the pathway.
    """

    what: str
    command: str
    adds: type[Record]
    stage: str = ""


def _step(case: Case, adds: type[Record], what: str, stage: str = "") -> Waiting:
    """A step that is taken by its own command, with nothing typed but the case."""
    return Waiting(what, STEPS[adds.kind].typed(case.ref), adds, stage)


def waiting_for(case: Case, framework: Framework) -> tuple[Waiting, ...]:
    """What the case waits for, the most urgent first; never empty."""
    if is_closed(case):
        return (_step(case, Reopening, CLOSED, "closed"),)
    found = [
        *_safety(case),
        *_beginning(case, framework),
        *_review(case),
        *_panel(case),
        *_learning(case, framework),
    ]
    if not any(waiting.stage for waiting in found):
        found += list(_another_look(case)) or [_step(case, Closure, "Close the case", "ready to close")]
    return tuple(found)


def stage(case: Case, framework: Framework) -> str:
    """The stage of a case, one of `STAGES`."""
    return next(waiting.stage for waiting in waiting_for(case, framework) if waiting.stage)


def _safety(case: Case) -> Iterator[Waiting]:
    if case.latest(Referral) and not safety_is_confirmed(case):
        yield _step(case, Update, "Confirm that every child is safe")


def _another_look(case: Case) -> Iterator[Waiting]:
    for suspect in suspects(case):
        what, decision = "Look again: what the decision relied on was put right", suspect.decision
        yield Waiting(what, reconsider(case, decision), type(decision), "decision needs another look")


def _beginning(case: Case, framework: Framework) -> Iterator[Waiting]:
    if nomination_to_refer(case, framework) and not case.latest(Referral):
        command = f"sptool new-referral --nomination {case.ref}"
        yield Waiting("Refer it: the nomination meets a ground", command, Referral, "nomination returned: refer")
        return
    if case.latest(Referral) and case.facts.la_aware_on in (None, "unknown") and not case.latest(Notification):
        yield _step(case, Update, "Find out when the local authority became aware")
    for question in open_questions(case):
        command = f"{STEPS[ClarificationReply.kind].typed(case.ref)} {question.id}"
        yield Waiting("Record the reply to a question", command, ClarificationReply)
    decision = case.latest(NotificationDecision)
    if decision is None and case.latest(Referral):
        yield _step(case, NotificationDecision, "Decide whether to notify", "notification decision")
    if decision and decision.outcome == "notify" and not case.latest(Notification):
        yield _step(case, Notification, "Record the notification", "notification")
    if decision and not shared_rationales(case):
        yield _step(case, RationaleShared, "Share the rationale with the referrer")


def _review(case: Case) -> Iterator[Waiting]:
    if not_proceeding(case) or not (notified_on_ground_one(case) or case.latest(RapidReview)):
        return
    held = case.latest(RapidReview)
    if not held and not case.latest(InformationRequest):
        yield _step(case, InformationRequest, "Ask the agencies", "scoping")
    if not held and outstanding_requests(case):
        yield _step(case, AgencyReturn, "Record returns, or chase them")
    if not held:
        yield _step(case, RapidReview, "Hold the rapid review", "rapid review")
    elif not case.latest(LocalReviewDecision):
        yield _step(case, LocalReviewDecision, "Decide about a local review", "local review decision")


def _panel(case: Case) -> Iterator[Waiting]:
    decision, sent = case.latest(LocalReviewDecision), case.latest(Submission)
    if decision is None or not_proceeding(case):
        return
    if sent is None:
        yield _step(case, Submission, "Send the rapid review to the Panel", "to the Panel")
        return
    reply = case.latest(PanelReply)
    if reply is None:
        yield _step(case, PanelReply, "Record the Panel's reply", "Panel's reply")
    elif reply.position == "asks":
        yield _step(case, PanelReply, "Answer the Panel, and record its next reply", "Panel's reply")
    elif reply.position == "disagrees" and reply.id not in case.pasts[decision.id]:
        command = reconsider(case, decision)
        yield Waiting("Reconsider: the Panel disagrees", command, LocalReviewDecision, "local review decision")


def _learning(case: Case, framework: Framework) -> Iterator[Waiting]:
    if review_goes_ahead(case) and not case.latest(ReviewPublished):
        stage = "local review (LCSPR)"
        if case.latest(ReviewCommissioned):
            yield _step(case, ReviewPublished, "Publish the local review (LCSPR)", stage)
        else:
            yield _step(case, ReviewCommissioned, "Commission the local review (LCSPR)", stage)
    if is_with_the_group(case, framework) and not case.latest(LearningOutcome):
        yield _step(case, LearningOutcome, "Record the group's learning outcome", "learning")
    if open_actions(case):
        yield Waiting("Follow up open actions", f"sptool action list {case.ref}", ActionUpdate, "actions")


def decision_awaited(case: Case) -> type[Record]:
    """The kind of decision that `sptool decide` records now."""
    return LocalReviewDecision if case.latest(NotificationDecision) else NotificationDecision


def kind_for(deadline: Deadline) -> str:
    """The kind of record that meets a deadline, or nothing if an edition lets something unusual meet it."""
    step = meeting(deadline.rule.met_by)
    return step.kind if step else ""


def command_now(deadline: Deadline, case: Case, framework: Framework, contested: frozenset[str] = frozenset()) -> str:
    """What to type now: the deadline's own command, or the one that must come first.

    Args:
        contested: the ids of records in conflict: where those would meet it, settling them comes first.
    """
    if any(record.id in contested and record.kind == kind_for(deadline) for record in case.records):
        return f"sptool resolve {case.ref}"
    rule = RULES.get(kind_for(deadline))
    refusal = rule(case, framework) if rule else None
    first = refusal.first.splitlines()[0] if refusal else ""
    return first if first.startswith("sptool ") else deadline.command
