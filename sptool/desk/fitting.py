"""Fits a step to its case: what can be filled in or suggested because the case says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sptool.desk.private_files import attachment
from sptool.desk.questioning import choice_of
from sptool.desk.session import Session
from sptool.desk.wanted import Given, Typed, Wanted
from sptool.errors import StepRefused, UsageError
from sptool.records.anytime import Constraint, ConstraintLifted
from sptool.records.case import Case, is_on_hold
from sptool.records.learning import Nomination
from sptool.records.notification import NotificationDecision
from sptool.records.plain import to_plain
from sptool.records.review import LocalReviewDecision
from sptool.text.plain import Plain
from sptool.workflow.another_look import suspects
from sptool.workflow.conflicts import conflicts
from sptool.workflow.criteria import notification_points_to
from sptool.workflow.state import agencies_to_ask as asked_in_every_review
from sptool.workflow.state import open_actions, open_questions, outstanding_requests, things_to_tell_leadership
from sptool.workflow.steps import RULES
from sptool.workflow.waiting import decision_awaited

Fit = Callable[[Session, Wanted, Given], Wanted]
"""Fits a step to its case."""
CARRIED_OVER = ("criteria", "circumstances", "national_criteria", "positions", "participants", "decided_by")


def referral(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """A nomination that meets a ground becomes a referral of the same case, on the day it was received."""
    if not given.get("nomination"):
        # One thing less to type in a call: whoever rings is heard today, unless another day is named.
        return replace(wanted, defaults={"happened_on": session.clock.today.isoformat()})
    reference = session.reference(str(given["nomination"]))
    nomination = session.case(reference).latest(Nomination)
    if nomination is None:
        raise UsageError("This case holds no nomination.", f"sptool show {reference}")
    flags = (*wanted.flags, Typed("--nomination", {"from_nomination": nomination.id}, reference))
    defaults: dict[str, Plain] = {"happened_on": nomination.happened_on.isoformat()}
    suggest: dict[str, Plain] = {"summary": nomination.summary, "caller": nomination.agency}
    return replace(wanted, reference=reference, flags=flags, defaults=defaults, suggest=suggest)


def decision(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """Whichever decision the case waits for, or the newest one decided afresh."""
    case = session.case(wanted.reference)
    if not given.get("reconsider"):
        if given.get("of"):
            raise UsageError("--of goes with --reconsider.", f"sptool decide {case.ref} --reconsider --of WHICH")
        kind = decision_awaited(case).kind
        return replace(wanted, kind=kind, flags=_flags_of(kind, wanted.flags))
    earlier = _earlier(case, str(given.get("of") or ""))
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


def _flags_of(kind: str, flags: Sequence[Typed]) -> Sequence[Typed]:
    """For the local review, `--criterion CRITERION=ANSWER` has no child."""
    return [_without_child(one) for one in flags] if kind == LocalReviewDecision.kind else flags


def _without_child(typed: Typed) -> Typed:
    match typed.data:
        case {"criteria": [{"answers": answers}]}:
            return replace(typed, data={"criteria": answers})
    return typed


def grounds(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """The grounds that the decision's criteria meet."""
    del given
    case = session.case(wanted.reference)
    decision = case.latest(NotificationDecision)
    if decision is None:
        return wanted
    met = notification_points_to(decision.criteria, session.edition(case)).grounds
    return replace(wanted, suggest={"grounds": list(met)})


