"""The screen of one case, part by part."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.cli.show.under_way import afoot_parts
from sptool.cli.wording import Part, at_moment, labelled, laid_out, part, wrapped
from sptool.desk.in_words import answers_of, caller_in_words, marks_of
from sptool.desk.standings import Standing
from sptool.records.anytime import DecisionConfirmed
from sptool.records.case import Case, is_on_hold
from sptool.records.closing import Closure, Erasure
from sptool.records.learning import LearningOutcome
from sptool.records.notification import Deliberation, NotificationDecision
from sptool.records.referral import Referral
from sptool.records.review import LocalReviewDecision
from sptool.text.english import british
from sptool.workflow.another_look import new_since, suspects
from sptool.workflow.criteria import notification_points_to
from sptool.workflow.deadlines import previous_clocks
from sptool.workflow.loud import why_another_look
from sptool.workflow.names import label_of
from sptool.workflow.state import Decision, root_of, safety_is_confirmed
from sptool.workflow.subjects import files_told, in_words, step_title, untaken_records
from sptool.workflow.waiting import waiting_for

CLOCKS = {
    "incident_on": "Incident",
    "agency_aware_on": "Agency aware",
    "harm_known_on": "Harm known",
    "abuse_suspected_on": "Abuse suspected",
    "la_aware_on": "Authority aware",
}
SHOWN_ELSEWHERE = {*CLOCKS, "at_risk_now", "children", "aware_judged_by", "aware_basis"}
ABOVE = {"happened_on", "outcome", "decided_by"}


def case_parts(standing: Standing) -> list[Part]:
    """Everything that the screen of a case holds; what is empty is left out."""
    if not standing.case.records:
        return [*_loud(standing), *_records(standing)]
    return [
        *_loud(standing),
        *part("How it stands", _stands(standing)),
        *part("The clock", _clock(standing.case)),
        *part("Children", _children(standing)),
        *part("What is known", _known(standing)),
        *decision_parts(standing),
        *afoot_parts(standing),
        *part("Linked cases", _links(standing)),
        *_records(standing),
    ]


def _loud(standing: Standing) -> list[Part]:
    lines = [
        line
        for one in standing.loud
        for line in (*wrapped(one.what, hanging=2), *wrapped(one.command, indent=4))
        if line.strip() != f"sptool show {standing.case.ref}"
    ]
    return part("LOOK AT THIS FIRST", lines)


def _stands(standing: Standing) -> Iterator[str]:
    case = standing.case
    yield from labelled("Stage", standing.stage)
    for waiting in waiting_for(case, standing.framework):
        yield from labelled("Waits for", waiting.what)
        yield from labelled("", waiting.command)
    if case.latest(Referral):
        confirmed = "confirmed: no child is at risk now" if safety_is_confirmed(case) else "NOT CONFIRMED"
        yield from labelled("Safety", confirmed)
    yield from labelled("Lead officer", standing.lead or "none yet")
    yield from labelled("Framework", f"edition {standing.framework.edition}")
    yield from _marks_of_the_case(standing)
    yield from _referral(standing)


def _marks_of_the_case(standing: Standing) -> Iterator[str]:
    case = standing.case
    closure, erasure = case.latest(Closure), case.latest(Erasure)
    if standing.is_closed and closure:
        reason = standing.framework.name_of("closure-reasons", closure.reason)
        yield from labelled("Closed", f"on {british(closure.happened_on)}: {reason} (record {closure.id})")
    if is_on_hold(case):
        yield from labelled("Legal hold", "nothing of this case may be erased")
    if erasure:
        yield from labelled("Erased", f"particulars, on {british(erasure.happened_on)} (record {erasure.id})")


def _referral(standing: Standing) -> Iterator[str]:
    referral = standing.case.latest(Referral)
    if referral is not None:
        caller = caller_in_words(referral.caller, standing.framework)
        yield from labelled("Referred", f"on {british(referral.happened_on)} by {caller}")
        yield from labelled("In short", referral.summary)


def _clock(case: Case) -> Iterator[str]:
    facts = case.facts
    for name, label in CLOCKS.items():
        on = getattr(facts, name)
        if on is not None:
            yield from labelled(label, british(on) if on != "unknown" else "not known")
    yield from labelled("Judged by", facts.aware_judged_by or "")
    yield from labelled("On what basis", facts.aware_basis or "")
    for day, record in previous_clocks(case):
        yield from labelled("Earlier clock", f"it counted from {british(day)} (record {record})")


def _children(standing: Standing) -> Iterator[str]:
    for child in standing.case.children:
        yield from wrapped(label_of(child.id))
        known = [answered for answered in answers_of(child, standing.framework) if answered.field != "id"]
        for answered in known:
            yield from laid_out(answered, indent=4)
        if not known:
            yield from wrapped("nothing more is known yet", indent=4)


def _known(standing: Standing) -> Iterator[str]:
    for answered in answers_of(standing.case.facts, standing.framework):
        if answered.field not in SHOWN_ELSEWHERE:
            yield from laid_out(answered)


def _links(standing: Standing) -> Iterator[str]:
    for other, relation in standing.linked:
        yield from wrapped(f"{other}  {in_words(relation)}")


def _records(standing: Standing) -> list[Part]:
    lines: list[str] = []
    for record in standing.case.records:
        lines += wrapped(f"{record.id}  {british(record.happened_on):<15}  {step_title(record)}", hanging=12)
        for mark in marks_of(record, standing):
            lines += wrapped(mark, indent=31)
    apart = untaken_records(standing.case)
    for item in apart:
        lines += wrapped(f"{item.id}  can't be {item.how}: {item.why}", hanging=12)
    if files := files_told(standing.case):
        lines += wrapped(files, hanging=2)
    hint = f"  To read one: sptool show {standing.case.ref} --record ID"
    return part(f"Records ({len(standing.case.records) + len(apart)})", [*lines, hint])


def decision_parts(standing: Standing) -> list[Part]:
    """A part for each decision ever taken, the newest last; of those that no longer stand only the heading."""
    stands = {record.id for record in standing.case.standing}
    parts: list[Part] = []
    for record in standing.case.records:
        if isinstance(record, Deliberation | LearningOutcome):
            lines = _whole(record, standing) if record.id in stands else _superseded(record, standing)
            parts += part(step_title(record).capitalize(), lines)
    return parts


def _superseded(record: Deliberation | LearningOutcome, standing: Standing) -> Iterator[str]:
    yield from wrapped(f"No longer stands: {', '.join(marks_of(record, standing))}.")
    yield from wrapped(f"To read it: sptool show {record.case} --record {record.id}")


def _whole(record: Deliberation | LearningOutcome, standing: Standing) -> Iterator[str]:
    yield from wrapped(_taken(record))
    for mark in marks_of(record, standing):
        yield from wrapped(f"{mark[0].upper()}{mark[1:]}.")
    if isinstance(record, NotificationDecision):
        yield from _pointing(record, standing)
    for answered in answers_of(record, standing.framework):
        if answered.field not in ABOVE:
            yield from laid_out(answered)
    if isinstance(record, NotificationDecision | LocalReviewDecision):
        yield from _since(record, standing)


def _taken(record: Deliberation | LearningOutcome) -> str:
    by = f" by {record.decided_by}" if record.decided_by else ""
    return f"Decided on {british(record.happened_on)}{by}; recorded {at_moment(record.recorded_at)} ({record.id})."


def _pointing(decision: NotificationDecision, standing: Standing) -> Iterator[str]:
    if decision.duty_not_followed:
        yield from wrapped("DUTY NOT FOLLOWED: a ground is met, and it was decided not to notify.")
    pointing = notification_points_to(decision.criteria, standing.framework)
    grounds = f" (ground {' and '.join(pointing.grounds)} is met)" if pointing.grounds else ""
    yield from wrapped(f"The criteria point to: {in_words(pointing.outcome)}{grounds}.")
    for clause in pointing.clauses:
        if clause.answer == "met":
            place = f", {clause.criterion.clause}" if clause.criterion.clause else ""
            source = standing.framework.sources[clause.criterion.source[0]].cite
            yield from wrapped(
                f"{label_of(clause.child)}: {clause.criterion.name}: met ({source}{place})", 4, hanging=2
            )


def _since(decision: Decision, standing: Standing) -> Iterator[str]:
    case = standing.case
    for suspect in suspects(case):
        if suspect.decision.id == decision.id:
            yield from wrapped(f"NEEDS ANOTHER LOOK: {why_another_look(decision, suspect.because)}")
    for confirmed in case.all(DecisionConfirmed):
        if root_of(case, confirmed.decision) == root_of(case, decision.id):
            said = f"Confirmed on {british(confirmed.happened_on)} by {confirmed.decided_by}: {confirmed.reason}"
            yield from wrapped(f"{said} ({confirmed.id})")
    for record in new_since(case, decision):
        yield from wrapped(
            f"New since the decision: {step_title(record)}, {british(record.happened_on)} ({record.id})", hanging=2
        )
