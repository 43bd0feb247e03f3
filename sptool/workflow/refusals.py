"""Why a step that is still to be taken can't be taken now.

Each function answers for one kind of record: a refusal, or None. What has already happened can still be recorded
with its true date and a reason, unless the refusal is final.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sptool.framework.models import Framework
from sptool.records.anytime import Constraint
from sptool.records.case import Case, is_on_hold
from sptool.records.learning import Action
from sptool.records.notification import Notification, NotificationDecision
from sptool.records.referral import Referral
from sptool.records.review import LocalReviewDecision, RapidReview, Submission
from sptool.workflow.afresh import decided_afresh_since, notified_again_since
from sptool.workflow.criteria import nomination_to_refer
from sptool.workflow.state import (
    is_closed,
    is_with_the_group,
    open_actions,
    open_questions,
    outstanding_requests,
    reconsider,
    review_goes_ahead,
    shared_rationales,
)


@dataclass(frozen=True)
class Refusal:
    """Why a step can't be taken now.

    Args:
        first: the command that comes first; a further line may say what else there is to do.
        final: that not even a true date and a reason help: the record would contradict the case.
        once: that it is recorded already: a second one can be true, but two written side by side conflict.
    """

    reason: str
    first: str
    final: bool = False
    once: bool = False


Rule = Callable[[Case, Framework], Refusal | None]


def never(case: Case, framework: Framework) -> Refusal | None:
    """For what can be recorded at any time."""
    del case, framework
    return None


def while_open(case: Case, framework: Framework) -> Refusal | None:
    """For what needs an open case and nothing else."""
    del framework
    if is_closed(case):
        return Refusal("This case is closed.", f"sptool reopen {case.ref}")
    return None


def first_referral(case: Case, framework: Framework) -> Refusal | None:
    """One referral a case; a nomination that was returned may become one."""
    if case.latest(Referral):
        return Refusal("This case already has a referral.", f"sptool update {case.ref}", final=True)
    if case.records and not nomination_to_refer(case, framework):
        return Refusal(
            "Only a nomination that was returned for referral can become a referral.", "sptool new-referral", final=True
        )
    return None


def notification_decision(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 3: one decision; a new one is a reconsideration."""
    if case.latest(NotificationDecision):
        return Refusal(
            "This case already has a notification decision.",
            f"sptool decide {case.ref} --reconsider",
            final=True,
        )
    return _to_be_referred(case, framework) or while_open(case, framework)


