"""What a decision must say that goes against its criteria, and any record that takes the place of an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sptool.framework.models import Framework
from sptool.records.header import Record
from sptool.records.notification import Notification, NotificationDecision
from sptool.records.review import LocalReviewDecision
from sptool.workflow.checking import Found, Surroundings
from sptool.workflow.criteria import Pointing, notification_points_to
from sptool.workflow.state import Decision, reconsider

AREA = "in-area-or-resident"
"""The criterion that makes a child ours: where it is met, it is for our local authority to notify."""


def against_the_criteria(record: NotificationDecision, around: Surroundings) -> list[Found]:
    """What a decision must say because it goes against its criteria. Children Act 2004 s16C(1)."""
    pointing = notification_points_to(record.criteria, around.framework)
    found = [*_without_a_reason(record, pointing, around.framework)]
    if record.outcome == "notified-not-proceeding":
        found += _not_proceeding(record, pointing, around)
    if record.outcome == "do-not-notify" and pointing.grounds:
        if not record.duty_not_followed:
            found.append(
                (
                    ("duty_not_followed",),
                    f"{_met(pointing)}, so the Panel must be notified "
                    "(Children Act 2004 s16C). State who authorised not notifying, and why",
                )
            )
    elif record.duty_not_followed:
        found.append((("duty_not_followed",), "leave this out: the decision follows the duty"))
    return found


def _met(pointing: Pointing) -> str:
    return f"ground {' and '.join(pointing.grounds)} is met"


def _without_a_reason(record: NotificationDecision, pointing: Pointing, framework: Framework) -> Iterator[Found]:
    if record.against_criteria:
        return
    if record.outcome == "notify" and pointing.outcome == "do-not-notify":
        yield ("against_criteria",), "no ground is met: say why it is notified"
    if record.outcome in ("do-not-notify", "notified-not-proceeding") and pointing.outcome == "not-clear":
        yield ("against_criteria",), "an answer that matters is not known: say why it is decided all the same"
    if record.outcome == "another-area-notifies" and _is_ours(record, framework):
        yield (
            ("against_criteria",),
            "a ground is met for a child of our area, so it is for us to notify: say why another area does",
        )


def _is_ours(record: NotificationDecision, framework: Framework) -> bool:
    """Whether a ground is met for a child who was harmed in our area, or lives in it."""
    return any(
        one.answers.get(AREA) == "met" and notification_points_to([one], framework).grounds for one in record.criteria
    )


def _not_proceeding(record: NotificationDecision, pointing: Pointing, around: Surroundings) -> Iterator[Found]:
    """Domain, stage 4: a notification later found not to meet the criteria, and the Panel told."""
    if not around.case.latest(Notification):
        yield ("outcome",), "no notification is recorded, so there is none that does not proceed"
    if not record.panel_told_on:
        yield ("panel_told_on",), "say when the Panel was told that it does not proceed"
    if pointing.grounds:
        yield (
            ("criteria",),
            f"{_met(pointing)} by these answers, and only a notification that meets none does not proceed. "
            "Answer the criteria as they are judged now",
        )


def wrongly_replacing(record: Record, around: Surroundings) -> Iterator[Found]:
    """What is wrong with how a record replaces another.

    Domain, stage 9: whoever has a decision taken afresh says who asked for it. And deciding differently is no
    correction: it is a decision taken afresh, with its own rationale.
    """
    if record.replaces is None:
        return
    if record.replaces.kind == "reconsideration" and not record.replaces.asked_by:
        yield ("replaces", "asked_by"), "say who asked for it, as a role"
    original = around.replaced
    if record.replaces.kind == "correction" and isinstance(record, Decision) and isinstance(original, Decision):
        yield from _decided_otherwise(record, original, around)


def _decided_otherwise(record: Decision, original: Decision, around: Surroundings) -> Iterator[Found]:
    whole = around.case.with_record(original)
    why = f"changing this is no correction but a decision taken afresh: {reconsider(whole, original)}"
    if record.outcome != original.outcome:
        yield ("outcome",), why
    if _answers(record) != _answers(original):
        yield ("criteria",), why


def _answers(decision: Decision) -> Mapping[str, object]:
    """The answers without their evidence, in which there may be a slip."""
    if isinstance(decision, LocalReviewDecision):
        return decision.criteria
    return {one.child: one.answers for one in decision.criteria}
