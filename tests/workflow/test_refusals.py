"""When a step can't be taken now, and what comes first. A table: the case, the kind of step, the refusal."""

from __future__ import annotations

import pytest

from sptool.framework.models import Framework
from sptool.records.header import Record
from sptool.records.kinds import CASE_KINDS
from sptool.workflow.steps import RULES
from tests.making import (
    GROUND_ONE,
    REF,
    action,
    answers,
    asked_agencies,
    assured,
    case_of,
    closed,
    constraint,
    decision,
    legal_hold,
    met,
    new_referral,
    nomination,
    note,
    notified,
    question,
    reconsideration,
    reopened,
    reply,
    returned,
    review_decision,
    shared,
    submitted,
    update,
    withdrawal,
)

Records = tuple[Record, ...]

REFERRED: Records = (new_referral(),)
DECIDED: Records = (*REFERRED, decision())
DECIDED_NOT: Records = (*REFERRED, decision(outcome="do-not-notify", then="nothing-further"))
WITH_THE_GROUP: Records = (*REFERRED, decision(outcome="do-not-notify", then="task-and-finish"))
NOTIFIED: Records = (*DECIDED, notified())
ASKED: Records = (*NOTIFIED, asked_agencies())
HELD: Records = (*NOTIFIED, met())
REVIEW_DECIDED: Records = (*HELD, review_decision())
SUBMITTED: Records = (*REVIEW_DECIDED, submitted())
LCSPR: Records = (*HELD, review_decision(outcome="lcspr"))
CLOSED: Records = (*REFERRED, closed())
WITH_ACTION: Records = (*REFERRED, action())
RETURNED_NOMINATION: Records = (nomination(criteria=[answers(*GROUND_ONE)]),)
QUESTION: Record = question()
ACTION: Record = action()

AGAIN = "sptool decide {case} --reconsider\nTo put a mistake right: sptool correct {case}"
REFER = "sptool new-referral --nomination {case}"
NOTIFIED_AFRESH: Records = (*NOTIFIED, reconsideration(DECIDED[-1]))
DECIDED_AFRESH: Records = (*SUBMITTED, reconsideration(REVIEW_DECIDED[-1], outcome="lcspr"))

# The case, the step, the beginning of the reason, the command that comes first, whether a true date doesn't help.
REFUSED: tuple[tuple[Records, str, str, str, bool], ...] = (
    (REFERRED, "referral", "This case already has a referral", "sptool update {case}", True),
    ((note(),), "referral", "Only a nomination that was returned", "sptool new-referral", True),
    ((nomination(),), "referral", "Only a nomination that was returned", "sptool new-referral", True),
    ((*DECIDED, closed()), "update", "This case is closed", "sptool reopen {case}", False),
    (REFERRED, "clarification-reply", "No question", "sptool clarify ask {case}", True),
    ((*REFERRED, QUESTION, reply(QUESTION)), "clarification-reply", "No question", "sptool clarify ask {case}", True),
    (DECIDED, "notification-decision", "This case already has", "sptool decide {case} --reconsider", True),
    (CLOSED, "notification-decision", "This case is closed", "sptool reopen {case}", False),
    (REFERRED, "notification", "It is not yet decided", "sptool decide {case}", False),
    (DECIDED_NOT, "notification", "The decision is not to notify", "sptool decide {case} --reconsider", False),
    (NOTIFIED, "notification", "The notification has already been recorded", AGAIN, False),
    ((*DECIDED, closed()), "notification", "This case is closed", "sptool reopen {case}", False),
    (REFERRED, "rationale-shared", "There is no decision", "sptool decide {case}", False),
    ((*DECIDED, shared()), "rationale-shared", "The rationale has already been shared", "sptool correct {case}", True),
    (REFERRED, "information-request", "It is not yet decided", "sptool decide {case}", False),
    (DECIDED_NOT, "information-request", "No review of this case", "sptool decide {case} --reconsider", False),
    (NOTIFIED, "agency-return", "No agency has an open request", "sptool scope {case}", False),
    ((*ASKED, returned()), "agency-return", "No agency has an open request", "sptool scope {case}", False),
    ((*ASKED, returned()), "chaser", "No agency has an open request", "sptool scope {case}", False),
    (DECIDED, "rapid-review", "No notification is recorded yet", "sptool notify {case}", False),
    (HELD, "rapid-review", "The rapid review has already been recorded", AGAIN, False),
    (NOTIFIED, "local-review-decision", "The rapid review is not yet", "sptool rapid-review {case}", False),
    (REVIEW_DECIDED, "local-review-decision", "This case already has", "sptool decide {case} --reconsider", True),
    (NOTIFIED, "submission", "The rapid review is not yet", "sptool rapid-review {case}", False),
    (HELD, "submission", "The local review decision is not yet", "sptool decide {case}", False),
    (SUBMITTED, "submission", "The submission has already been recorded", AGAIN, False),
    (REVIEW_DECIDED, "panel-reply", "Nothing has been sent to the Panel yet", "sptool submit {case}", False),
    (HELD, "review-commissioned", "No local review (LCSPR) has been decided on", "sptool decide {case}", False),
    (REVIEW_DECIDED, "review-published", "No local review (LCSPR) has been decided on", "sptool decide {case}", False),
    (DECIDED_NOT, "learning-outcome", "This case has not been sent", "sptool nominate {case}", False),
    (RETURNED_NOMINATION, "learning-outcome", "The nomination meets", REFER, False),
    (RETURNED_NOMINATION, "notification-decision", "The nomination meets", REFER, False),
    (REFERRED, "action-update", "This case has no actions", "sptool action add {case}", True),
    (REFERRED, "action-assurance", "This case has no actions", "sptool action add {case}", True),
    ((ACTION, assured(ACTION)), "action-assurance", "Every action", "sptool action list {case}", True),
    (REFERRED, "constraint-lifted", "This case has no constraint", "sptool constrain {case}", True),
    (CLOSED, "closure", "This case is already closed", "sptool show {case}", True),
    (REFERRED, "reopening", "This case is not closed", "sptool show {case}", True),
    ((*CLOSED, reopened()), "reopening", "This case is not closed", "sptool show {case}", True),
    ((*REFERRED, legal_hold()), "erasure", "This case is under a legal hold", "sptool hold {case} --lift", True),
)

