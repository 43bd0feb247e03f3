"""A case as other programs read it."""

from __future__ import annotations

from datetime import date

from sptool.desk.in_words import marks_of
from sptool.desk.standings import Standing
from sptool.records.case import Case
from sptool.records.notification import Deliberation, NotificationDecision
from sptool.records.plain import to_plain
from sptool.records.referral import Referral
from sptool.records.review import LocalReviewDecision
from sptool.text.plain import Plain
from sptool.workflow.another_look import new_since, suspects
from sptool.workflow.criteria import notification_points_to
from sptool.workflow.deadlines import Deadline, previous_clocks
from sptool.workflow.state import actions, constraints, duty_not_followed, requests, safety_is_confirmed
from sptool.workflow.subjects import step_title
from sptool.workflow.waiting import waiting_for


def iso(day: date | None) -> str | None:
    """A date as other programs read it."""
    return day.isoformat() if day else None


def case_data(standing: Standing) -> dict[str, Plain]:
    """Everything that the screen of a case says, for other programs."""
    case = standing.case
    return {
        "case": case.ref,
        "as_of": None,
        "stage": standing.stage,
        "closed": standing.is_closed,
        "waits_for": _waits_for(standing),
        "look_first": [{"kind": one.kind, "what": one.what, "command": one.command} for one in standing.loud],
        "safety_confirmed": safety_is_confirmed(case) if case.latest(Referral) else None,
        "duty_not_followed": duty_not_followed(case),
        "lead_officer": standing.lead or None,
        "edition": standing.framework.edition,
        "earlier_clocks": [{"on": iso(day), "record": record} for day, record in previous_clocks(case)],
        "facts": dict[str, Plain](to_plain(case.facts)),
        "decisions": [_decision(one, standing) for one in case.records if isinstance(one, Deliberation)],
        "deadlines": [deadline_data(deadline, standing) for deadline in standing.deadlines],
        "requests": _requests(case),
        "actions": _actions(case),
        "constraints": [to_plain(constraint) for constraint in constraints(case)],
        "links": [{"case": other, "relation": relation} for other, relation in standing.linked],
        "unreadable": [{"id": item.id, "path": item.path, "why": item.why} for item in case.unread],
        "records": [record_row(record.id, standing) for record in case.records],
    }


def _waits_for(standing: Standing) -> list[Plain]:
    found = waiting_for(standing.case, standing.framework) if standing.case.records else ()
    return [{"what": waiting.what, "command": waiting.command} for waiting in found]


def deadline_data(deadline: Deadline, standing: Standing) -> dict[str, Plain]:
    """A deadline with how it stands."""
    return {
        "deadline": deadline.id,
        "key": deadline.key,
        "title": deadline.title,
        "state": deadline.state,
        "started_on": iso(deadline.started_on),
        "aim": iso(deadline.aim_on),
        "due": iso(deadline.due_on),
        "met_on": iso(deadline.met_on),
        "met_by": deadline.met_by or None,
        "stopped_why": deadline.stopped_why or None,
        "working_days_late": standing.working_days_late(deadline),
        "provisional": deadline.provisional,
        "owner": deadline.owner,
        "force": deadline.force,
        "source": deadline.source,
        "command": standing.command(deadline) if deadline.is_open else None,
    }


def _decision(decision: Deliberation, standing: Standing) -> dict[str, Plain]:
    case = standing.case
    data: dict[str, Plain] = {
        "stands": decision.id in {record.id for record in case.standing},
        "marks": list[Plain](marks_of(decision, standing)),
        "record": dict[str, Plain](to_plain(decision)),
    }
    if isinstance(decision, NotificationDecision):
        data["criteria_point_to"] = notification_points_to(decision.criteria, standing.framework).outcome
    if data["stands"] and isinstance(decision, NotificationDecision | LocalReviewDecision):
        data["new_since"] = [record.id for record in new_since(case, decision)]
        because = [suspect.because for suspect in suspects(case) if suspect.decision.id == decision.id]
        data["needs_another_look"] = [record for records in because for record in records]
    return data


def _requests(case: Case) -> list[Plain]:
    return [
        {
            "agency": request.agency,
            "asked_on": iso(request.asked_on),
            "return_by": iso(request.return_by),
            "answered_on": iso(request.answered_on),
            "record": request.record,
            "answered_by": request.answered_by or None,
        }
        for request in requests(case)
    ]


def _actions(case: Case) -> list[Plain]:
    return [
        {
            "action": state.action.id,
            "status": state.status,
            "due": iso(state.due_on),
            "owner": state.action.owner,
            "agency": state.action.agency,
            "ended_on": iso(state.ended_on),
        }
        for state in actions(case)
    ]


def record_row(record_id: str, standing: Standing) -> dict[str, Plain]:
    """A record with what is said beside it."""
    record = standing.case.by_id[record_id]
    return {
        "id": record.id,
        "title": step_title(record),
        "happened_on": iso(record.happened_on),
        "stands": record.id in {standing_one.id for standing_one in standing.case.standing},
        "marks": list[Plain](marks_of(record, standing)),
        "record": dict[str, Plain](to_plain(record)),
    }
