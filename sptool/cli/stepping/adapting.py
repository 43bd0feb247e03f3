"""Fits a step to its case: what can be filled in or suggested because the case says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sptool.cli.recording.flow import Wanted, can_ask
from sptool.cli.recording.keeping import attachment
from sptool.cli.session import Session
from sptool.cli.stepping.correcting import correction
from sptool.errors import StepRefused, UsageError
from sptool.records.anytime import Constraint
from sptool.records.case import Case
from sptool.records.learning import Nomination
from sptool.records.notification import NotificationDecision
from sptool.records.plain import to_plain
from sptool.records.rapid_review import LocalReviewDecision
from sptool.store.particulars import refuse_if_kept
from sptool.text.plain import Plain
from sptool.workflow.another_look import suspects
from sptool.workflow.conflicts import conflicts
from sptool.workflow.criteria import notification_points_to
from sptool.workflow.state import (
    agencies_to_ask,
    is_on_hold,
    open_actions,
    open_questions,
    outstanding_requests,
    things_to_tell_leadership,
)
from sptool.workflow.steps import RULES
from sptool.workflow.waiting import decision_awaited

Typed = Mapping[str, Any]
CARRIED_OVER = ("criteria", "circumstances", "national_criteria", "positions", "participants", "decided_by")


def _referral(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """A nomination that meets a ground becomes a referral of the same case, on the day it was received."""
    if not typed.get("nomination"):
        # One thing less to type in a call: whoever rings is heard today, unless another day is named.
        return replace(wanted, defaults={"happened_on": session.clock.today.isoformat()})
    reference = session.reference(str(typed["nomination"]))
    nomination = session.case(reference).latest(Nomination)
    if nomination is None:
        raise UsageError("This case holds no nomination.", f"sptool show {reference}")
    flags = {"happened_on": nomination.happened_on.isoformat(), "from_nomination": nomination.id, **wanted.flags}
    suggest: dict[str, Plain] = {"summary": nomination.summary, "caller": nomination.agency}
    return replace(wanted, reference=reference, flags=flags, suggest=suggest)


def _decision(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """Whichever decision the case waits for, or the newest one decided afresh."""
    case = session.case(wanted.reference)
    if not typed.get("reconsider"):
        if typed.get("of"):
            raise UsageError("--of goes with --reconsider.", f"sptool decide {case.ref} --reconsider --of WHICH")
        kind = decision_awaited(case)
        return replace(wanted, kind=kind, flags=_flags_of(kind, wanted.flags))
    earlier = _earlier(case, str(typed.get("of") or ""))
    kind = earlier.kind
    before = to_plain(earlier)
    return replace(
        wanted,
        kind=kind,
        flags=_flags_of(kind, wanted.flags),
        replaces={"record": earlier.id, "as": "reconsideration"},
        suggest={name: before[name] for name in CARRIED_OVER if name in before},
    )


def _earlier(case: Case, which: str) -> NotificationDecision | LocalReviewDecision:
    """The decision that is taken afresh: the one named, else the newest."""
    decisions: dict[str, NotificationDecision | LocalReviewDecision | None] = {
        "local-review": case.latest(LocalReviewDecision),
        "notification": case.latest(NotificationDecision),
    }
    if which and which not in decisions:
        raise UsageError("There is no such decision.", f"--of takes: {', '.join(decisions)}.")
    found = decisions[which] if which else decisions["local-review"] or decisions["notification"]
    if found is None:
        raise StepRefused("There is no decision to reconsider yet.", f"First: sptool decide {case.ref}")
    return found


def _flags_of(kind: str, flags: dict[str, Plain]) -> dict[str, Plain]:
    """For the local review, `--criterion CRITERION=ANSWER` has no child."""
    if kind != "local-review-decision" or not isinstance(flags.get("criteria"), list):
        return flags
    found: dict[str, Plain] = {}
    for entry in flags["criteria"] if isinstance(flags["criteria"], list) else []:
        if isinstance(entry, dict) and isinstance(entry["answers"], dict):
            found |= entry["answers"]
    return {**flags, "criteria": found}


def _grounds(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """The grounds that the decision's criteria meet."""
    del typed
    case = session.case(wanted.reference)
    decision = case.latest(NotificationDecision)
    if decision is None:
        return wanted
    met = notification_points_to(decision.criteria, session.edition(case)).grounds
    return replace(wanted, suggest={"grounds": list(met)})


