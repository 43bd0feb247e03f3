"""Decisions: what the criteria point to, what needs a reason, what comes too early, and what is put right later."""

from __future__ import annotations

import re
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
from tests.cli.running import Desk, Ran, commit_by_hand, desk, pattern

__all__ = ["desk", "pattern"]


def _refused(
    desk: Desk,
    *words: str,
    code: int,
    today: str = "2026-03-20",
    answers: Mapping[str, object] | None = None,
    **more: object,
) -> str:
    """What is said of a step that must be refused and leave everything alone."""
    before = desk.state()
    ran = desk.record(*words, answers={**(answers or {}), **more}, code=code, today=today)
    assert desk.state() == before
    return ran.err


def _newest_id(desk: Desk) -> str:
    return str(desk.git("log", "-1", "--format=%(trailers:key=Record,valueonly)").strip())


# --- what the criteria point to ------------------------------------------------------------------------------


def test_what_the_criteria_point_to_is_said_clause_by_clause(desk: Desk) -> None:
    case = referred(desk)
    err = " ".join(desk.record("decide", case, answers=NOTIFY, today="2026-03-03").err.split())
    assert "Child A: Abuse or neglect known or suspected: met. [Children Act 2004" in err
    assert "The answers point to: notify the Panel. Met: ground one." in err


def test_a_ground_met_and_not_notified_needs_authority_and_reason(desk: Desk) -> None:
    case = referred(desk)
    against = {**NOT_NOTIFY, "criteria": [criteria(*GROUND_ONE)]}
    err = _refused(desk, "decide", case, code=2, answers=against)
    assert "duty_not_followed: ground one is met, so the Panel must be notified (Children Act 2004 s16C)" in err
    half = {**against, "duty_not_followed": {"authorised_by": "Chief Executive"}}
    assert "duty_not_followed.reason: this must be answered" in _refused(desk, "decide", case, code=2, answers=half)
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
    assert "against_criteria: no ground is met" in _refused(desk, "decide", case, code=2, answers=against)
    desk.record("decide", case, answers={**against, "against_criteria": "To be on the safe side."}, today="2026-03-03")


def test_the_local_review_decision_needs_every_partner_and_a_reason_against_the_criteria(desk: Desk) -> None:
    case = notified(desk)
    desk.record("rapid-review", case, answers=HELD, today="2026-03-18")
    one = {**NO_REVIEW, "positions": [{"partner": "police", "position": "disagrees", "note": "More is to be learned."}]}
    err = _refused(desk, "decide", case, code=2, answers=one)
    assert "the position of `icb` is missing" in err
    against = {**NO_REVIEW, "criteria": {"improvements": "met"}}
    assert "against_criteria: this goes against" in _refused(desk, "decide", case, code=2, answers=against)


# --- too early, and already happened -------------------------------------------------------------------------

