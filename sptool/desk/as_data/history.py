"""The history of a case, and a decision with what was known then and what became known later, for other programs."""

from __future__ import annotations

from sptool.desk.as_data.case import deadline_data, iso
from sptool.desk.proof.looking_back import LookedBack, days_later
from sptool.desk.proof.taken import DecisionTaken, Found
from sptool.records.notification import Deliberation
from sptool.records.plain import to_plain
from sptool.text.plain import Plain
from sptool.workflow.another_look import Look
from sptool.workflow.conflicts import PastConflict
from sptool.workflow.hindsight import Asked, KnownThen
from sptool.workflow.history import StepTaken, Timing
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


def decisions_data(found: Found) -> dict[str, Plain]:
    """The decisions of a case."""
    return {
        "case": found.case.ref,
        "decisions": [
            {
                "id": one.id,
                "title": step_title(one),
                "decided_on": iso(one.happened_on),
                "decided_by": decided_by(one) or None,
            }
            for one in found.decisions
        ],
    }


def decision_data(decision: DecisionTaken) -> dict[str, Plain]:
    """A decision, then and later."""
    later = decision.later
    return {
        "case": decision.case.ref,
        "decision": decision.then.decision.id,
        "known_then": known_then_data(decision.then),
        "became_known_later": {
            "needed_another_look": [look_data(look) for look in later.looks],
            "put_right": [dict[str, Plain](to_plain(one)) for one in later.put_right],
            "own_corrections": [dict[str, Plain](to_plain(one)) for one in later.own_corrections],
            "side_by_side": [dict[str, Plain](to_plain(one)) for one in later.side_by_side],
            "later": [dict[str, Plain](to_plain(one)) for one in later.others],
            "unreadable": list[Plain](later.unread),
        },
    }


def known_then_data(then: KnownThen) -> dict[str, Plain]:
    """What was known when a decision was taken: made from that alone."""
    return {
        "decision": dict[str, Plain](to_plain(then.decision)),
        "edition": {"edition": then.framework.edition, "sha256": then.framework.sha256},
        "criteria": [_asked(one) for one in then.criteria],
        "not_known": {
            "in_the_deciders_words": getattr(then.decision, "not_known", None),
            "unclear": [one.criterion.id for one in then.criteria if one.answer == "not-known"],
            "answered_unknown": list[Plain](then.facts_unknown),
            "not_answered": list[Plain](then.facts_unanswered),
            "questions_without_reply": [one.id for one in then.questions_open],
            "agencies_without_return": [one.agency for one in then.returns_outstanding],
        },
        "facts": dict[str, Plain](to_plain(then.case.facts)),
        "deadlines": [deadline_data(one, then.standing) for one in then.standing.deadlines],
        "records": [dict[str, Plain](to_plain(one)) for one in then.case.records],
        "dated_after_the_decision": [one.id for one in then.dated_after],
        "unreadable": list[Plain](then.unread),
    }


def _asked(one: Asked) -> dict[str, Plain]:
    return {
        "list": one.heading,
        "child": one.about or None,
        "criterion": one.criterion.id,
        "wording": one.criterion.wording,
        "clause": one.criterion.clause or None,
        "source": one.source,
        "answer": one.answer or None,
    }
