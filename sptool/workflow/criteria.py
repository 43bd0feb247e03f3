"""What the criteria answers point to, with each source, and whether a decision follows it. Pointing, never deciding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sptool.framework.models import Criterion, Framework
from sptool.records.case import Case
from sptool.records.learning import Nomination
from sptool.records.notification import CriteriaAnswers, Notification, NotificationDecision
from sptool.workflow.checking import Found, Surroundings

PointsTo = Literal["notify", "do-not-notify", "not-clear"]


@dataclass(frozen=True)
class Clause:
    """One criterion, its answer, and where it comes from.

    Args:
        child: the child's label, or empty.
        answer: `met`, `not-met` or `not-known`.
    """

    child: str
    criterion: Criterion
    answer: str
    source: str


@dataclass(frozen=True)
class Pointing:
    """What the answers point to.

    Args:
        outcome: what they point to; `not-clear` while an answer that matters is not known.
        grounds: the grounds met for any child, such as `one`.
    """

    outcome: PointsTo
    grounds: tuple[str, ...]
    clauses: tuple[Clause, ...]


def notification_points_to(criteria: Iterable[CriteriaAnswers], framework: Framework) -> Pointing:
    """What the notification criteria point to. Children Act 2004 s16C(1), and the framework for ground two.

    A ground is met for a child when all its criteria are; one met ground for one child is enough.
    """
    given = list(criteria)
    clauses = tuple(
        Clause(one.child, criterion, one.answers.get(criterion.id, "not-known"), framework.cite(criterion))
        for one in given
        for criterion in framework.criteria.notification
    )
    states = {ground: [_ground_state(one, ground, framework) for one in given] for ground in _grounds(framework)}
    met = tuple(ground for ground, answers in states.items() if "met" in answers)
    unclear = any("not-known" in answers for answers in states.values())
    outcome: PointsTo = "notify" if met else "not-clear" if unclear or not given else "do-not-notify"
    return Pointing(outcome, met, clauses)


def _grounds(framework: Framework) -> tuple[str, ...]:
    grounds = (criterion.ground for criterion in framework.criteria.notification if criterion.ground)
    return tuple(dict.fromkeys(grounds))


def _ground_state(given: CriteriaAnswers, ground: str, framework: Framework) -> str:
    answers = [
        given.answers.get(criterion.id, "not-known")
        for criterion in framework.criteria.notification
        if criterion.ground == ground
    ]
    return "not-met" if "not-met" in answers else "not-known" if "not-known" in answers else "met"


def local_review_points_to(answers: Mapping[str, str]) -> Literal["lcspr", "no-lcspr", "not-clear"]:
    """What the local review criteria point to. SI 2018/789 reg. 11: met criteria do not oblige a review."""
    if "met" in answers.values():
        return "lcspr"
    return "not-clear" if "not-known" in answers.values() else "no-lcspr"


def nomination_to_refer(case: Case, framework: Framework) -> Nomination | None:
    """The nomination that must come back as a referral: its answers meet a ground and nothing was decided.

    The Task & Finish group is no other way to escalate a case (framework, section 4).
    """
    nomination = case.latest(Nomination)
    if nomination is None or case.latest(NotificationDecision):
        return None
    met = notification_points_to(nomination.criteria, framework).grounds
    return nomination if met else None


AREA = "in-area-or-resident"
"""The criterion that makes a child ours: where it is met, it is for our local authority to notify."""


def against_the_criteria(record: NotificationDecision, around: Surroundings) -> list[Found]:
    """What a decision must say because it goes against its criteria. Children Act 2004 s16C(1)."""
    pointing = notification_points_to(record.criteria, around.framework)
    found = [*_without_a_reason(record, pointing, around.framework)]
    if record.outcome == "notified-not-proceeding":
        found += _not_proceeding(record, pointing, around)
    if record.outcome == "do-not-notify" and pointing.grounds:
        if not record.duty_not_followed:
            found.append(
                (
                    ("duty_not_followed",),
                    f"{_met(pointing)}, so the Panel must be notified "
                    "(Children Act 2004 s16C). State who authorised not notifying, and why",
                )
            )
    elif record.duty_not_followed:
        found.append((("duty_not_followed",), "leave this out: the decision follows the duty"))
    return found


def _met(pointing: Pointing) -> str:
    return f"ground {' and '.join(pointing.grounds)} is met"


def _without_a_reason(record: NotificationDecision, pointing: Pointing, framework: Framework) -> Iterator[Found]:
    if record.against_criteria:
        return
    if record.outcome == "notify" and pointing.outcome == "do-not-notify":
        yield ("against_criteria",), "no ground is met: say why it is notified"
    if record.outcome in ("do-not-notify", "notified-not-proceeding") and pointing.outcome == "not-clear":
        yield ("against_criteria",), "an answer that matters is not known: say why it is decided all the same"
    if record.outcome == "another-area-notifies" and _is_ours(record, framework):
        yield (
            ("against_criteria",),
            "a ground is met for a child of our area, so it is for us to notify: say why another area does",
        )


def _is_ours(record: NotificationDecision, framework: Framework) -> bool:
    """Whether a ground is met for a child who was harmed in our area, or lives in it."""
    return any(
        one.answers.get(AREA) == "met" and notification_points_to([one], framework).grounds for one in record.criteria
    )


def _not_proceeding(record: NotificationDecision, pointing: Pointing, around: Surroundings) -> Iterator[Found]:
    """Domain, stage 4: a notification later found not to meet the criteria, and the Panel told."""
    if not around.case.latest(Notification):
        yield ("outcome",), "no notification is recorded, so there is none that does not proceed"
    if not record.panel_told_on:
        yield ("panel_told_on",), "say when the Panel was told that it does not proceed"
    if pointing.grounds:
        yield (
            ("criteria",),
            f"{_met(pointing)} by these answers, and only a notification that meets none does not proceed. "
            "Answer the criteria as they are judged now",
        )
