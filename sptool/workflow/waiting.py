"""What a case waits for: its stage, and the commands that come next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.learning import LearningOutcome
from sptool.records.notification import Notification, NotificationDecision
from sptool.records.rapid_review import LocalReviewDecision, PanelReply, RapidReview, Submission
from sptool.records.referral import Referral
from sptool.records.review import ReviewCommissioned, ReviewPublished
from sptool.records.scoping import InformationRequest
from sptool.workflow.another_look import suspects
from sptool.workflow.criteria import nomination_to_refer
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

__all__ = ["STAGES", "Waiting", "decision_awaited", "stage", "waiting_for"]

CLOSED = "Nothing: the case is closed"


@dataclass(frozen=True)
class Waiting:
    """Something that a case waits for.

    Args:
        what: what comes next, in plain words.
        command: what to type.
        stage: the stage that the case is at because of it; empty for what comes beside the pathway.
        kind: the kind of record that it adds.
    """

    what: str
    command: str
    stage: str = ""
    kind: str = ""


def waiting_for(case: Case, framework: Framework) -> tuple[Waiting, ...]:
    """What the case waits for, the most urgent first; never empty."""
    if is_closed(case):
        return (Waiting(CLOSED, f"sptool reopen {case.ref}", "closed", "reopening"),)
    found = [
        *_safety(case),
        *_beginning(case, framework),
        *_review(case),
        *_panel(case),
        *_learning(case, framework),
    ]
    if not any(waiting.stage for waiting in found):
        close = Waiting("Close the case", f"sptool close {case.ref}", "ready to close", "closure")
        found += list(_another_look(case)) or [close]
    return tuple(found)


def stage(case: Case, framework: Framework) -> str:
    """The stage of a case, one of `STAGES`."""
    return next(waiting.stage for waiting in waiting_for(case, framework) if waiting.stage)


def _safety(case: Case) -> Iterator[Waiting]:
    if case.latest(Referral) and not safety_is_confirmed(case):
        yield Waiting("Confirm that every child is safe", f"sptool update {case.ref}", kind="update")


def _another_look(case: Case) -> Iterator[Waiting]:
    for suspect in suspects(case):
        what = "Look again: what the decision relied on was put right"
        command, kind = reconsider(case, suspect.decision), suspect.decision.kind
        yield Waiting(what, command, "decision needs another look", kind)


def _beginning(case: Case, framework: Framework) -> Iterator[Waiting]:
    if nomination_to_refer(case, framework) and not case.latest(Referral):
        command = f"sptool new-referral --nomination {case.ref}"
        yield Waiting("Refer it: the nomination meets a ground", command, "nomination returned: refer", "referral")
        return
    if case.latest(Referral) and case.facts.la_aware_on in (None, "unknown") and not case.latest(Notification):
        command = f"sptool update {case.ref}"
        yield Waiting("Find out when the local authority became aware", command, kind="update")
    for question in open_questions(case):
        command = f"sptool clarify reply {case.ref} {question.id}"
        yield Waiting("Record the reply to a question", command, kind="clarification-reply")
    decision = case.latest(NotificationDecision)
    if decision is None and case.latest(Referral):
        command = f"sptool decide {case.ref}"
        yield Waiting("Decide whether to notify", command, "notification decision", "notification-decision")
    if decision and decision.outcome == "notify" and not case.latest(Notification):
        yield Waiting("Record the notification", f"sptool notify {case.ref}", "notification", "notification")
    if decision and not shared_rationales(case):
        command = f"sptool share-rationale {case.ref}"
        yield Waiting("Share the rationale with the referrer", command, kind="rationale-shared")


def _review(case: Case) -> Iterator[Waiting]:
    if not_proceeding(case) or not (notified_on_ground_one(case) or case.latest(RapidReview)):
        return
    held = case.latest(RapidReview)
    if not held and not case.latest(InformationRequest):
        yield Waiting("Ask the agencies", f"sptool scope {case.ref}", "scoping", "information-request")
    if not held and outstanding_requests(case):
        yield Waiting("Record returns, or chase them", f"sptool agency-return {case.ref}", kind="agency-return")
    if not held:
        yield Waiting("Hold the rapid review", f"sptool rapid-review {case.ref}", "rapid review", "rapid-review")
    elif not case.latest(LocalReviewDecision):
        command = f"sptool decide {case.ref}"
        yield Waiting("Decide about a local review", command, "local review decision", "local-review-decision")


def _panel(case: Case) -> Iterator[Waiting]:
    decision, sent = case.latest(LocalReviewDecision), case.latest(Submission)
    if decision is None or not_proceeding(case):
        return
    if sent is None:
        yield Waiting("Send the rapid review to the Panel", f"sptool submit {case.ref}", "to the Panel", "submission")
        return
    reply = case.latest(PanelReply)
    if reply is None:
        yield Waiting("Record the Panel's reply", f"sptool panel-reply {case.ref}", "Panel's reply", "panel-reply")
    elif reply.position == "asks":
        what = "Answer the Panel, and record its next reply"
        yield Waiting(what, f"sptool panel-reply {case.ref}", "Panel's reply", "panel-reply")
    elif reply.position == "disagrees" and reply.id not in case.pasts[decision.id]:
        command = f"sptool decide {case.ref} --reconsider"
        yield Waiting("Reconsider: the Panel disagrees", command, "local review decision", "local-review-decision")


def _learning(case: Case, framework: Framework) -> Iterator[Waiting]:
    if review_goes_ahead(case) and not case.latest(ReviewPublished):
        yield _review_step(case)
    if is_with_the_group(case, framework) and not case.latest(LearningOutcome):
        command = f"sptool outcome {case.ref}"
        yield Waiting("Record the group's learning outcome", command, "learning", "learning-outcome")
    if open_actions(case):
        yield Waiting("Follow up open actions", f"sptool action list {case.ref}", "actions", "action-update")


def _review_step(case: Case) -> Waiting:
    if case.latest(ReviewCommissioned):
        command, what, kind = f"sptool review publish {case.ref}", "Publish", "review-published"
    else:
        command, what, kind = f"sptool review commission {case.ref}", "Commission", "review-commissioned"
    return Waiting(f"{what} the local review (LCSPR)", command, "local review (LCSPR)", kind)


def decision_awaited(case: Case) -> str:
    """The kind of decision that `sptool decide` records now."""
    if case.latest(NotificationDecision) is None:
        return "notification-decision"
    return "local-review-decision"
