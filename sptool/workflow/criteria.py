"""What the criteria answers point to, clause by clause with the source. Pointing, never deciding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sptool.framework.models import Criterion, Framework
from sptool.records.case import Case
from sptool.records.learning import Nomination
from sptool.records.notification import CriteriaAnswers, NotificationDecision

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
