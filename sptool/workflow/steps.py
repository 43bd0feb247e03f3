"""Every step of the pathway, listed once: what is typed, what refuses it, and what naturally follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sptool.workflow import refusals
from sptool.workflow.refusals import Rule


@dataclass(frozen=True)
class Step:
    """One step.

    Args:
        kind: the kind of record that it adds.
        command: what is typed, with `{case}` for the reference.
        rule: what refuses it.
        follows: the kinds of step that naturally follow in the same phone call, offered if they are possible.
    """

    kind: str
    command: str
    rule: Rule
    follows: tuple[str, ...] = ()


_ALL = (
    Step("referral", "sptool new-referral", refusals.first_referral, ("notification-decision",)),
    Step("clarification-question", "sptool clarify ask {case}", refusals.while_open),
    Step(
        "clarification-reply", "sptool clarify reply {case}", refusals.clarification_reply, ("notification-decision",)
    ),
    Step("update", "sptool update {case}", refusals.while_open),
    Step(
        "notification-decision",
        "sptool decide {case}",
        refusals.notification_decision,
        ("notification", "rationale-shared"),
    ),
    Step("notification", "sptool notify {case}", refusals.notification, ("rationale-shared", "information-request")),
    Step("rationale-shared", "sptool share-rationale {case}", refusals.rationale_shared),
    Step("information-request", "sptool scope {case}", refusals.information_request),
    Step("agency-return", "sptool agency-return {case}", refusals.agency_return),
    Step("chaser", "sptool chase {case}", refusals.chaser),
    Step("rapid-review", "sptool rapid-review {case}", refusals.rapid_review, ("local-review-decision",)),
    Step("local-review-decision", "sptool decide {case}", refusals.local_review_decision, ("submission",)),
    Step("submission", "sptool submit {case}", refusals.submission, ("informed",)),
    Step("panel-reply", "sptool panel-reply {case}", refusals.panel_reply, ("informed",)),
    Step("informed", "sptool inform {case}", refusals.never),
    Step("review-commissioned", "sptool review commission {case}", refusals.review_step),
    Step("review-progress", "sptool review progress {case}", refusals.review_step),
    Step("review-published", "sptool review publish {case}", refusals.review_step),
    Step("nomination", "sptool nominate {case}", refusals.while_open, ("referral",)),
    Step("learning-outcome", "sptool outcome {case}", refusals.learning_outcome, ("action",)),
    Step("action", "sptool action add {case}", refusals.while_open),
    Step("action-update", "sptool action update {case}", refusals.action_step),
    Step("action-assurance", "sptool action assure {case}", refusals.action_assurance),
    Step("briefing", "sptool brief {case}", refusals.while_open),
    Step("note", "sptool note {case}", refusals.never),
    Step("attachment", "sptool attach {case}", refusals.never),
    Step("constraint", "sptool constrain {case}", refusals.while_open),
    Step("constraint-lifted", "sptool constrain {case} --lift", refusals.constraint_lifted),
    Step("link", "sptool link {case}", refusals.never),
    Step("lead-officer", "sptool lead {case}", refusals.never),
    Step("decision-confirmed", "sptool confirm {case}", refusals.never),
    Step("resolution", "sptool resolve {case}", refusals.never),
    Step("withdrawal", "sptool correct {case} --withdraw", refusals.never),
    Step("document-sent", "sptool sent {case}", refusals.never),
    Step("closure", "sptool close {case}", refusals.closure),
    Step("reopening", "sptool reopen {case}", refusals.reopening),
    Step("erasure", "sptool erase {case}", refusals.erasure),
    Step("legal-hold", "sptool hold {case}", refusals.never),
)

STEPS: Mapping[str, Step] = MappingProxyType({step.kind: step for step in _ALL})
RULES: Mapping[str, Rule] = MappingProxyType({step.kind: step.rule for step in _ALL})
