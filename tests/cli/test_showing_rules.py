"""The pure rules behind the screens: as known on a day, and the command that clears a deadline."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sptool.records.case import Case, UnreadRecord
from sptool.workflow.standing import known_by
from sptool.workflow.steps import meeting
from tests.making import case_of, new_referral, shipped_framework, update


@pytest.mark.parametrize("rule", shipped_framework().deadlines, ids=lambda rule: str(rule.id))
def test_for_every_deadline_there_is_a_step_that_meets_it(rule: object) -> None:
    assert meeting(getattr(rule, "met_by", "")) is not None


def test_the_moment_itself_is_left_out() -> None:
    case = case_of(new_referral("2026-03-02"), update("2026-03-03"))
    at = case.records[1].recorded_at
    assert len(known_by(case, at).records) == 1
    assert len(known_by(case, at.replace(second=1)).records) == 2


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("2026-03-02-090000Z-note-k9c3jw0e5v.yaml", True),
        ("2026-03-04-090000Z-note-k9c3jw0e5v.yaml", False),
        ("no-date-note-k9c3jw0e5v.yaml", True),
    ],
)
def test_what_can_not_be_read_is_known_from_the_time_in_its_name(name: str, kept: bool) -> None:
    unread = UnreadRecord("k9c3jw0e5v", f"2026/HSP-2026-K7QMA/{name}", "it is damaged")
    case = Case.of("HSP-2026-K7QMA", [new_referral("2026-03-02")], [unread])
    assert (unread in known_by(case, datetime(2026, 3, 3, tzinfo=UTC)).unread) is kept
