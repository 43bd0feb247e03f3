"""How a case stands: small questions that the rules, the deadlines and the screens all ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sptool.framework.models import Framework
from sptool.records.anytime import Constraint, ConstraintLifted, LeadOfficer, Link
from sptool.records.case import Case
from sptool.records.case import is_on_hold as is_on_hold
from sptool.records.closing import Closure, Reopening
from sptool.records.header import Record
from sptool.records.learning import Action, ActionAssurance, ActionUpdate, Nomination
from sptool.records.notification import Notification, NotificationDecision, RationaleShared
from sptool.records.referral import ClarificationQuestion, ClarificationReply, Referral
from sptool.records.review import (
    AgencyReturn,
    InformationRequest,
    Informed,
    LocalReviewDecision,
    PanelReply,
    RapidReview,
    RequestTo,
)
from sptool.workflow.criteria import nomination_to_refer

Decision = NotificationDecision | LocalReviewDecision
"""What can be taken afresh."""


@dataclass(frozen=True)
class Request:
    """What one agency was asked.

    Args:
        key: the request's id: that of the record, a colon, the agency.
        return_by: the date on the request, if it has one.
        answered_on: when its return arrived; None while it is outstanding.
        record: the id of the record of the request.
        answered_by: the id of the record of its return; empty while it is outstanding.
    """

    key: str
    agency: str
    asked_on: date
    return_by: date | None
    answered_on: date | None
    record: str
    answered_by: str = ""


def last_of(case: Case, *kinds: type[Record]) -> Record | None:
    """The newest standing record of any of these kinds."""
    found = [record for record in case.standing if isinstance(record, kinds)]
    return found[-1] if found else None


def is_closed(case: Case) -> bool:
    """Whether the case is closed now."""
    return isinstance(last_of(case, Closure, Reopening), Closure)


def safety_is_confirmed(case: Case) -> bool:
    """Whether the newest answer says that no child is at risk now."""
    return case.facts.at_risk_now == "no"


def lead_officer(case: Case) -> str | None:
    """The id of the officer who leads the case."""
    named = case.latest(LeadOfficer)
    referral = case.latest(Referral)
    return named.officer if named else referral.lead_officer if referral else None


def open_questions(case: Case) -> tuple[ClarificationQuestion, ...]:
    """Clarifications asked and not yet answered."""
    answered = {root_of(case, reply.answers) for reply in case.all(ClarificationReply)}
    return tuple(q for q in case.all(ClarificationQuestion) if root_of(case, q.id) not in answered)


def root_of(case: Case, record_id: str) -> str:
    """The id under which a record was first written, before any correction of it."""
    record = case.by_id.get(record_id)
    while record is not None and record.replaces and record.replaces.kind == "correction":
        record_id = record.replaces.record
        record = case.by_id.get(record_id)
    return record_id


def decisions_that_led_here(case: Case, decision: Record | None) -> tuple[Record, ...]:
    """A decision and those that it reconsidered, newest first, each as last corrected."""
    chain: list[Record] = []
    while decision is not None:
        chain.append(decision)
        first = case.by_id.get(root_of(case, decision.id), decision)
        replaced = first.replaces.record if first.replaces else ""
        decision = case.by_id.get(replaced)
    return tuple(chain)


def requests(case: Case) -> tuple[Request, ...]:
    """Every request to an agency, with the return that answers it: the earliest not yet used."""
    returns: dict[str, list[AgencyReturn]] = {}
    for answer in sorted(case.all(AgencyReturn), key=lambda record: record.happened_on):
        returns.setdefault(answer.agency, []).append(answer)
    return tuple(
        _request(case, record, asked, returns.get(asked.agency, []))
        for record in case.all(InformationRequest)
        for asked in record.requests
    )


def _request(case: Case, record: InformationRequest, asked: RequestTo, waiting: list[AgencyReturn]) -> Request:
    answer = waiting.pop(0) if waiting else None
    return Request(
        key=f"{root_of(case, record.id)}:{asked.agency}",
        agency=asked.agency,
        asked_on=record.happened_on,
        return_by=asked.return_by,
        answered_on=answer.happened_on if answer else None,
        record=record.id,
        answered_by=answer.id if answer else "",
    )


def outstanding_requests(case: Case) -> tuple[Request, ...]:
    """Requests without a return."""
    return tuple(request for request in requests(case) if request.answered_on is None)


def review_goes_ahead(case: Case) -> bool:
    """Whether the decision that stands is to carry out an LCSPR."""
    decision = case.latest(LocalReviewDecision)
    return decision is not None and decision.outcome == "lcspr"


def notified_on_ground_one(case: Case) -> Notification | None:
    """The notification, if it was made on ground one: only that starts the rapid review."""
    sent = case.latest(Notification)
    return sent if sent and "one" in sent.grounds else None


def not_proceeding(case: Case) -> bool:
    """Whether a notification was later found not to meet the criteria: its clocks stop."""
    decision = case.latest(NotificationDecision)
    return decision is not None and decision.outcome == "notified-not-proceeding"


def sent_to_group(case: Case, framework: Framework) -> Record | None:
    """The record that sent the case to the Task & Finish group: a decision, or a nomination not returned."""
    decisions = (case.latest(LocalReviewDecision), case.latest(NotificationDecision))
    for decision in decisions:
        if decision is not None and decision.then == "task-and-finish":
            return decision
    nomination = case.latest(Nomination)
    if nomination is not None and not nomination_to_refer(case, framework):
        return nomination
    return None


def is_with_the_group(case: Case, framework: Framework) -> bool:
    """Whether the Task & Finish group has the case."""
    return sent_to_group(case, framework) is not None


def shared_rationales(case: Case) -> tuple[RationaleShared, ...]:
    """Where the referrer was told of the decision that stands, or it is recorded why not: not of an earlier one."""
    decision = case.latest(NotificationDecision)
    root = root_of(case, decision.id) if decision else ""
    return tuple(shared for shared in case.all(RationaleShared) if root in case.pasts[root_of(case, shared.id)])


def duty_not_followed(case: Case) -> bool:
    """Whether a ground is met and the decision that stands is not to notify."""
    decision = case.latest(NotificationDecision)
    return decision is not None and decision.duty_not_followed is not None


def things_to_tell_leadership(case: Case) -> tuple[RapidReview | PanelReply, ...]:
    """Rapid reviews and replies of the Panel: the leadership group is told of each."""
    return tuple(record for record in case.standing if isinstance(record, RapidReview | PanelReply))


def leadership_was_told(case: Case, news: RapidReview | PanelReply) -> tuple[Informed, ...]:
    """Where the leadership group was told of it. Telling covers all the news dated on or before that day."""
    told = (one for one in case.all(Informed) if one.who == "leadership" and one.told == "told")
    return tuple(one for one in told if one.happened_on >= news.happened_on)


@dataclass(frozen=True)
class ActionState:
    """An action as it stands.

    Args:
        action: the action as agreed.
        status: its newest status; `assured` once assured.
        due_on: its newest date.
        ended_on: when it was assured or given up; None while it is open.
        ended_by: the id of the record that says so; empty while it is open.
    """

    action: Action
    status: str
    due_on: date
    ended_on: date | None
    ended_by: str = ""


def linked_cases(case: Case) -> tuple[tuple[str, str], ...]:
    """The cases that this one names as linked, each with how it is linked."""
    referral = case.latest(Referral)
    named = [(link.case, link.relation) for link in (referral.linked_cases if referral else ())]
    named += [(link.to, link.relation) for link in case.all(Link)]
    return tuple(dict.fromkeys(named))


def actions(case: Case) -> tuple[ActionState, ...]:
    """Every action of the case as it stands."""
    return tuple(_action_state(case, action) for action in case.all(Action))


def _action_state(case: Case, action: Action) -> ActionState:
    root = root_of(case, action.id)
    updates = [update for update in case.all(ActionUpdate) if root_of(case, update.action) == root]
    assured = [assurance for assurance in case.all(ActionAssurance) if root_of(case, assurance.action) == root]
    status = "assured" if assured else updates[-1].status if updates else "not-started"
    dates = [update.due_on for update in updates if update.due_on]
    due_on = dates[-1] if dates else action.due_on
    end = assured[-1] if assured else updates[-1] if status == "not-implemented" else None
    return ActionState(action, status, due_on, end.happened_on if end else None, end.id if end else "")


def open_actions(case: Case) -> tuple[ActionState, ...]:
    """Actions neither assured nor given up."""
    return tuple(state for state in actions(case) if state.ended_on is None)


def constraints(case: Case) -> tuple[Constraint, ...]:
    """Constraints that still hold."""
    lifted = {root_of(case, record.constraint) for record in case.all(ConstraintLifted)}
    return tuple(record for record in case.all(Constraint) if root_of(case, record.id) not in lifted)


def agencies_to_ask(case: Case, framework: Framework, on: date) -> tuple[str, ...]:
    """The agencies of a rapid review and those known to be involved, as scoping suggests them."""
    members = [agency.id for agency in framework.agencies if agency.rapid_review and agency.valid(on)]
    return tuple(dict.fromkeys([*members, *case.facts.agencies_known]))


def reconsider(case: Case, decision: Decision) -> str:
    """What is typed to take a decision afresh; it names the earlier one where a later one stands too."""
    later = isinstance(decision, NotificationDecision) and case.latest(LocalReviewDecision) is not None
    return f"sptool decide {case.ref} --reconsider" + (" --of notification" if later else "")
