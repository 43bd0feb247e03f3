"""The history of a case for other programs."""

from __future__ import annotations

from sptool.desk.as_data.case import iso
from sptool.desk.proof.looking_back import LookedBack, days_later
from sptool.records.notification import Deliberation
from sptool.records.plain import to_plain
from sptool.text.plain import Plain
from sptool.workflow.another_look import Look
from sptool.workflow.history import StepTaken, Timing
from sptool.workflow.settled import PastConflict
from sptool.workflow.subjects import step_title
from sptool.workflow.telling import decided_by


def history_data(told: LookedBack) -> dict[str, Plain]:
    """Everything that the screen of a history says."""
    history = told.history
    return {
        "case": told.standing.case.ref,
        "edition": told.standing.framework.edition,
        "since": iso(told.since),
        "steps": [_step(step, told) for step in told.steps],
        "missed": [timing_data(timing) for timing in history.missed],
        "looks": [look_data(look) for look in history.looks],
        "conflicts": [_conflict(conflict) for conflict in history.conflicts],
        "unreadable": [{"id": item.id, "path": item.path, "why": item.why} for item in told.standing.case.unread],
    }


def _step(step: StepTaken, told: LookedBack) -> dict[str, Plain]:
    record = step.record
    return {
        "step": step.number,
        "record": record.id,
        "commit": told.commit(record) or None,
        "kind": record.kind,
        "what": step_title(record),
        "recorded_at": f"{record.recorded_at:%Y-%m-%dT%H:%M:%SZ}",
        "recorded_by": record.recorded_by,
        "happened_on": iso(record.happened_on),
        "days_later": days_later(record),
        "out_of_order": record.out_of_order,
        "decision": _decision(step),
        "deadlines": [timing_data(timing) for timing in step.timings],
        "replaces": dict[str, Plain](to_plain(record.replaces)) if record.replaces else None,
        "replaced_by": step.replaced_by.id if step.replaced_by else None,
        "changed": [{"field": one.field, "was": one.was, "now": one.now} for one in step.changed],
        "new_since": [decision.id for decision in step.new_since],
        "needs_another_look": [look_data(look) for look in step.shakes],
        "ends_looks": [look_data(look) for look in step.ends],
        "conflicts_with": [_conflict(conflict) for conflict in step.conflicts],
    }


def _decision(step: StepTaken) -> Plain:
    record = step.record
    if not decided_by(record):
        return None
    positions = record.positions if isinstance(record, Deliberation) else ()
    return {
        "decided_by": decided_by(record),
        "decided_on": iso(record.happened_on),
        "positions": [dict[str, Plain](to_plain(one)) for one in positions],
        "dissent": record.dissent if isinstance(record, Deliberation) else None,
    }


def timing_data(timing: Timing) -> dict[str, Plain]:
    """How timely a step was; a negative number of working days counts those left until the last day."""
    due = timing.deadline
    return {
        "deadline": due.id,
        "title": due.title,
        "started_on": iso(due.started_on),
        "last_day": iso(due.due_on),
        "met_on": iso(due.met_on),
        "late": timing.is_late,
        "working_days_late": timing.working_days,
        "source": due.source,
    }


def look_data(look: Look) -> dict[str, Plain]:
    """A decision that needed another look."""
    ended_by = look.ended_by.id if look.ended_by else None
    return {"decision": look.decision.id, "because": look.because.id, "ended_by": ended_by}


def _conflict(conflict: PastConflict) -> dict[str, Plain]:
    settled = conflict.settled_by
    return {
        "records": [conflict.first.id, conflict.second.id],
        "why": conflict.why,
        "settled_by": settled.id if settled else None,
        "stands": settled.stands if settled else None,
        "set_aside": settled.set_aside if settled else None,
    }
