"""What is put right, decided afresh, listed, settled and closed once a case is under way."""

from __future__ import annotations

import re

from tests.cli.cases import (
    NO_REVIEW,
    NOT_NOTIFY,
    NOTIFY,
    decided,
    referred,
)
from tests.cli.running import Desk, Ran, commit_by_hand, desk, pattern

__all__ = ["desk", "pattern"]


# --- putting right, deciding afresh --------------------------------------------------------------------------


def test_a_correction_is_a_new_record_and_the_original_stays(desk: Desk) -> None:
    case = referred(desk)
    wrong = desk.newest_id()
    assert "replaces.reason: this must be answered" in desk.refused(
        "correct", case, wrong, code=2, la_aware_on="2026-02-27"
    )
    why = {"replaces": {"reason": "The duty log says Friday."}}
    desk.record("correct", case, wrong, answers={**why, "la_aware_on": "2026-02-27"}, today="2026-03-05")
    right = desk.newest_id()
    assert re.fullmatch(rf"{case}: correction: referral", desk.git("log", "-1", "--format=%s").strip())
    assert "summary: Child A came to harm." in desk.newest()
    for record in (wrong, right):
        shown = desk.call("show", case, "--record", record, code=0).out
        for said in ("Fri 27 Feb 2026", "Mon 2 Mar 2026", "The duty log says Friday."):
            assert said in shown
    assert f"Correct the newer one: {right}" in desk.refused("correct", case, wrong, code=2, answers=why)


def test_a_correction_of_what_was_relied_on_asks_for_another_look(desk: Desk) -> None:
    case = referred(desk)
    wrong = desk.newest_id()
    desk.record("decide", case, answers=NOTIFY, today="2026-03-03")
    assert "No decision of this case needs another look." in desk.refused("confirm", case, code=1)
    desk.record("update", case, happened_on="2026-03-04", what="A second doctor was asked.", today="2026-03-04")
    assert "new since the decision" in desk.call("show", case).out.casefold()
    assert "needs another look" not in desk.call("show", case).out.casefold()
    why = {"replaces": {"reason": "The duty log says Friday."}, "la_aware_on": "2026-02-27"}
    done = desk.record("correct", case, wrong, answers=why, today="2026-03-05")
    assert [line.strip() for line in done.out.splitlines() if line.count("sptool") > 1] == []
    assert f"\n    sptool decide {case} --reconsider\n" in done.out
    assert "needs another look" in desk.call("show", case).out.casefold()
    stands = {"happened_on": "2026-03-06", "reason": "It changes nothing.", "decided_by": "Assistant Director"}
    desk.record("confirm", case, answers=stands, today="2026-03-06")
    assert "needs another look" not in desk.call("show", case).out.casefold()


def test_a_record_of_another_case_is_withdrawn(desk: Desk) -> None:
    case = referred(desk)
    desk.record("note", case, happened_on="2026-03-02", text="About another family.")
    note = desk.newest_id()
    assert "replaces.reason" in desk.refused("correct", case, note, "--withdraw", code=2)
    desk.record("correct", case, note, "--withdraw", replaces={"reason": "It was about another case."})
    assert "withdrawal: " not in desk.git("log", "-1", "--format=%s")
    assert "About another family." in desk.call("show", case, "--record", note, code=0).out


def test_a_decision_is_taken_afresh_with_who_asked_and_why(desk: Desk) -> None:
    case = decided(desk)
    first = desk.newest_id()
    assert "replaces.reason" in desk.refused("decide", case, "--reconsider", code=2, answers=NO_REVIEW)
    why = {"reason": "The Panel disagrees.", "asked_by": "The Panel"}
    again = {**NO_REVIEW, "happened_on": "2026-03-20", "criteria": {"improvements": "met"}, "outcome": "lcspr"}
    desk.record("decide", case, "--reconsider", answers={**again, "replaces": why}, today="2026-03-20")
    assert f"record: {first}" in desk.newest()
    assert "asked_by: The Panel" in desk.newest()
    shown = desk.call("show", case, "--record", first, code=0).out
    assert "The learning is already being put into practice." in shown
    assert "There is no decision to reconsider yet." in desk.refused("decide", referred(desk), "--reconsider", code=1)


def test_a_reconsideration_is_for_decide_alone(desk: Desk) -> None:
    case = referred(desk)
    err = desk.refused("note", case, code=2, happened_on="2026-03-02", text="Words.", replaces={"reason": "So."})
    assert "replaces: only a correction" in err


# --- closing, conflicts, the partnership's own questions -----------------------------------------------------


def test_a_case_with_an_open_duty_or_action_is_closed_with_a_word_about_it(desk: Desk) -> None:
    case = referred(desk)
    done = {"happened_on": "2026-03-03", "reason": "nothing-further"}
    err = desk.refused("close", case, code=2, today="2026-03-03", answers=done)
    assert "open_duties: still open: Notify the Panel" in err
    desk.record("decide", case, answers=NOT_NOTIFY, today="2026-03-03")
    action = {"what": "Write it down.", "owner": "Head", "agency": "gp", "due_on": "2026-04-02", "success": "It is."}
    desk.record("action", "add", case, answers={"happened_on": "2026-03-03", **action}, today="2026-03-03")
    err = desk.refused("close", case, code=2, today="2026-03-03", answers=done)
    assert "open_actions: actions are open: say who carries them" in err
    assert "open_duties" not in err
    receipt = {**done, "reason": "transferred", "open_actions": "The other area."}
    assert "receipt: give the receipt" in desk.refused("close", case, code=2, today="2026-03-03", answers=receipt)
    desk.record("close", case, answers={**done, "open_actions": "The GP."}, today="2026-03-03")
    assert "This case is closed." in desk.refused("update", case, code=1)
    assert "This case is already closed." in desk.refused("close", case, code=1)
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
    assert "difference: choose one of" in desk.refused("action", "assure", one, code=2, answers=own)
    own["difference"] = "too-early-to-say"
    assert "an action can't be assured by its owner" in desk.refused("action", "assure", one, code=2, answers=own)
    give_up = {"happened_on": "2026-03-02", "status": "not-implemented"}
    assert "reason: say why" in desk.refused("action", "update", one, code=2, answers=give_up)


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
    assert "No records of this case are in conflict." in desk.refused("resolve", case, code=1)
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
    assert "local.told-who: this must be answered: Who was told?" in desk.refused("note", case, code=2, answers=note)
    wrong = {"told-who": "everybody", "seen-on": "2026-02-30"}
    err = desk.refused("note", case, code=2, answers=note, local=wrong)
    assert "local.told-who: choose one of: nobody, somebody" in err
    assert "local.seen-on: there is no such date" in err
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
