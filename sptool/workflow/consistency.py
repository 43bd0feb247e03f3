"""What the answers of one kind of record must not leave out or contradict.

One function a kind, found by the record's type; each yields where the problem is and what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import singledispatch

from sptool.records.anytime import Resolution
from sptool.records.case import Case, is_on_hold
from sptool.records.closing import Closure, LegalHold
from sptool.records.header import Record
from sptool.records.learning import ActionAssurance, ActionUpdate
from sptool.records.notification import Notification, NotificationDecision, RationaleShared
from sptool.records.referral import ClarificationReply, Facts
from sptool.records.review import (
    AgencyReturn,
    Chaser,
    Informed,
    LocalReviewDecision,
    PanelReply,
    RapidReview,
    ReviewPublished,
    Submission,
)
from sptool.workflow.checking import Found, Surroundings
from sptool.workflow.conflicts import conflicts
from sptool.workflow.criteria import local_review_points_to, notification_points_to
from sptool.workflow.facts import aware_on, out_of_sequence, twice, wrong_facts
from sptool.workflow.reasons import against_the_criteria, wrongly_replacing
from sptool.workflow.state import ActionState, actions, open_actions, outstanding_requests, requests, root_of
from sptool.workflow.steps import RULES


def contradictions(record: Record, around: Surroundings) -> list[Found]:
    """Everything that the record leaves out or contradicts, given the case before it."""
    found = [*twice(record), *out_of_sequence(record), *wrongly_replacing(record, around), *_of_kind(record, around)]
    return [*found, *(wrong_facts(record, around) if isinstance(record, Facts) else ())]


@singledispatch
def _of_kind(record: Record, around: Surroundings) -> Iterator[Found]:
    """For kinds without rules of their own."""
    del record, around
    yield from ()


def _before(record: Record, earlier: date | None, what: str) -> Iterator[Found]:
    if earlier is not None and record.happened_on < earlier:
        yield ("happened_on",), f"this is before {what}"


def _aware_before(record: Record, around: Surroundings) -> date | None:
    """What a dated step can't come before. A correction that keeps its date is not held against what came later."""
    kept = around.replaced is not None and _is_correction(record) and around.replaced.happened_on == record.happened_on
    return None if kept else aware_on(around.case)


def _is_correction(record: Record) -> bool:
    return record.replaces is not None and record.replaces.kind == "correction"


def _needs(missing: object, field: str, why: str) -> Iterator[Found]:
    if not missing:
        yield (field,), why


@_of_kind.register
def _clarification_reply(record: ClarificationReply, around: Surroundings) -> Iterator[Found]:
    question = around.case.by_id.get(record.answers)
    yield from _before(record, question.happened_on if question else None, "the question")


@_of_kind.register
def _notification_decision(record: NotificationDecision, around: Surroundings) -> Iterator[Found]:
    yield from _before(record, _aware_before(record, around), "the local authority became aware")
    answered = {one.child for one in record.criteria}
    for child in around.case.children:
        if child.id not in answered:
            yield ("criteria",), f"the criteria are not answered for {child.id}"
    yield from against_the_criteria(record, around)
    if record.outcome == "another-area-notifies":
        yield from _needs(record.another_area, "another_area", "say which area notifies, and when it was told")
    if record.outcome == "do-not-notify":
        yield from _needs(record.then, "then", "say what else the partnership does, or that it does nothing further")
    if record.then == "nothing-further":
        yield from _needs(record.then_reason, "then_reason", "say why nothing further is done")


@_of_kind.register
def _notification(record: Notification, around: Surroundings) -> Iterator[Found]:
    aware = _aware_before(record, around)
    yield from _before(record, aware, "the local authority became aware")
    if aware and record.partners_told_on and record.partners_told_on < aware:
        yield ("partners_told_on",), "this is before the local authority became aware"
    decision = around.case.latest(NotificationDecision)
    if decision is None:
        return
    yield from _before(record, decision.happened_on if not record.out_of_order else None, "the decision")
    met = notification_points_to(decision.criteria, around.framework).grounds
    for number, ground in enumerate(record.grounds):
        if met and ground not in met:
            yield ("grounds", number), "the decision's criteria do not meet this ground"


@_of_kind.register
def _rationale_shared(record: RationaleShared, around: Surroundings) -> Iterator[Found]:
    decision = around.case.latest(NotificationDecision)
    yield from _before(record, decision.happened_on if decision else None, "the decision")
    if record.shared == "not-possible":
        yield from _needs(record.why_not, "why_not", "say why it was not possible")


@_of_kind.register
def _agency_return(record: AgencyReturn, around: Surroundings) -> Iterator[Found]:
    asked = [request for request in requests(around.case) if request.agency == record.agency]
    waiting = [request for request in asked if request.answered_on is None]
    if not waiting and not record.out_of_order and not record.replaces:
        allowed = ", ".join(request.agency for request in outstanding_requests(around.case)) or "none"
        yield ("agency",), f"this agency has no open request. Open: {allowed}"
    yield from _before(record, waiting[0].asked_on if waiting else None, "the request")


