"""Judges a record as it is when it is recorded: one set of questions for whoever records and for whoever verifies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sptool.framework.models import Framework
from sptool.records.anytime import DecisionConfirmed, Withdrawal
from sptool.records.case import Case
from sptool.records.closing import Closure
from sptool.records.header import Record
from sptool.text.english import british
from sptool.workflow.another_look import suspects
from sptool.workflow.checking import Found, Surroundings, misfits
from sptool.workflow.consistency import contradictions
from sptool.workflow.deadlines import CalendarFor, deadlines
from sptool.workflow.events import ACTION_ENDED
from sptool.workflow.refusals import Refusal
from sptool.workflow.steps import STEPS
from sptool.workflow.steps.row import PutRight


def wrong_with(
    record: Record, around: Surroundings, calendar_for: CalendarFor, also: Sequence[Found] = ()
) -> list[Found]:
    """Everything for which a record's answers are refused, given the case before it.

    Args:
        around: what it is checked against; its case still holds what the record takes the place of.
        also: what else is known not to fit.
    """
    around = _as_found(record, around)
    misfitting = [*misfits(record, around), *also]
    return misfitting or contradictions(record, around) or list(_unexplained(record, around, calendar_for))


def _as_found(record: Record, around: Surroundings) -> Surroundings:
    """The case as a correction finds it: without what it corrects."""
    if record.replaces is None:
        return around
    replaced, case = record.replaces.record, around.case
    without = Case(case.ref, tuple(known for known in case.records if known.id != replaced), case.unread)
    return replace(around, case=without, replaced=case.by_id.get(replaced))


def _unexplained(record: Record, around: Surroundings, calendar_for: CalendarFor) -> Iterator[Found]:
    """What a record must say about duties and guidance, and does not."""
    if isinstance(record, Closure):
        return _open_duties(record, around, calendar_for)
    return _late_without_reason(record, around, calendar_for)


def _late_without_reason(record: Record, around: Surroundings, calendar_for: CalendarFor) -> Iterator[Found]:
    """Whoever is late with a duty or with guidance says why."""
    if "late_reason" not in type(record).model_fields or getattr(record, "late_reason", None):
        return
    for one in deadlines(around.case.with_record(record), around.framework, calendar_for):
        if one.met_by == record.id and one.state == "met-late" and one.rule.can_be_late and one.due_on:
            yield ("late_reason",), f"it was due on {british(one.due_on)}: say why it is late"


def _open_duties(record: Closure, around: Surroundings, calendar_for: CalendarFor) -> Iterator[Found]:
    """A case is not closed over an open duty without a word. A local reminder is none."""
    if record.open_duties:
        return
    found = [
        deadline.title
        for deadline in deadlines(around.case, around.framework, calendar_for)
        if deadline.is_open
        and deadline.rule.can_be_late
        and deadline.rule.met_by != ACTION_ENDED  # open actions are asked about by a question of their own
    ]
    if found:
        yield ("open_duties",), f"still open: {'; '.join(found)}. Say why the case is closed all the same"


def refusal_of(record: Record, case: Case, framework: Framework) -> Refusal | None:
    """Why the rules did not allow a step that was recorded, given what its writer knew; None if they did.

    Args:
        case: the case before it.
    """
    if record.replaces or record.kind not in STEPS:
        return None
    refusal = STEPS[record.kind].refused_by(case, framework)
    if refusal is None or (record.out_of_order and not refusal.final):
        return _nothing_to_confirm(record, case)
    return refusal


def _nothing_to_confirm(record: Record, case: Case) -> Refusal | None:
    if isinstance(record, DecisionConfirmed) and not suspects(case):
        return Refusal("No decision of this case needs another look.", f"sptool decide {case.ref} --reconsider")
    return None


def wrongly_replaces(record: Record, case: Case) -> str:
    """Why a record can't take the place of the earlier one that it names; empty if it can.

    Args:
        case: the case before it.
    """
    if record.replaces is None:
        return ""
    original = case.by_id.get(record.replaces.record)
    if original is None:
        return "the earlier record that it replaces was not known to its writer"
    if original.id in case.replacements:
        return "the earlier record had been replaced already"
    return _wrong_kind(record, original, record.replaces.kind)


def _wrong_kind(record: Record, original: Record, how: PutRight) -> str:
    whose = Withdrawal.kind if how == "withdrawal" else original.kind
    fits = record.kind == whose and original.kind in STEPS and how in STEPS[original.kind].put_right_by
    return "" if fits else f"a record of its kind can't replace the earlier one by {how}"
