"""What answers must not leave out or contradict, each named after its rule. A check changes nothing."""

from __future__ import annotations

from sptool.records.case import Case
from sptool.records.header import Record
from sptool.workflow.checking import Surroundings
from sptool.workflow.consistency import contradictions
from tests.making import (
    GROUND_ONE,
    action,
    action_update,
    added,
    answers,
    assured,
    case_of,
    correction,
    day,
    decision,
    new_referral,
    note,
    notified,
    question,
    reply,
    resolution,
    shipped_framework,
    told,
    update,
    with_past,
)

FRAMEWORK = shipped_framework()
REFERRED = case_of(new_referral())
DECIDED = added(REFERRED, decision())
NOTIFIED = added(DECIDED, notified())
UNCLEAR = [answers(*GROUND_ONE[1:], rest="not-known")]


def wrong(case: Case, record: Record) -> dict[str, str]:
    """The problems by field, of a record written with knowledge of the whole case."""
    replaced = case.by_id.get(record.replaces.record) if record.replaces else None
    before = case.records
    without = Case(case.ref, tuple(one for one in case.records if one is not replaced))
    around = Surroundings(without, FRAMEWORK, day("2026-12-01"), replaced=replaced)
    written = record.model_copy(update={"after": case.heads})
    found = {".".join(map(str, path)): what for path, what in contradictions(written, around)}
    assert case.records == before
    return found


def test_a_notification_that_meets_a_ground_proceeds() -> None:
    outcome = "notified-not-proceeding"
    assert {"criteria", "panel_told_on"} == wrong(NOTIFIED, decision("2026-03-09", outcome)).keys()
    right = decision("2026-03-09", outcome, criteria=[answers()], panel_told_on="2026-03-09")
    assert wrong(NOTIFIED, right) == {}


def test_another_area_notifies_for_a_child_of_ours_only_with_a_reason() -> None:
    area = {"area": "Elseshire", "told_on": "2026-03-04"}
    ours = decision(outcome="another-area-notifies", another_area=area)
    assert wrong(REFERRED, ours).keys() == {"against_criteria"}
    theirs = decision(outcome="another-area-notifies", another_area=area, criteria=[answers(*GROUND_ONE[:2])])
    assert wrong(REFERRED, theirs) == {}


def test_not_notifying_while_it_is_not_clear_needs_a_reason() -> None:
    silent = decision(outcome="do-not-notify", criteria=UNCLEAR, then="task-and-finish")
    assert wrong(REFERRED, silent).keys() == {"against_criteria"}
    said = decision(outcome="do-not-notify", criteria=UNCLEAR, then="task-and-finish", against_criteria="So.")
    assert wrong(REFERRED, said) == {}


def test_only_what_is_in_conflict_is_settled() -> None:
    one, other = (with_past(notified(on, name=on), DECIDED.records[-1]) for on in ("2026-03-05", "2026-03-06"))
    forked = Case.of(DECIDED.ref, (*DECIDED.records, one, other))
    assert wrong(forked, resolution(one, other)) == {}
    assert one.id in wrong(forked, resolution(one, DECIDED.records[0]))["set_aside"]
    assert "no conflict" in wrong(DECIDED, resolution(DECIDED.records[0], DECIDED.records[1]))["set_aside"]


def test_a_reply_that_moves_the_clock_says_on_what_basis() -> None:
    asked = question()
    case = added(REFERRED, asked)
    moved = {"la_aware_on": "2026-03-03"}
    assert wrong(case, reply(asked, **moved)).keys() == {"aware_basis"}
    assert wrong(case, reply(asked, aware_basis="The log.", **moved)) == {}


def test_new_facts_are_held_against_those_recorded() -> None:
    assert wrong(REFERRED, update(harm_known_on="2026-03-04")).keys() == {"harm_known_on"}
    assert wrong(REFERRED, update(incident_on="2026-03-05")).keys() == {"incident_on"}
    assert wrong(REFERRED, update(incident_on="2026-03-01")) == {}


def test_partners_are_told_when_somebody_is_aware() -> None:
    assert wrong(REFERRED, told("2026-03-01", "partners")).keys() == {"happened_on"}
    assert wrong(REFERRED, told("2026-03-02", "partners")) == {}


def test_a_corrected_clock_does_not_start_after_what_was_decided() -> None:
    first = NOTIFIED.records[0]
    late = correction(first, la_aware_on="2026-03-20")
    assert NOTIFIED.records[-1].id in wrong(NOTIFIED, late)["la_aware_on"]
    assert wrong(NOTIFIED, correction(first, la_aware_on="2026-03-01")) == {}
    assert wrong(NOTIFIED, update("2026-03-20", la_aware_on="2026-03-20", aware_basis="A later harm.")) == {}


def test_an_action_is_not_assured_by_its_owner_under_either_id() -> None:
    agreed = action()
    case = added(case_of(agreed), correction(agreed, "2026-05-01", success="Twelve calls."))
    for known in case.records:
        assert wrong(case, assured(known, assured_by="head of service")).keys() == {"assured_by"}
    assert wrong(case, assured(agreed)) == {}


def test_an_action_is_assured_after_it_was_agreed_and_ends_there() -> None:
    agreed = action()
    case = case_of(agreed)
    assert wrong(case, assured(agreed, "2026-04-01")).keys() == {"happened_on"}
    ended = added(case, assured(agreed))
    assert wrong(ended, action_update(agreed, "2026-07-01"))["action"] == "this action is assured already"
    assert wrong(case, action_update(agreed, "2026-07-01")) == {}


def test_deciding_otherwise_is_no_correction() -> None:
    made = DECIDED.records[-1]
    other = wrong(DECIDED, correction(made, outcome="do-not-notify", criteria=[answers()], then="task-and-finish"))
    assert other.keys() == {"outcome", "criteria"}
    assert "--reconsider" in other["outcome"]
    assert wrong(DECIDED, correction(made, rationale="A slip put right.")) == {}
    assert wrong(DECIDED, note()) == {}
