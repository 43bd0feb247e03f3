"""What can't wait, whatever the dates say: it leads every list and stands wherever the case is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.referral import Referral
from sptool.records.review import LocalReviewDecision, PanelReply
from sptool.text.english import plural
from sptool.workflow.another_look import suspects
from sptool.workflow.conflicts import Conflict
from sptool.workflow.criteria import nomination_to_refer
from sptool.workflow.deadlines import Deadline
from sptool.workflow.glance import Loud
from sptool.workflow.state import Decision, duty_not_followed, is_closed, reconsider, safety_is_confirmed
from sptool.workflow.subjects import files_told, untaken_records

__all__ = ["Loud", "loud_things", "unreadable", "why_another_look"]


def loud_things(
    case: Case, framework: Framework, deadlines: Sequence[Deadline], conflicts: Iterable[Conflict]
) -> tuple[Loud, ...]:
    """Everything about a case that can't wait, the most urgent first.

    A closed case waits for nothing; but a child at risk, a duty not followed, and records that contradict each other
    or can't be read stay.
    """
    open_case = not is_closed(case)
    return (
        *_safety(case),
        *(_clock(case, deadlines) if open_case else ()),
        *_conflicting(case, conflicts),
        *(_another_look(case) if open_case else ()),
        *unreadable(case),
        *_duty(case),
        *(_to_refer(case, framework) if open_case else ()),
        *(_panel_disagrees(case) if open_case else ()),
    )


_SAFETY = {
    "yes": "A child is at risk now",
    "not-known": "It is not known whether a child is at risk now",
}


def _safety(case: Case) -> Iterator[Loud]:
    if case.latest(Referral) and not safety_is_confirmed(case):
        why = _SAFETY.get(case.facts.at_risk_now or "not-known", _SAFETY["not-known"])
        yield Loud(case.ref, "safety", f"Immediate safety is not confirmed. {why}.", f"sptool update {case.ref}")


def _clock(case: Case, deadlines: Sequence[Deadline]) -> Iterator[Loud]:
    for deadline in deadlines:
        if deadline.state == "clock-unknown":
            what = f"Clock unknown: nobody can say when this is due: {deadline.title}."
            yield Loud(case.ref, "clock-unknown", what, f"sptool update {case.ref}")


def _conflicting(case: Case, conflicts: Iterable[Conflict]) -> Iterator[Loud]:
    for conflict in conflicts:
        pair = " and ".join(f"{record.title} ({record.id})" for record in (conflict.first, conflict.second))
        what = f"Conflicting records: {pair}. {conflict.why}"
        yield Loud(case.ref, "conflicting", what, f"sptool resolve {case.ref}")


def _another_look(case: Case) -> Iterator[Loud]:
    for suspect in suspects(case):
        yield Loud(
            case.ref,
            "needs-another-look",
            f"Needs another look: {why_another_look(suspect.decision, suspect.because)} "
            f"If it stands all the same: sptool confirm {case.ref}",
            reconsider(case, suspect.decision),
        )


def why_another_look(decision: Decision, because: Sequence[str]) -> str:
    """Which decision, and what has been put right since; one sentence.

    Args:
        because: the ids of the corrections and withdrawals that it could not know.
    """
    put_right = f"put right since by {plural(len(because), 'record')} {', '.join(because)}"
    return f"the {decision.title} ({decision.id}) relied on something that was {put_right}."


def unreadable(case: Case) -> Iterator[Loud]:
    """What stands among the records of a case and is not taken up: each record, and other files together.

    Args:
        case: the case; or the register, or whatever else is looked at in the same way.
    """
    for item in untaken_records(case):
        what = f"A record can't be {item.how}: {item.id}. {item.why[:1].upper()}{item.why[1:]}"
        yield Loud(case.ref, "unreadable", what, f'git log -p -- "*{item.id}.yaml"')
    if files := files_told(case):
        yield Loud(case.ref, "unreadable", files, "sptool verify")


def _duty(case: Case) -> Iterator[Loud]:
    if duty_not_followed(case):
        what = "Duty not followed: a ground is met, and it was decided not to notify the Panel."
        yield Loud(case.ref, "duty-not-followed", what, f"sptool show {case.ref}")


def _to_refer(case: Case, framework: Framework) -> Iterator[Loud]:
    if nomination_to_refer(case, framework) and not case.latest(Referral):
        what = "A nomination meets a ground of notification, so it must come back as a referral."
        yield Loud(case.ref, "to-refer", what, f"sptool new-referral --nomination {case.ref}")


def _panel_disagrees(case: Case) -> Iterator[Loud]:
    decision, reply = case.latest(LocalReviewDecision), case.latest(PanelReply)
    if decision and reply and reply.position == "disagrees" and reply.id not in case.pasts[decision.id]:
        what = "The Panel disagrees with the local review decision: it has to be taken afresh."
        yield Loud(case.ref, "panel-disagrees", what, f"sptool decide {case.ref} --reconsider")