@_of_kind.register
def _chaser(record: Chaser, around: Surroundings) -> Iterator[Found]:
    waiting = {request.agency: request.asked_on for request in outstanding_requests(around.case)}
    for number, agency in enumerate(record.agencies):
        if agency not in waiting and not record.out_of_order and not record.replaces:
            yield ("agencies", number), f"this agency has no open request. Open: {', '.join(waiting) or 'none'}"
        yield from _before(record, waiting.get(agency), "the request")


@_of_kind.register
def _rapid_review(record: RapidReview, around: Surroundings) -> Iterator[Found]:
    sent = around.case.latest(Notification)
    if not record.out_of_order:
        yield from _before(record, sent.happened_on if sent else None, "the notification")


@_of_kind.register
def _local_review_decision(record: LocalReviewDecision, around: Surroundings) -> Iterator[Found]:
    held = around.case.latest(RapidReview)
    if not record.out_of_order:
        yield from _before(record, held.happened_on if held else None, "the rapid review")
    given = {position.partner for position in record.positions}
    for partner in around.framework.choices("safeguarding-partners", record.happened_on):
        if partner.id not in given:
            yield ("positions",), f"the position of `{partner.id}` is missing: each safeguarding partner has one"
    pointing = local_review_points_to(record.criteria)
    if pointing not in ("not-clear", record.outcome):
        yield from _needs(
            record.against_criteria, "against_criteria", "this goes against what the criteria point to: say why"
        )


@_of_kind.register
def _submission(record: Submission, around: Surroundings) -> Iterator[Found]:
    held = around.case.latest(RapidReview)
    yield from _before(record, held.happened_on if held else None, "the rapid review")


@_of_kind.register
def _panel_reply(record: PanelReply, around: Surroundings) -> Iterator[Found]:
    sent = around.case.latest(Submission)
    yield from _before(record, sent.happened_on if sent else None, "the submission")


@_of_kind.register
def _informed(record: Informed, around: Surroundings) -> Iterator[Found]:
    if record.who == "partners" and record.told == "told":
        yield from _before(record, aware_on(around.case), "the local authority became aware")
    if record.told == "not-told":
        yield from _needs(record.why_not, "why_not", "say why they were not told")


@_of_kind.register
def _action_update(record: ActionUpdate, around: Surroundings) -> Iterator[Found]:
    state = _action_of(record, around.case)
    if state is not None:
        yield from _before(record, state.action.happened_on, "the action was agreed")
        late = record.out_of_order and state.ended_on is not None and record.happened_on <= state.ended_on
        if state.status == "assured" and not late and not record.replaces:
            yield ("action",), "this action is assured already"
    if record.status == "not-implemented":
        yield from _needs(record.reason, "reason", "say why it is not implemented")


@_of_kind.register
def _action_assurance(record: ActionAssurance, around: Surroundings) -> Iterator[Found]:
    state = _action_of(record, around.case)
    if state is None:
        return
    yield from _before(record, state.action.happened_on, "the action was agreed")
    if state.action.owner.casefold() == record.assured_by.casefold():
        yield ("assured_by",), "an action can't be assured by its owner"
    if state.status == "assured" and not record.replaces:
        yield ("action",), "this action is assured already"


def _action_of(record: ActionUpdate | ActionAssurance, case: Case) -> ActionState | None:
    """The action that a record is about, whether it names the action as first written or as corrected."""
    about = root_of(case, record.action)
    return next((state for state in actions(case) if root_of(case, state.action.id) == about), None)


@_of_kind.register
def _resolution(record: Resolution, around: Surroundings) -> Iterator[Found]:
    """Only what is in conflict can be settled: else a record could be set aside that nothing stands against."""
    pairs = [(one.first.id, one.second.id) for one in conflicts(around.case, around.framework, RULES)]
    if {record.stands, record.set_aside} in [set(pair) for pair in pairs]:
        return
    known = "; ".join(f"{first} and {second}" for first, second in pairs)
    allowed = f"In conflict: {known}" if known else "This case has no conflict"
    yield ("set_aside",), f"these two records are not in conflict with each other. {allowed}"


@_of_kind.register
def _review_published(record: ReviewPublished, around: Surroundings) -> Iterator[Found]:
    del around
    if record.published == "not-published":
        yield from _needs(record.reasons, "reasons", "give the reasons for not publishing")


@_of_kind.register
def _closure(record: Closure, around: Surroundings) -> Iterator[Found]:
    reason = next((one for one in around.framework.closure_reasons if one.id == record.reason), None)
    if reason and reason.needs_receipt:
        yield from _needs(record.receipt, "receipt", "give the receipt of the area that takes the case over")
    if open_actions(around.case):
        yield from _needs(record.open_actions, "open_actions", "actions are open: say who carries them")


@_of_kind.register
def _legal_hold(record: LegalHold, around: Surroundings) -> Iterator[Found]:
    if (record.hold == "placed") == is_on_hold(around.case):
        yield ("hold",), "the hold is already like this"