TOO_EARLY: tuple[tuple[str, str, str], ...] = (
    ("notify", "It is not yet decided whether to notify.", "sptool decide REF"),
    ("share-rationale", "There is no decision to share yet.", "sptool decide REF"),
    ("scope", "It is not yet decided whether to notify.", "sptool decide REF"),
    ("agency-return", "No agency has an open request in this case.", "sptool scope REF"),
    ("chase", "No agency has an open request in this case.", "sptool scope REF"),
    ("rapid-review", "It is not yet decided whether to notify.", "sptool decide REF"),
    ("submit", "It is not yet decided whether to notify.", "sptool decide REF"),
    ("panel-reply", "Nothing was sent to the Panel yet.", "sptool submit REF"),
    ("review commission", "No local review (LCSPR) is decided.", "sptool decide REF"),
    ("outcome", "This case was not sent to the Task & Finish group.", "sptool nominate REF"),
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
        assert f"First: sptool notify {case}" in _refused(desk, words, case, code=1)


def test_nothing_to_decide_is_said(desk: Desk) -> None:
    case = referred(desk)
    desk.record("decide", case, answers=NOT_NOTIFY, today="2026-03-03")
    err = _refused(desk, "decide", case, code=1)
    assert "no further decision is awaited" in err
    assert f"sptool decide {case} --reconsider" in err
    assert "already has a local review decision" in _refused(desk, "decide", decided(desk), code=1)


def test_what_has_already_happened_is_recorded_with_a_reason_and_marked(desk: Desk) -> None:
    case = desk.record("new-referral", answers=REFERRAL).case
    sent = {"happened_on": "2026-03-02", "grounds": ["one"], "out_of_order": "It had been sent when we heard of it."}
    desk.record("notify", case, answers=sent)
    assert "out of order" in desk.call("show", case).out.casefold()
    assert "out_of_order: " in desk.newest()


def test_what_would_contradict_the_case_is_refused_even_then(desk: Desk) -> None:
    case = notified(desk)
    again = {"happened_on": "2026-03-04", "grounds": ["one"], "out_of_order": "Late."}
    assert "already recorded" in _refused(desk, "notify", case, code=1, answers=again)
    assert "This case is not closed." in _refused(desk, "reopen", case, code=1)


def test_being_late_needs_a_reason(desk: Desk) -> None:
    case = referred(desk)
    desk.record("decide", case, answers=NOTIFY, today="2026-03-03")
    late = {"happened_on": "2026-03-12", "grounds": ["one"]}
    assert "late_reason: it was due on Mon 9 Mar 2026: say why it is late" in _refused(
        desk, "notify", case, code=2, answers=late
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
    assert said in _refused(desk, *words.replace("REF", case).split(), code=2, today="2026-03-03", answers=answers)


def test_a_reply_before_its_question_and_a_notification_before_the_clock(desk: Desk) -> None:
    case = referred(desk)
    desk.record("clarify", "ask", case, happened_on="2026-03-03", asked_of="gp", question="When?", today="2026-03-03")
    err = _refused(desk, "clarify", "reply", case, code=2, happened_on="2026-03-02", reply="On Friday.")
    assert "happened_on: this is before the question" in err
    assert "2026-03-03" not in err
    desk.record("decide", case, answers=NOTIFY, today="2026-03-03")
    err = _refused(desk, "notify", case, code=2, happened_on="2026-03-01", grounds=["one"])
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


# --- putting right, deciding afresh --------------------------------------------------------------------------


def test_a_correction_is_a_new_record_and_the_original_stays(desk: Desk) -> None:
    case = referred(desk)
    wrong = _newest_id(desk)
    assert "replaces.reason: this must be answered" in _refused(
        desk, "correct", case, wrong, code=2, la_aware_on="2026-02-27"
    )
    why = {"replaces": {"reason": "The duty log says Friday."}}
    desk.record("correct", case, wrong, answers={**why, "la_aware_on": "2026-02-27"}, today="2026-03-05")
    right = _newest_id(desk)
    assert re.fullmatch(rf"{case}: correction: referral", desk.git("log", "-1", "--format=%s").strip())
    assert "summary: Child A came to harm." in desk.newest()
    for record in (wrong, right):
        shown = desk.call("show", case, "--record", record, code=0).out
        for said in ("Fri 27 Feb 2026", "Mon 2 Mar 2026", "The duty log says Friday."):
            assert said in shown
    assert f"Correct the newer one: {right}" in _refused(desk, "correct", case, wrong, code=2, answers=why)


def test_a_correction_of_what_was_relied_on_asks_for_another_look(desk: Desk) -> None:
    case = referred(desk)
    wrong = _newest_id(desk)
    desk.record("decide", case, answers=NOTIFY, today="2026-03-03")
    assert "No decision of this case needs another look." in _refused(desk, "confirm", case, code=1)
    desk.record("update", case, happened_on="2026-03-04", what="A second doctor was asked.", today="2026-03-04")
    assert "new since the decision" in desk.call("show", case).out.casefold()
    assert "needs another look" not in desk.call("show", case).out.casefold()
    why = {"replaces": {"reason": "The duty log says Friday."}, "la_aware_on": "2026-02-27"}
    desk.record("correct", case, wrong, answers=why, today="2026-03-05")
    assert "needs another look" in desk.call("show", case).out.casefold()
    stands = {"happened_on": "2026-03-06", "reason": "It changes nothing.", "decided_by": "Assistant Director"}
    desk.record("confirm", case, answers=stands, today="2026-03-06")
    assert "needs another look" not in desk.call("show", case).out.casefold()


def test_a_record_of_another_case_is_withdrawn(desk: Desk) -> None:
    case = referred(desk)
    desk.record("note", case, happened_on="2026-03-02", text="About another family.")
    note = _newest_id(desk)
    assert "replaces.reason" in _refused(desk, "correct", case, note, "--withdraw", code=2)
    desk.record("correct", case, note, "--withdraw", replaces={"reason": "It was about another case."})
    assert "withdrawal: " not in desk.git("log", "-1", "--format=%s")
    assert "About another family." in desk.call("show", case, "--record", note, code=0).out


def test_a_decision_is_taken_afresh_with_who_asked_and_why(desk: Desk) -> None:
    case = decided(desk)
    first = _newest_id(desk)
    assert "replaces.reason" in _refused(desk, "decide", case, "--reconsider", code=2, answers=NO_REVIEW)
    why = {"reason": "The Panel disagrees.", "asked_by": "The Panel"}
    again = {**NO_REVIEW, "happened_on": "2026-03-20", "criteria": {"improvements": "met"}, "outcome": "lcspr"}
    desk.record("decide", case, "--reconsider", answers={**again, "replaces": why}, today="2026-03-20")
    assert f"record: {first}" in desk.newest()
    assert "asked_by: The Panel" in desk.newest()
    shown = desk.call("show", case, "--record", first, code=0).out
    assert "The learning is already being put into practice." in shown
    assert "There is no decision to reconsider yet." in _refused(desk, "decide", referred(desk), "--reconsider", code=1)


def test_a_reconsideration_is_for_decide_alone(desk: Desk) -> None:
    case = referred(desk)
    err = _refused(desk, "note", case, code=2, happened_on="2026-03-02", text="Words.", replaces={"reason": "So."})
    assert "replaces: only a correction" in err


# --- closing, conflicts, the partnership's own questions -----------------------------------------------------


def test_a_case_with_an_open_duty_or_action_is_closed_with_a_word_about_it(desk: Desk) -> None:
    case = referred(desk)
    done = {"happened_on": "2026-03-03", "reason": "nothing-further"}
    err = _refused(desk, "close", case, code=2, today="2026-03-03", answers=done)
    assert "open_duties: still open: Notify the Panel" in err
    desk.record("decide", case, answers=NOT_NOTIFY, today="2026-03-03")
    action = {"what": "Write it down.", "owner": "Head", "agency": "gp", "due_on": "2026-04-02", "success": "It is."}
    desk.record("action", "add", case, answers={"happened_on": "2026-03-03", **action}, today="2026-03-03")
    err = _refused(desk, "close", case, code=2, today="2026-03-03", answers=done)
    assert "open_actions: actions are open: say who carries them" in err
    assert "open_duties" not in err
    receipt = {**done, "reason": "transferred", "open_actions": "The other area."}
    assert "receipt: give the receipt" in _refused(desk, "close", case, code=2, today="2026-03-03", answers=receipt)
    desk.record("close", case, answers={**done, "open_actions": "The GP."}, today="2026-03-03")
    assert "This case is closed." in _refused(desk, "update", case, code=1)
    assert "This case is already closed." in _refused(desk, "close", case, code=1)
    desk.record("reopen", case, happened_on="2026-03-04", reason="More has come to light.", today="2026-03-04")


def test_actions_are_listed_for_a_case_and_for_all(desk: Desk) -> None:
    one, other = referred(desk), referred(desk)
    assert desk.call("action", "list", code=0).out == "No action is open in any case.\n"
    action = {"what": "Write it down.", "agency": "gp", "success": "It is written.", "happened_on": "2026-03-02"}
    desk.record("action", "add", one, answers={**action, "owner": "Head of Service", "due_on": "2026-05-01"})
    desk.record("action", "add", other, answers={**action, "owner": "Named Nurse", "due_on": "2026-04-01"})
    assert [row["owner"] for row in desk.call("action", "list", "--json").data] == ["Named Nurse", "Head of Service"]
    (row,) = desk.call("action", "list", one, "--json").data
    assert (row["case"], row["status"], row["due"]) == (one, "not-started", "2026-05-01")
    assert "Head of Service" in desk.call("action", "list", one, code=0).out
    own = {"happened_on": "2026-03-02", "assured_by": "head of service", "evidence": "Seen.", "difference": "x"}
    assert "difference: choose one of" in _refused(desk, "action", "assure", one, code=2, answers=own)
    own["difference"] = "too-early-to-say"
    assert "whoever assures an action is not its owner" in _refused(desk, "action", "assure", one, code=2, answers=own)
    give_up = {"happened_on": "2026-03-02", "status": "not-implemented"}
    assert "reason: say why" in _refused(desk, "action", "update", one, code=2, answers=give_up)


def _decided_elsewhere(desk: Desk, case: str) -> Ran:
    """Two officers decide the same case in two clones, and one of them fetches and merges."""
    base = desk.git("rev-parse", "main").strip()
    desk.record("decide", case, answers=NOTIFY, today="2026-03-03")
    theirs = desk.git("rev-parse", "main").strip()
    desk.git("reset", "-q", "--hard", base)
    desk.record("decide", case, answers=NOT_NOTIFY, today="2026-03-04")
    desk.git("merge", "-q", "--no-edit", theirs)
    return desk.call("show", case)


def test_a_conflict_is_shown_and_settled(desk: Desk) -> None:
    case = referred(desk)
    assert "No records of this case are in conflict." in _refused(desk, "resolve", case, code=1)
    assert "conflict" in _decided_elsewhere(desk, case).out.casefold()
    both = desk.git("log", "--format=%(trailers:key=Record,valueonly)", "--grep=Step: notification-decision").split()
    settled = {"happened_on": "2026-03-05", "reason": "It was decided first.", "decided_by": "Assistant Director"}
    desk.record("resolve", case, answers={**settled, "stands": both[0], "set_aside": both[1]}, today="2026-03-05")
    assert "conflicting records" not in desk.call("show", case).out.casefold()
    desk.assert_sound()


OWN = b"""questions:
  note:
    - id: told-who
      ask: Who was told?
      type: choice
      choices: [nobody, somebody]
      required: true
    - id: seen-on
      ask: When was it seen?
      type: date
"""


def test_the_partnerships_own_questions_are_asked_in_forms_and_checked(desk: Desk) -> None:
    edition = (desk.folder / "framework" / "2022-01.yaml").read_bytes()
    changed = edition.replace(b"questions: {}\n", OWN).replace(b"edition: 2022-01", b"edition: 2026-03")
    changed = changed.replace(b'edition: "2022-01"', b'edition: "2026-03"')
    assert changed.count(b"told-who") == 1
    desk.call("framework", "adopt", desk.file(changed, "2026-03.yaml"), code=0)
    case = referred(desk)
    form = desk.call("form", "note", case, code=0).out
    assert form.count("local:") == 1
    assert "Who was told? (required, one of:)" in form
    note = {"happened_on": "2026-03-02", "text": "Words."}
    assert "local.told-who: this must be answered: Who was told?" in _refused(desk, "note", case, code=2, answers=note)
    wrong = {"told-who": "everybody", "seen-on": "2026-02-30"}
    err = _refused(desk, "note", case, code=2, answers=note, local=wrong)
    assert "local.told-who: choose one of: nobody, somebody" in err
    assert "local.seen-on: write the date as YYYY-MM-DD" in err
    desk.record("note", case, answers={**note, "local": {"told-who": "nobody"}})
    desk.assert_sound()


def test_what_a_user_staged_by_hand_is_neither_recorded_nor_lost(desk: Desk) -> None:
    case = referred(desk)
    commit_by_hand(desk, "mine.txt", b"first\n")
    (desk.folder / "mine.txt").write_bytes(b"staged\n")
    desk.git("add", "mine.txt")
    desk.record("note", case, happened_on="2026-03-02", text="Words.")
    assert desk.git("show", "--format=", "--name-only", "main").strip().endswith(".yaml")
    assert desk.git("diff", "--cached", "--name-only").strip() == "mine.txt"