def agencies_to_ask(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """The agencies of every rapid review, and those known to be involved."""
    del given
    case = session.case(wanted.reference)
    found = asked_in_every_review(case, session.edition(case), session.clock.today)
    return replace(wanted, suggest={"requests": [{"agency": agency} for agency in found]})


def agencies_to_chase(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """Every agency whose request is open, where all are chased."""
    waiting: list[Plain] = list(
        dict.fromkeys(request.agency for request in outstanding_requests(session.case(wanted.reference)))
    )
    if given.get("all_outstanding"):
        flags = (*wanted.flags, Typed("--all-outstanding", {"agencies": waiting}))
        return replace(wanted, flags=flags, defaults={"happened_on": session.clock.today.isoformat()})
    return replace(wanted, suggest={"agencies": waiting})


def cases_to_chase(session: Session, given: Given) -> list[str]:
    """The cases in which every agency is chased when none is named.

    Raises:
        UsageError: nobody asked for that, or no agency has an open request.
    """
    if not given.get("all_outstanding"):
        raise UsageError("Say which case.", "sptool chase REF")
    waiting = [case.ref for case in session.book.cases() if outstanding_requests(case)]
    if not waiting:
        raise UsageError("No agency has an open request in any case.", "To see what is due: sptool overdue")
    return waiting


def files(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """Files go to the case's particulars, whatever the step."""
    del session
    return replace(wanted, files=tuple(attachment(file) for file in given.get("files") or ()))


def files_to_attach(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """There must be a file to keep."""
    if not given.get("files"):
        raise UsageError("Say which file to keep.", f"sptool attach {wanted.reference} --file FILE")
    return files(session, wanted, given)


def constraint(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """A constraint that no longer holds."""
    if not given.get("lift"):
        return wanted
    standing = session.case(wanted.reference).all(Constraint)
    return _filled(replace(wanted, kind=ConstraintLifted.kind), "constraint", [one.id for one in standing])


def legal_hold(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """A legal hold is placed once, and lifted once."""
    held = is_on_hold(session.case(wanted.reference))
    if given.get("lift") and not held:
        raise StepRefused("There is no legal hold on this case.", f"To place one: sptool hold {wanted.reference}")
    if held and not given.get("lift"):
        raise StepRefused("This case is under a legal hold.", f"To lift it: sptool hold {wanted.reference} --lift")
    meant = ("--lift", "lifted") if given.get("lift") else ("sptool hold without --lift", "placed")
    return replace(wanted, flags=(*wanted.flags, Typed(meant[0], {"hold": meant[1]})))


def only_open_question(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """The question that a reply answers, if only one is open."""
    del given
    return _filled(wanted, "answers", [question.id for question in open_questions(session.case(wanted.reference))])


def only_open_action(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """The action that an update or an assurance is about, if only one is open."""
    del given
    return _filled(wanted, "action", [state.action.id for state in open_actions(session.case(wanted.reference))])


def _filled(wanted: Wanted, field: str, candidates: Sequence[str]) -> Wanted:
    if wanted.answer(field) or len(candidates) != 1:
        return wanted
    return replace(wanted, defaults={field: candidates[0]})


def somebody_to_inform(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """The leadership group is told of something: a decision, a rapid review, the Panel's reply."""
    del given
    case = session.case(wanted.reference)
    if wanted.source or things_to_tell_leadership(case) or case.latest(NotificationDecision):
        return wanted
    if not wanted.answer("who") and not wanted.resume and session.talk.can_ask:
        said = Typed("WHO", {"who": choice_of(session.talk, wanted.kind, "who")})
        wanted = replace(wanted, flags=(*wanted.flags, said))
    if wanted.answer("who") != "leadership" or wanted.answer("told") == "not-told":
        return wanted
    raise StepRefused(
        "There is nothing yet that the leadership group could be told of in this case.",
        f"See what comes first: sptool next {case.ref}\n"
        "If it has already happened, record it with its true date and a reason: the field `out_of_order` in --from.",
    )


def linked_case(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """The other case, as its beginning or its whole reference was typed."""
    del given
    flags = [
        replace(one, data={"to": session.reference(str(one.data["to"]))}) if "to" in one.data else one
        for one in wanted.flags
    ]
    return replace(wanted, flags=flags)


def decision_to_confirm(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """There must be a decision that needs another look."""
    del given
    found = suspects(session.case(wanted.reference))
    if not found:
        raise StepRefused(
            "No decision of this case needs another look.",
            f"To decide afresh: sptool decide {wanted.reference} --reconsider",
        )
    return _filled(wanted, "decision", [suspect.decision.id for suspect in found])


def conflict_to_settle(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """There must be a conflict to settle."""
    del given
    case: Case = session.case(wanted.reference)
    if not conflicts(case, session.edition(case), RULES):
        raise StepRefused("No records of this case are in conflict.", f"sptool show {case.ref}")
    return wanted
