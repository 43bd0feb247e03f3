"""When a clock stops though what it waits for was never done. Stopped is not met."""

from __future__ import annotations

from datetime import date

from sptool.framework.models import Rule
from sptool.records.case import Case
from sptool.records.closing import Closure, Reopening
from sptool.records.notification import Notification, NotificationDecision
from sptool.workflow.events import (
    NOTIFICATION_SENT,
    NOTIFICATION_SENT_ON_GROUND_ONE,
    NOTIFICATION_SETTLED,
    PARTNERS_TOLD,
)
from sptool.workflow.state import last_of

FROM_THE_NOTIFICATION = (NOTIFICATION_SENT, NOTIFICATION_SENT_ON_GROUND_ONE)
NOT_OURS = {
    "do-not-notify": "it was decided not to notify, so there is no notification to tell of",
    "another-area-notifies": "another area notifies",
}
NOT_PROCEEDING = "the notification was found not to meet the criteria and does not proceed"
CLOSED = "the case was closed"

Stopped = tuple[date, str]
"""Since when, and why as the end of a sentence."""


NOT_FOLLOWED = "a ground is met, and it was decided not to notify: the duty was not followed"


def why_stopped(case: Case, rule: Rule, contested: frozenset[str]) -> Stopped | None:
    """Why a rule's clocks don't run on in this case, or None if they do.

    A notification that is later found not to meet the criteria stops what counts from it (guidance). Telling the
    partners is about a notification: without one of ours it is not owed (our reading). A closed case waits for nothing.

    Args:
        contested: the ids of records in conflict: they stop nothing.
    """
    decision = case.latest(NotificationDecision)
    if decision is not None and decision.id not in contested and (why := _by_decision(case, rule, decision)):
        return decision.happened_on, why
    closed = last_of(case, Closure, Reopening)
    if isinstance(closed, Closure) and closed.id not in contested:
        return closed.happened_on, CLOSED
    return None


def _by_decision(case: Case, rule: Rule, decision: NotificationDecision) -> str:
    if decision.duty_not_followed and rule.met_by == NOTIFICATION_SETTLED:
        return NOT_FOLLOWED
    not_proceeding = decision.outcome == "notified-not-proceeding"
    if not_proceeding and (rule.starts in FROM_THE_NOTIFICATION or rule.met_by == NOTIFICATION_SETTLED):
        return NOT_PROCEEDING
    if rule.met_by == PARTNERS_TOLD and case.latest(Notification) is None:
        return NOT_OURS.get(decision.outcome, "")
    return ""
