"""Which documents a case calls for, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from sptool.documents.documents import DOCUMENTS, due
from sptool.records.anytime import DocumentSent
from sptool.records.case import Case
from sptool.records.header import Record
from tests import making
from tests.documents.cases import FRAMEWORK, written
from tests.documents.goldens import LATER
from tests.documents.journeys import CASES, nominated, reviewed


def ids(case: Case, today: date = LATER) -> list[str]:
    return [f"{document}:{agency}" if agency else document for document, agency in due(case, FRAMEWORK, today)]


def sent(document: str, on: str = "2026-06-30") -> DocumentSent:
    return making.make(DocumentSent, on, document=document, to="the reader")


STEPS: list[tuple[list[Record], list[str]]] = [
    ([making.new_referral()], ["need-to-know"]),
    ([making.decision()], ["decision-letter", "notification-sheet"]),
    ([making.notified()], ["decision-letter", "rapid-review-agenda"]),
    ([making.shared()], ["rapid-review-agenda"]),
    (
        [making.asked_agencies("2026-03-06", "police", "school")],
        ["scoping-request:police", "scoping-request:school", "rapid-review-agenda"],
    ),
    ([making.returned(), making.returned(agency="school")], ["rapid-review-agenda"]),
    ([making.met()], ["rapid-review-report", "leadership-briefing"]),
    ([making.told()], ["rapid-review-report"]),
    ([making.review_decision()], ["rapid-review-report", "local-review-decision", "family-letter"]),
    ([making.submitted()], ["family-letter"]),
    ([making.told("2026-03-30", "family")], []),
    ([making.panel_replied()], ["leadership-briefing"]),
    ([making.told("2026-04-03")], []),
    ([making.action()], ["action-plan"]),
    ([making.closed(open_actions="The group.")], []),
]


def stages() -> Iterator[tuple[Case, list[str]]]:
    case = making.case_of()
    for records, called_for in STEPS:
        case = making.added(case, *records)
        yield case, called_for


def test_each_stage_calls_for_its_documents() -> None:
    assert [ids(case) for case, _ in stages()] == [called_for for _, called_for in stages()]


@pytest.mark.parametrize("name", CASES)
def test_whatever_is_due_can_be_written(name: str) -> None:
    case = CASES[name]()
    for document, agency in due(case, FRAMEWORK, LATER):
        assert written(document, case, LATER, agency=agency or None).markdown


def test_a_learning_review_calls_for_its_terms_and_a_briefing_for_being_sent() -> None:
    assert ids(nominated()) == ["terms-of-reference", "action-plan", "seven-minute-briefing"]


@pytest.mark.parametrize("document", ["terms-of-reference", "action-plan", "seven-minute-briefing"])
def test_what_was_sent_is_not_due_until_there_is_news(document: str) -> None:
    case = making.added(nominated(), sent(document))
    assert document not in ids(case)
    assert document in ids(case, date(2026, 6, 29))  # before it was sent
    again = making.added(case, making.outcome("2026-07-01", approaches=["learning-review"]))
    assert ("terms-of-reference" in ids(again)) is True
    assert (document in ids(again)) == (document == "terms-of-reference")


def test_a_family_that_can_not_be_told_yet_calls_for_no_letter() -> None:
    held = making.case_of(making.new_referral(), making.decision(), making.notified(), making.met())
    waiting = making.added(held, making.review_decision(family_not_told="The interviews are not over."))
    assert "family-letter" in ids(making.added(held, making.review_decision()))
    assert "family-letter" not in ids(waiting)


def test_asking_what_is_due_changes_nothing() -> None:
    case = reviewed()
    assert ids(case) == ids(case)
    assert case == reviewed()
    assert set(DOCUMENTS) >= {document for document, _ in due(case, FRAMEWORK, LATER)}
