"""A field is a date because its type says so, whatever it is called."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from sptool.records.fields import AheadMark
from sptool.records.kinds import CASE_KINDS, KINDS
from sptool.records.merging import with_days_read
from sptool.records.questions import Question, questions
from sptool.text.dates import said_day, written_day
from sptool.text.plain import Plain

TODAY = date(2026, 11, 25)


def _every(asked: tuple[Question, ...]) -> list[Question]:
    return [inner for question in asked for inner in (question, *_every(question.inner))]


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_only_what_is_asked_as_a_date_is_read_as_one(kind: str) -> None:
    for question in questions(KINDS[kind]):
        if question.shape in ("date", "line", "prose", "code", "choice"):
            read = with_days_read(KINDS[kind], {question.name: "Today"}, partial(said_day, today=TODAY))
            assert read == {question.name: "2026-11-25" if question.shape == "date" else "Today"}


def test_roles_that_end_like_dates_stay_as_they_were_typed() -> None:
    answers: dict[str, Plain] = {"decided_by": "Today", "participants": ["Yesterday"], "happened_on": "today"}
    read = with_days_read(KINDS["notification-decision"], answers, partial(said_day, today=TODAY))
    assert read == {**answers, "happened_on": "2026-11-25"}


def test_dates_are_read_inside_lists_groups_and_particulars() -> None:
    answers: dict[str, Plain] = {
        "la_aware_on": "unknown",
        "incident_on": "Friday 20 November 2026",
        "children": [{"id": "child-a", "died_on": "20.11.2026", "age": "3/4/2026"}],
        "private": {"people": [{"id": "child-a", "date_of_birth": "1st December 2025", "contact": "1/2/2026"}]},
    }
    read = with_days_read(KINDS["referral"], answers, partial(written_day, today=TODAY))
    assert read == {
        "la_aware_on": "unknown",
        "incident_on": "2026-11-20",
        "children": [{"id": "child-a", "died_on": "2026-11-20", "age": "3/4/2026"}],
        "private": {"people": [{"id": "child-a", "date_of_birth": "2025-12-01", "contact": "1/2/2026"}]},
    }
    area: dict[str, Plain] = {"another_area": {"area": "today", "told_on": "20-11-26"}}
    read = with_days_read(KINDS["notification-decision"], area, partial(written_day, today=TODAY))
    assert read == {"another_area": {"area": "today", "told_on": "2026-11-20"}}


def test_what_is_no_date_stays_to_be_refused() -> None:
    answers: dict[str, Plain] = {"happened_on": "before 3 June 2026", "incident_on": ["3 June 2026"], "la_aware_on": 3}
    assert with_days_read(KINDS["referral"], answers, partial(written_day, today=TODAY)) == answers


def test_what_may_lie_ahead_is_marked() -> None:
    marked = {
        (kind, question.name)
        for kind in CASE_KINDS
        for question in _every(questions(KINDS[kind]))
        if any(isinstance(mark, AheadMark) for mark in question.marks)
    }
    assert marked == {
        ("clarification-question", "reply_by"),
        ("information-request", "return_by"),
        ("information-request", "period_to"),
        ("learning-outcome", "complete_by"),
        ("action", "due_on"),
        ("action-update", "due_on"),
        ("constraint", "review_on"),
        ("review-commissioned", "publish_by"),
    }