def _to_be_referred(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 12: a nomination that meets a ground comes back as a referral, and is decided on then."""
    if case.latest(Referral) or not nomination_to_refer(case, framework):
        return None
    return Refusal(
        "The nomination meets a ground, so it has to be referred.", f"sptool new-referral --nomination {case.ref}"
    )


def notification(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 4: a notification follows a decision to notify; a further one, a decision taken afresh."""
    decision, sent = case.latest(NotificationDecision), case.latest(Notification)
    if sent and not (decision and decision.outcome == "notify" and decided_afresh_since(case, decision, sent)):
        return _already(case, "The notification has already been recorded.", _to_decide(case, decision))
    return _not_to_notify(case, framework) or while_open(case, framework)


def _already(case: Case, reason: str, first: str) -> Refusal:
    """For what is recorded once for each decision. A second one that did happen is still a fact."""
    return Refusal(reason, f"{first}\nTo put a mistake right: sptool correct {case.ref}", once=True)


def _to_decide(case: Case, decision: NotificationDecision | LocalReviewDecision | None) -> str:
    return reconsider(case, decision) if decision else f"sptool decide {case.ref}"


def rationale_shared(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 5: the rationale of a decision, shared once for each decision."""
    del framework
    if case.latest(NotificationDecision) is None:
        return Refusal("There is no decision to share yet.", f"sptool decide {case.ref}")
    shared = shared_rationales(case)
    if shared and shared[-1].shared == "shared":
        return Refusal("The rationale has already been shared.", f"sptool correct {case.ref}", final=True)
    return None


def information_request(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 6: scoping follows a decision to notify."""
    decision = case.latest(NotificationDecision)
    if decision is None:
        return _undecided(case, framework)
    if decision.outcome != "notify" and not is_with_the_group(case, framework):
        return Refusal("No review of this case is under way.", f"sptool decide {case.ref} --reconsider")
    return while_open(case, framework)


def agency_return(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 6: a return answers a request."""
    del framework
    if not outstanding_requests(case):
        return Refusal("No agency has an open request in this case.", f"sptool scope {case.ref}")
    return None


def chaser(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 6: only agencies that have not answered are chased."""
    return agency_return(case, framework)


def rapid_review(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 7: the meeting follows the notification."""
    if (held := case.latest(RapidReview)) and not notified_again_since(case, held):
        again = notification(case, framework)
        first = again.first.splitlines()[0] if again else f"sptool notify {case.ref}"
        return _already(case, "The rapid review has already been recorded.", first)
    return _before_the_meeting(case, framework) if not case.latest(Notification) else while_open(case, framework)


def local_review_decision(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 8: decided after the rapid review; a new decision is a reconsideration."""
    if case.latest(LocalReviewDecision):
        return Refusal(
            "This case already has a local review decision.",
            f"sptool decide {case.ref} --reconsider",
            final=True,
        )
    return _before_the_meeting(case, framework) or while_open(case, framework)


def _before_the_meeting(case: Case, framework: Framework) -> Refusal | None:
    """What comes first where something needs the rapid review."""
    if case.latest(RapidReview):
        return None
    if case.latest(Notification):
        return Refusal("The rapid review is not yet recorded.", f"sptool rapid-review {case.ref}")
    return _not_to_notify(case, framework) or Refusal("No notification is recorded yet.", f"sptool notify {case.ref}")


def _not_to_notify(case: Case, framework: Framework) -> Refusal | None:
    """What comes first where something needs a decision to notify."""
    decision = case.latest(NotificationDecision)
    if decision is None:
        return _undecided(case, framework)
    if decision.outcome != "notify":
        return Refusal(
            "The decision is not to notify, so no further decision is awaited.",
            f"sptool decide {case.ref} --reconsider",
        )
    return None


def _undecided(case: Case, framework: Framework) -> Refusal:
    referring = _to_be_referred(case, framework)
    first = referring.first if referring else f"sptool decide {case.ref}"
    return Refusal("It is not yet decided whether to notify.", first)


def submission(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 9: the Panel gets the rapid review with the partners' decision, and one taken afresh as well."""
    decision, sent = case.latest(LocalReviewDecision), case.latest(Submission)
    if sent and not (decision and decided_afresh_since(case, decision, sent)):
        return _already(case, "The submission has already been recorded.", _to_decide(case, decision))
    if too_early := _before_the_meeting(case, framework):
        return too_early
    if decision is None:
        return Refusal("The local review decision is not yet recorded.", f"sptool decide {case.ref}")
    return while_open(case, framework)


def panel_reply(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 9: the Panel replies to a submission."""
    del framework
    if case.latest(Submission) is None:
        return Refusal("Nothing has been sent to the Panel yet.", f"sptool submit {case.ref}")
    return None


def review_step(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 11: an LCSPR follows the decision to carry one out."""
    if not review_goes_ahead(case):
        return Refusal("No local review (LCSPR) has been decided on.", f"sptool decide {case.ref}")
    return while_open(case, framework)


def learning_outcome(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 12: the group decides on what was sent to it."""
    if not is_with_the_group(case, framework):
        if referring := _to_be_referred(case, framework):
            return referring
        return Refusal("This case has not been sent to the Task & Finish group.", f"sptool nominate {case.ref}")
    return while_open(case, framework)


def action_step(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 13: an update or an assurance is about an action."""
    del framework
    if not case.all(Action):
        return Refusal("This case has no actions.", f"sptool action add {case.ref}", final=True)
    return None


def action_assurance(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 13: each action is assured once."""
    if case.all(Action) and not open_actions(case):
        return Refusal("Every action of this case has ended.", f"sptool action list {case.ref}", final=True)
    return action_step(case, framework)


def clarification_reply(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 2: a reply answers a question."""
    del framework
    if not open_questions(case):
        return Refusal("No question of this case is open.", f"sptool clarify ask {case.ref}", final=True)
    return None


def constraint_lifted(case: Case, framework: Framework) -> Refusal | None:
    """Only a constraint that was recorded can be lifted."""
    del framework
    if not case.all(Constraint):
        return Refusal("This case has no constraint.", f"sptool constrain {case.ref}", final=True)
    return None


def closure(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 15."""
    del framework
    if is_closed(case):
        return Refusal("This case is already closed.", f"sptool show {case.ref}", final=True)
    return None


def reopening(case: Case, framework: Framework) -> Refusal | None:
    """Domain, stage 15."""
    del framework
    if not is_closed(case):
        return Refusal("This case is not closed.", f"sptool show {case.ref}", final=True)
    return None


def erasure(case: Case, framework: Framework) -> Refusal | None:
    """Nothing is erased under a legal hold."""
    del framework
    if is_on_hold(case):
        return Refusal("This case is under a legal hold.", f"sptool hold {case.ref} --lift", final=True)
    return None
