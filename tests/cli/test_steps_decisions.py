"""Decisions: what the criteria point to, what needs a reason, what comes too early, and what is put right later."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.cli.cases import (
    GROUND_ONE,
    HELD,
    NO_REVIEW,
    NOT_NOTIFY,
    NOTIFY,
    REFERRAL,
    criteria,
    decided,
    notified,
    referred,
)
from tests.cli.running import Desk, desk, pattern

__all__ = ["desk", "pattern"]


# --- what the criteria point to ------------------------------------------------------------------------------


def test_what_the_criteria_point_to_is_said_clause_by_clause(desk: Desk) -> None:
    case = referred(desk)
    err = " ".join(desk.record("decide", case, answers=NOTIFY, today="2026-03-03").err.split())
    assert "Child A: Abuse or neglect known or suspected: met. [Children Act 2004" in err
    assert "The answers point to: notify the Panel. Met: ground one." in err


def test_a_ground_met_and_not_notified_needs_authority_and_reason(desk: Desk) -> None:
    case = referred(desk)
    against = {**NOT_NOTIFY, "criteria": [criteria(*GROUND_ONE)]}
    err = desk.refused("decide", case, code=2, answers=against)
    assert "duty_not_followed: ground one is met, so the Panel must be notified (Children Act 2004 s16C)" in err
    half = {**against, "duty_not_followed": {"authorised_by": "Chief Executive"}}
    assert "duty_not_followed.reason: this must be answered" in desk.refused("decide", case, code=2, answers=half)
    whole = {**against, "duty_not_followed": {"authorised_by": "Chief Executive", "reason": "Counsel advised so."}}
    ran = desk.record("decide", case, answers=whole, today="2026-03-03")
    assert "Duty not followed" in ran.out
    assert "duty not followed" in desk.call("show", case).out.casefold()
    assert "duty not followed" in desk.call("overdue").out.casefold()


def test_unclear_never_counts_as_not_met(desk: Desk) -> None:
    case = referred(desk)
    unclear = criteria(*GROUND_ONE)
    unclear["answers"] = {**dict.fromkeys(GROUND_ONE, "met"), "abuse-or-neglect": "not-known"}
    ran = desk.record("decide", case, answers={**NOTIFY, "criteria": [unclear]}, today="2026-03-03")
    assert "do not point either way yet" in " ".join(ran.err.split())


def test_deciding_against_the_criteria_needs_a_reason(desk: Desk) -> None:
    case = referred(desk)
    against = {**NOTIFY, "criteria": [criteria()]}
    assert "against_criteria: no ground is met" in desk.refused("decide", case, code=2, answers=against)
    desk.record("decide", case, answers={**against, "against_criteria": "To be on the safe side."}, today="2026-03-03")


def test_the_local_review_decision_needs_every_partner_and_a_reason_against_the_criteria(desk: Desk) -> None:
    case = notified(desk)
    desk.record("rapid-review", case, answers=HELD, today="2026-03-18")
    one = {**NO_REVIEW, "positions": [{"partner": "police", "position": "disagrees", "note": "More is to be learned."}]}
    err = desk.refused("decide", case, code=2, answers=one)
    assert "the position of `icb` is missing" in err
    against = {**NO_REVIEW, "criteria": {"improvements": "met"}}
    assert "against_criteria: this goes against" in desk.refused("decide", case, code=2, answers=against)


# --- too early, and already happened -------------------------------------------------------------------------

TOO_EARLY: tuple[tuple[str, str, str], ...] = (
    ("notify", "It is not yet decided whether to notify.", "sptool decide REF"),
    ("share-rationale", "There is no decision to share yet.", "sptool decide REF"),
    ("scope", "It is not yet decided whether to notify.", "sptool decide REF"),
    ("agency-return", "No agency has an open request in this case.", "sptool scope REF"),
    ("chase", "No agency has an open request in this case.", "sptool scope REF"),
    ("rapid-review", "It is not yet decided whether to notify.", "sptool decide REF"),
    ("submit", "It is not yet decided whether to notify.", "sptool decide REF"),
    ("panel-reply", "Nothing has been sent to the Panel yet.", "sptool submit REF"),
    ("review commission", "No local review (LCSPR) has been decided on.", "sptool decide REF"),
    ("outcome", "This case has not been sent to the Task & Finish group.", "sptool nominate REF"),
)


@pytest.mark.parametrize(("words", "reason", "first"), TOO_EARLY, ids=[row[0] for row in TOO_EARLY])
def test_a_step_that_is_not_possible_yet_says_what_comes_first(desk: Desk, words: str, reason: str, first: str) -> None:
    case = referred(desk)
    before = desk.state()
    ran = desk.call(*words.split(), case, code=1)
    assert ran.err.splitlines()[:2] == [reason, f"First: {first.replace('REF', case)}"]
    assert "out_of_order" in ran.err
    assert desk.state() == before


def test_what_comes_first_can_be_taken(desk: Desk) -> None:
    """The chain of commands named leads somewhere: none of them is refused in turn."""
    case = referred(desk)
    desk.record("decide", case, answers=NOTIFY, today="2026-03-03")
    for words in ("rapid-review", "submit", "decide"):
        assert f"First: sptool notify {case}" in desk.refused(words, case, code=1)


def test_nothing_to_decide_is_said(desk: Desk) -> None:
    case = referred(desk)
    desk.record("decide", case, answers=NOT_NOTIFY, today="2026-03-03")
    err = desk.refused("decide", case, code=1)
    assert "no further decision is awaited" in err
    assert f"sptool decide {case} --reconsider" in err
    assert "already has a local review decision" in desk.refused("decide", decided(desk), code=1)


def test_what_has_already_happened_is_recorded_with_a_reason_and_marked(desk: Desk) -> None:
    case = desk.record("new-referral", answers=REFERRAL).case
    sent = {"happened_on": "2026-03-02", "grounds": ["one"], "out_of_order": "It had been sent when we heard of it."}
    desk.record("notify", case, answers=sent)
    assert "out of order" in desk.call("show", case).out.casefold()
    assert "out_of_order: " in desk.newest()


def test_a_second_notification_that_was_made_is_recorded_with_its_reason(desk: Desk) -> None:
    case = notified(desk)
    again = {"happened_on": "2026-03-04", "grounds": ["one"]}
    assert "already been recorded" in desk.refused("notify", case, code=1, answers=again)
    late = {"late_reason": "It was sent twice.", "out_of_order": "Found in the file."}
    desk.record("notify", case, answers={**again, **late}, today="2026-03-20")


def test_what_would_contradict_the_case_is_refused_even_then(desk: Desk) -> None:
    case = notified(desk)
    assert "This case is not closed." in desk.refused("reopen", case, code=1)


def test_being_late_needs_a_reason(desk: Desk) -> None:
    case = referred(desk)
    desk.record("decide", case, answers=NOTIFY, today="2026-03-03")
    late = {"happened_on": "2026-03-12", "grounds": ["one"]}
    assert "late_reason: it was due on Mon 9 Mar 2026: say why it is late" in desk.refused(
        "notify", case, code=2, answers=late
    )
    desk.record("notify", case, answers={**late, "late_reason": "The form timed out."}, today="2026-03-20")


# --- dates that contradict each other ------------------------------------------------------------------------

CHILD = {"id": "child-a"}
CONTRADICTIONS: tuple[tuple[str, Mapping[str, object], str], ...] = (
    ("new-referral", {**REFERRAL, "incident_on": "2026-03-20"}, "incident_on: this date lies in the future"),
    ("new-referral", {**REFERRAL, "happened_on": "2026-02-20", "incident_on": "2026-02-28"}, "incident_on: this is"),
    ("new-referral", {**REFERRAL, "la_aware_on": "2026-02-01", "incident_on": "2026-02-02"}, "la_aware_on: this is"),
    ("new-referral", {**REFERRAL, "harm_known_on": "2026-03-02", "la_aware_on": "2026-03-01"}, "la_aware_on: the"),
    (
        "new-referral",
        {**REFERRAL, "incident_on": "2026-03-01", "children": [{**CHILD, "died_on": "2026-02-01"}]},
        "children.1.died_on: this is before the incident",
    ),
    ("new-referral", {**REFERRAL, "children": [CHILD, CHILD]}, "children.2: this child is there twice"),
    ("decide REF", {**NOTIFY, "happened_on": "2026-03-01"}, "this is before the local authority became aware"),
    (
        "clarify ask REF",
        {"happened_on": "2026-03-02", "asked_of": "gp", "question": "When?", "reply_by": "2026-03-01"},
        "reply_by: this is before the question",
    ),
    (
        "action add REF",
        {
            "happened_on": "2026-03-02",
            "what": "Write it down.",
            "owner": "Head of Service",
            "agency": "gp",
            "due_on": "2026-02-02",
            "success": "It is.",
        },
        "due_on: this is before the day on which the action was agreed",
    ),
)


@pytest.mark.parametrize(("words", "answers", "said"), CONTRADICTIONS, ids=range(len(CONTRADICTIONS)))
def test_dates_that_contradict_each_other(desk: Desk, words: str, answers: Mapping[str, object], said: str) -> None:
    case = referred(desk)
    assert said in desk.refused(*words.replace("REF", case).split(), code=2, today="2026-03-03", answers=answers)


def test_a_reply_before_its_question_and_a_notification_before_the_clock(desk: Desk) -> None:
    case = referred(desk)
    desk.record("clarify", "ask", case, happened_on="2026-03-03", asked_of="gp", question="When?", today="2026-03-03")
    err = desk.refused("clarify", "reply", case, code=2, happened_on="2026-03-02", reply="On Friday.")
    assert "happened_on: this is before the question" in err
    assert "2026-03-03" not in err
    desk.record("decide", case, answers=NOTIFY, today="2026-03-03")
    err = desk.refused("notify", case, code=2, happened_on="2026-03-01", grounds=["one"])
    assert "happened_on: this is before the local authority became aware" in err


def test_a_return_needs_its_agency_date_and_kind(desk: Desk) -> None:
    case = notified(desk)
    desk.call("scope", case, "--agency", "police", "--agency", "gp", "--on", "2026-03-05", today="2026-03-05", code=0)
    before = desk.state()
    ran = desk.call("agency-return", case, "gp", "--answer", "nil", today="2026-03-06", code=2)
    assert "happened_on: this must be answered" in ran.err
    ran = desk.call("agency-return", case, "housing", "--answer", "nil", "--on", "today", today="2026-03-06", code=2)
    assert "agency: this agency has no open request. Open: police, gp" in ran.err
    assert desk.state() == before
    desk.call("agency-return", case, "gp", "--answer", "nil", "--on", "today", today="2026-03-06", code=0)
    file = desk.file(b"words", "return.docx")
    desk.call("agency-return", case, "police", "--file", file, "--on", "today", today="2026-03-06", code=0)
    assert "answer: attached" in desk.newest()


def test_all_outstanding_are_chased_in_one_case_or_in_every(desk: Desk) -> None:
    one, other = notified(desk), notified(desk)
    for case in (one, other):
        desk.call("scope", case, "--agency", "police", "--on", "2026-03-05", today="2026-03-05", code=0)
    count = int(desk.git("rev-list", "--count", "main"))
    desk.call("chase", one, "--all-outstanding", today="2026-03-09", code=0)
    desk.call("chase", "--all-outstanding", today="2026-03-10", code=0)
    assert int(desk.git("rev-list", "--count", "main")) == count + 3
    before = desk.state()
    assert desk.call("chase", today="2026-03-10", code=2).err.startswith("Say which case.")
    assert desk.state() == before