def _agencies(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """The agencies of every rapid review, and those known to be involved."""
    del typed
    case = session.case(wanted.reference)
    found = agencies_to_ask(case, session.edition(case), session.clock.today)
    return replace(wanted, suggest={"requests": [{"agency": agency} for agency in found]})


def _outstanding(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """Every agency whose request is open, where all are chased."""
    waiting: list[Plain] = list(
        dict.fromkeys(request.agency for request in outstanding_requests(session.case(wanted.reference)))
    )
    if typed.get("all_outstanding"):
        flags = {"happened_on": session.clock.today.isoformat(), "agencies": waiting, **wanted.flags}
        return replace(wanted, flags=flags)
    return replace(wanted, suggest={"agencies": waiting})


def _files(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """Files go to the case's particulars, whatever the step."""
    del session
    files = tuple(attachment(file) for file in typed.get("files") or ())
    if wanted.kind == "attachment" and not files:
        raise UsageError("Say which file to keep.", f"sptool attach {wanted.reference} --file FILE")
    return replace(wanted, files=files)


def _returned(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """An agency's own form, or an answer in another file."""
    from sptool.cli.stepping.returning import answered_by_form

    return answered_by_form(session, wanted, typed)


def _lift(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """A constraint that no longer holds."""
    if not typed.get("lift"):
        return wanted
    standing = session.case(wanted.reference).all(Constraint)
    return _filled(replace(wanted, kind="constraint-lifted"), "constraint", [one.id for one in standing])


def _hold(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """A legal hold is placed once, and lifted once."""
    held = is_on_hold(session.case(wanted.reference))
    if typed.get("lift") and not held:
        raise StepRefused("There is no legal hold on this case.", f"To place one: sptool hold {wanted.reference}")
    if held and not typed.get("lift"):
        raise StepRefused("This case is under a legal hold.", f"To lift it: sptool hold {wanted.reference} --lift")
    return replace(wanted, flags={"hold": "lifted" if typed.get("lift") else "placed", **wanted.flags})


def _only_one(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """What a reply or an update is about, if only one thing is open."""
    del typed
    case = session.case(wanted.reference)
    if wanted.kind == "clarification-reply":
        return _filled(wanted, "answers", [question.id for question in open_questions(case)])
    return _filled(wanted, "action", [state.action.id for state in open_actions(case)])


def _filled(wanted: Wanted, field: str, candidates: Sequence[str]) -> Wanted:
    if wanted.flags.get(field) or len(candidates) != 1:
        return wanted
    return replace(wanted, defaults={field: candidates[0]})


def _inform(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """The leadership group is told of something: a decision, a rapid review, the Panel's reply."""
    del typed
    case = session.case(wanted.reference)
    if wanted.source or things_to_tell_leadership(case) or case.latest(NotificationDecision):
        return wanted
    if "who" not in wanted.flags and not wanted.resume and can_ask(session):
        from sptool.cli.recording.interview import choice_of

        wanted = replace(wanted, flags={**wanted.flags, "who": choice_of(wanted.kind, "who")})
    if wanted.flags.get("who") != "leadership" or wanted.flags.get("told") == "not-told":
        return wanted
    raise StepRefused(
        "There is nothing yet that the leadership group could be told of in this case.",
        f"See what comes first: sptool next {case.ref}\n"
        "If it has already happened, record it with its true date and a reason: the field `out_of_order` in --from.",
    )


def _link(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    del typed
    other = wanted.flags.get("to")
    return replace(wanted, flags={**wanted.flags, "to": session.reference(str(other))}) if other else wanted


def _suspect(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """There must be a decision that needs another look."""
    del typed
    found = suspects(session.case(wanted.reference))
    if not found:
        raise StepRefused(
            "No decision of this case needs another look.",
            f"To decide afresh: sptool decide {wanted.reference} --reconsider",
        )
    return _filled(wanted, "decision", [suspect.decision.id for suspect in found])


def _conflict(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """There must be a conflict to settle."""
    del typed
    case: Case = session.case(wanted.reference)
    if not conflicts(case, session.edition(case), RULES):
        raise StepRefused("No records of this case are in conflict.", f"sptool show {case.ref}")
    return wanted


def _erasing(session: Session, wanted: Wanted, typed: Typed) -> Wanted:
    """Nothing is recorded as erased that something else in the folder would keep."""
    del typed
    refuse_if_kept(session.folder, wanted.reference)
    return wanted


ADAPT: Mapping[str, Callable[[Session, Wanted, Typed], Wanted]] = {
    "referral": _referral,
    "decision": _decision,
    "grounds": _grounds,
    "agencies": _agencies,
    "outstanding": _outstanding,
    "files": _files,
    "returned": _returned,
    "lift": _lift,
    "hold": _hold,
    "only_one": _only_one,
    "inform": _inform,
    "link": _link,
    "suspect": _suspect,
    "conflict": _conflict,
    "correction": correction,
    "erasing": _erasing,
}
