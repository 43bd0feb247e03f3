"""What a record must say, and must not change, when it takes the place of an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sptool.records.header import Record
from sptool.records.rapid_review import LocalReviewDecision
from sptool.workflow.checking import Found, Surroundings
from sptool.workflow.state import Decision, reconsider


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
