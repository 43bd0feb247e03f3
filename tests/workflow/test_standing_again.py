"""What stands after a withdrawal is withdrawn, a child is added, a duty is not followed."""

from __future__ import annotations

from sptool.framework.calendar import england_calendar
from sptool.records.case import Case
from sptool.records.referral import Child
from sptool.workflow.deadlines import deadlines
from sptool.workflow.loud import loud_things
from tests.making import added, answers, case_of, closed, decision, new_referral, shipped_framework, update, withdrawal


def not_followed() -> Case:
    """A ground is met, and it is decided not to notify."""
    met = answers("abuse-or-neglect", "died-or-seriously-harmed", "in-area-or-resident")
    against = {"authorised_by": "Director", "reason": "Made up for this test."}
    decided = decision(outcome="do-not-notify", criteria=(met,), duty_not_followed=against, then="task-and-finish")
    return case_of(new_referral(at_risk_now="no"), decided)


def test_a_withdrawal_can_be_withdrawn_and_the_record_stands_again() -> None:
    case = case_of(new_referral())
    without = added(case, withdrawal(case.records[0]))
    assert without.standing == ()
    again = added(without, withdrawal(without.records[-1], "2026-03-31"))
    assert again.standing == (case.records[0],)


def test_the_first_child_stays_when_a_second_is_added() -> None:
    case = case_of(new_referral(), update(children=(Child(id="child-b"),)))
    assert [child.id for child in case.children] == ["child-a", "child-b"]


def test_a_duty_not_followed_is_never_shown_as_met() -> None:
    framework = shipped_framework()
    every = deadlines(not_followed(), framework, lambda rule: england_calendar(framework, rule.id))
    (notify,) = [one for one in every if one.id == "notify"]
    assert notify.state == "stopped"
    assert "the duty was not followed" in notify.stopped_why


def test_a_duty_not_followed_stays_in_a_closed_case() -> None:
    found = loud_things(added(not_followed(), closed()), shipped_framework(), (), ())
    assert [one.kind for one in found] == ["duty-not-followed"]
