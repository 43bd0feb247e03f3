"""What the criteria answers point to. Judgement lies in the answers; the duty, once a ground is met, is a must."""

from __future__ import annotations

import pytest

from sptool.framework.models import Framework
from sptool.records.notification import CriteriaAnswers
from sptool.workflow.criteria import local_review_points_to, nomination_to_refer, notification_points_to
from tests.making import (
    GROUND_ONE,
    GROUND_TWO,
    answers,
    case_of,
    decision,
    nomination,
    withdrawal,
)


def given(*rows: dict[str, object]) -> list[CriteriaAnswers]:
    return [CriteriaAnswers.model_validate(row) for row in rows]


@pytest.mark.parametrize(
    ("rows", "points_to", "grounds"),
    [
        ([answers(*GROUND_ONE)], "notify", ("one",)),
        ([answers(*GROUND_TWO)], "notify", ("two",)),
        ([answers(*GROUND_ONE, *GROUND_TWO)], "notify", ("one", "two")),
        ([answers(*GROUND_ONE[:2])], "do-not-notify", ()),
        ([answers()], "do-not-notify", ()),
        ([answers("care-leaver-death")], "do-not-notify", ()),
        ([answers(rest="not-known")], "not-clear", ()),
        ([answers(*GROUND_ONE[:2], rest="not-known")], "not-clear", ()),
        ([answers(*GROUND_TWO, rest="not-known")], "notify", ("two",)),
        ([answers(), answers(*GROUND_ONE, child="child-b")], "notify", ("one",)),
        ([answers(), answers(rest="not-known", child="child-b")], "not-clear", ()),
        ([answers("abuse-or-neglect"), answers(*GROUND_ONE[1:], child="child-b")], "do-not-notify", ()),
        ([{"child": "child-a", "answers": {}}], "not-clear", ()),
        ([], "not-clear", ()),
    ],
)
def test_what_the_notification_criteria_point_to(
    rows: list[dict[str, object]], points_to: str, grounds: tuple[str, ...], framework: Framework
) -> None:
    pointing = notification_points_to(given(*rows), framework)
    assert (pointing.outcome, pointing.grounds) == (points_to, grounds)


def test_each_clause_is_shown_with_its_source_child_by_child(framework: Framework) -> None:
    clauses = notification_points_to(given(answers(*GROUND_ONE), answers(child="child-b")), framework).clauses
    first = clauses[0]
    assert (first.child, first.criterion.id, first.answer) == ("child-a", "abuse-or-neglect", "met")
    assert "Children Act 2004, section 16C" in first.source
    assert len(clauses) == 2 * len(framework.criteria.notification)


@pytest.mark.parametrize(
    ("answered", "points_to"),
    [
        ({"improvements": "met", "working-together": "not-known"}, "lcspr"),
        ({"improvements": "not-met", "working-together": "not-known"}, "not-clear"),
        ({"improvements": "not-met"}, "no-lcspr"),
    ],
)
def test_what_the_local_review_criteria_point_to(answered: dict[str, str], points_to: str) -> None:
    assert local_review_points_to(answered) == points_to


def test_the_group_is_no_back_door(framework: Framework) -> None:
    meets = nomination(criteria=[answers(*GROUND_ONE)])
    assert nomination_to_refer(case_of(meets), framework) == meets
    assert nomination_to_refer(case_of(nomination()), framework) is None
    assert nomination_to_refer(case_of(), framework) is None


def test_a_decision_opens_the_way_to_the_group_until_it_is_withdrawn(framework: Framework) -> None:
    meets, decided = nomination(criteria=[answers(*GROUND_ONE)]), decision("2026-03-04", "do-not-notify")
    assert nomination_to_refer(case_of(meets, decided), framework) is None
    assert nomination_to_refer(case_of(meets, decided, withdrawal(decided)), framework) is not None
