"""The events that a deadline can name: each is found in a case, and has the key that its row promises."""

from __future__ import annotations

import pytest

from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.workflow.events import EVENTS
from tests import making
from tests.documents.journeys import reviewed

ASKED = making.question()
CASES = (
    making.added(reviewed(), making.told(who="partners"), making.published()),
    making.case_of(making.new_referral(), ASKED, making.reply(ASKED), making.decision(), making.shared()),
    making.case_of(making.new_referral(), making.review_decision(outcome="lcspr")),
)


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_is_found_in_a_case_with_a_key_where_there_can_be_several(event: str, framework: Framework) -> None:
    found = [one for case in CASES for one in EVENTS[event].occurrences(case, framework)]
    assert found, f"{event} occurs in none of these cases: add one in which it does"
    assert {bool(one.key) for one in found} == {EVENTS[event].each != ""}
    assert all(one.record for one in found)


@pytest.mark.parametrize("event", EVENTS)
def test_an_empty_case_has_no_events(event: str, framework: Framework) -> None:
    assert EVENTS[event].occurrences(Case("HSP-2026-K7QM3"), framework) == ()