ALLOWED: tuple[tuple[Records, str], ...] = (
    ((), "referral"),
    (RETURNED_NOMINATION, "referral"),
    (REFERRED, "notification-decision"),
    ((*DECIDED, withdrawal(DECIDED[-1])), "notification-decision"),
    (DECIDED, "notification"),
    ((*NOTIFIED, withdrawal(NOTIFIED[-1])), "notification"),
    (NOTIFIED_AFRESH, "notification"),
    ((*RETURNED_NOMINATION, new_referral()), "notification-decision"),
    (DECIDED_AFRESH, "submission"),
    (DECIDED, "rationale-shared"),
    ((*DECIDED, shared(how="not-possible", why_not="No number was left.")), "rationale-shared"),
    ((*DECIDED, shared(), reconsideration(DECIDED[-1], outcome="do-not-notify")), "rationale-shared"),
    (DECIDED, "information-request"),
    (WITH_THE_GROUP, "information-request"),
    (ASKED, "agency-return"),
    ((*ASKED, closed()), "agency-return"),
    (ASKED, "chaser"),
    (NOTIFIED, "rapid-review"),
    (HELD, "local-review-decision"),
    (REVIEW_DECIDED, "submission"),
    (SUBMITTED, "panel-reply"),
    (LCSPR, "review-commissioned"),
    (WITH_THE_GROUP, "learning-outcome"),
    ((nomination(),), "learning-outcome"),
    (WITH_ACTION, "action-update"),
    (WITH_ACTION, "action-assurance"),
    ((*REFERRED, QUESTION), "clarification-reply"),
    ((*REFERRED, constraint()), "constraint-lifted"),
    (REFERRED, "closure"),
    ((*CLOSED, reopened()), "closure"),
    (CLOSED, "reopening"),
    (REFERRED, "erasure"),
    ((*REFERRED, legal_hold(), legal_hold("2026-06-01", "lifted")), "erasure"),
    (CLOSED, "note"),
    (CLOSED, "attachment"),
    ((*CLOSED, reopened()), "update"),
)


def _name(row: tuple[Records, str, str, str, bool]) -> str:
    return f"{row[1]} after {row[0][-1].kind}"


@pytest.mark.parametrize("row", REFUSED, ids=_name)
def test_a_step_that_is_not_possible_yet_is_refused(
    row: tuple[Records, str, str, str, bool], framework: Framework
) -> None:
    records, kind, reason, first, final = row
    case = case_of(*records)
    before = case.records
    refusal = RULES[kind](case, framework)
    assert refusal is not None
    assert refusal.reason.startswith(reason)
    assert (refusal.first, refusal.final) == (first.replace("{case}", REF), final)
    assert case.records == before


@pytest.mark.parametrize("row", ALLOWED, ids=lambda row: f"{row[1]} after {row[0][-1].kind if row[0] else 'nothing'}")
def test_a_step_that_is_possible_is_not_refused(row: tuple[Records, str], framework: Framework) -> None:
    records, kind = row
    assert RULES[kind](case_of(*records), framework) is None


def test_every_kind_of_record_has_a_rule() -> None:
    assert RULES.keys() == CASE_KINDS.keys()


@pytest.mark.parametrize("kind", sorted(RULES))
def test_no_rule_fails_on_an_empty_case(kind: str, framework: Framework) -> None:
    refusal = RULES[kind](case_of(), framework)
    assert refusal is None or refusal.reason.endswith(".")


def test_a_closed_case_takes_no_step_but_these(framework: Framework) -> None:
    """So that a new kind that can be recorded at any time is one on purpose."""
    assert {kind for kind, refused in RULES.items() if refused(case_of(*CLOSED), framework) is None} == {
        *("note", "attachment", "link", "lead-officer", "informed", "document-sent"),
        *("decision-confirmed", "resolution", "withdrawal", "reopening", "erasure", "legal-hold"),
    }


def test_a_late_update_of_a_closed_case_is_a_step_to_be_taken_and_not_a_contradiction(framework: Framework) -> None:
    refusal = RULES["update"](case_of(*CLOSED, update()), framework)
    assert refusal is not None
    assert not refusal.final
