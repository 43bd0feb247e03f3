"""The decisions of a case: what, by whom, why, who thought otherwise, what was not known, and what is new since."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.cli.laid_out import laid_out
from sptool.cli.wording import Part, at_moment, part, wrapped
from sptool.desk.in_words import answers_of
from sptool.desk.marks import marks_of
from sptool.desk.standings import Standing
from sptool.records.anytime import DecisionConfirmed
from sptool.records.learning import LearningOutcome
from sptool.records.notification import Deliberation, NotificationDecision
from sptool.records.review import LocalReviewDecision
from sptool.text.english import british
from sptool.workflow.another_look import new_since, suspects
from sptool.workflow.criteria import notification_points_to
from sptool.workflow.loud import why_another_look
from sptool.workflow.names import label_of
from sptool.workflow.state import Decision, root_of
from sptool.workflow.subjects import in_words, step_title

ABOVE = {"happened_on", "outcome", "decided_by"}


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
