"""An officer at a terminal, with a return form whose answers do not all stand where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.running import Desk, desk, pattern
from tests.cli.test_returning import ANSWERS, BACK, YES, answered, blank, case, kept, newest
from tests.cli.test_terminal import DOWN, ENTER, STOP, answer, terminal
from tests.documents.returning.filling import filled, looking, with_text_below

if TYPE_CHECKING:
    import pexpect
else:
    pexpect = pytest.importorskip("pexpect", reason="there is no pseudo-terminal here")

__all__ = ["blank", "case", "desk", "pattern"]

NAMED = {**ANSWERS, "B1": "Testy was seen.", "P1a": "Sibling C", "P1b": "Testy Fictional"}


def words(desk: Desk, case: str, form: bytes, *more: str) -> tuple[str, ...]:
    return ("--today", BACK, "agency-return", case, "--from", str(desk.file(form, "back.docx")), *more)


def test_what_has_no_place_is_placed_and_names_become_labels_before_anything_is_recorded(
    desk: Desk, case: str, blank: bytes
) -> None:
    form = with_text_below(answered(blank, {**NAMED, "A6": "in March"}), "One more thing.")
    with terminal(desk, *words(desk, case, form)) as child:
        child.expect("What the form says")
        child.expect("Testy was seen")
        child.expect("Not placed, 1 of 2: at A6: this is not one date")
        answer(child, "Where does it belong?", ENTER)
        answer(child, "A6 When was it signed off?", "6 March 2026", ENTER)
        child.expect("Not placed, 2 of 2: in the text below N1")
        child.expect("One more thing.")
        answer(child, "Where does it belong?", "good practice", ENTER)
        answer(child, "When did the return arrive?", ENTER)
        child.expect("this identifies somebody")
        answer(child, "What should stand there?", ENTER)
        answer(child, "Record this?", ENTER)
        child.expect("Recorded")
        child.expect(pexpect.EOF)
    record = newest(desk)
    assert record["involvement"] == "Sibling C was seen."
    assert (record["good_practice"], record["signed_off_on"]) == ("One more thing.", "2026-03-06")
    assert kept(desk, case, "attachment-1.docx") == form
    assert "Testy" not in desk.git("log", "-p", "main")
    assert desk.drafts() == []
    desk.assert_sound()


def test_stopping_half_way_records_nothing_and_going_on_needs_the_form_again(
    desk: Desk, case: str, blank: bytes
) -> None:
    form = with_text_below(answered(blank, NAMED), "One more thing.")
    before = desk.state()
    with terminal(desk, *words(desk, case, form)) as child:
        answer(child, "Where does it belong?", "B2 ", ENTER)
        answer(child, "When did the return arrive?", ENTER)
        answer(child, "What should stand there?", STOP)
        child.expect(f"sptool agency-return {case} --from FORM --resume")
        child.expect(pexpect.EOF)
    assert desk.state() == before
    with terminal(desk, *words(desk, case, form, "--resume")) as child:
        answer(child, "What should stand there?", ENTER)
        answer(child, "Record this?", ENTER)
        child.expect("Recorded")
        child.expect(pexpect.EOF)
    assert newest(desk)["voice"] == "One more thing."
    assert kept(desk, case, "attachment-1.docx") == form


def test_struck_out_words_are_left_out_unless_the_officer_says_otherwise_and_a_marked_choice_is_asked_about(
    desk: Desk, case: str, blank: bytes
) -> None:
    form = filled(blank, {**ANSWERS, "B5": "Nobody rang. Old words.", "B6": "Hidden words."})
    form = looking(looking(form, "Old words.", "<w:strike/>"), "Hidden words.", "<w:vanish/>")
    form = looking(form, YES, '<w:highlight w:val="yellow"/>')
    with terminal(desk, *words(desk, case, form)) as child:
        child.expect("Not placed, 1 of 3: at A1: nothing is ticked, but one choice is highlighted")
        child.expect(YES)
        answer(child, "Which is it?", ENTER)
        child.expect("Not placed, 2 of 3: at B5: it is struck out")
        child.expect("Old words.")
        answer(child, "Where does it belong?", ENTER)
        child.expect("Not placed, 3 of 3: at B6: it is hidden")
        answer(child, "Where does it belong?", "actions were taken", ENTER)
        answer(child, "When did the return arrive?", ENTER)
        answer(child, "Record this?", ENTER)
        child.expect("Recorded")
        child.expect(pexpect.EOF)
    record = newest(desk)
    assert (record["answer"], record["gaps"]) == ("written-here", "Nobody rang.")
    assert record["immediate_actions"] == "Hidden words."
    assert "Old words" not in desk.newest()
    assert kept(desk, case, "attachment-1.docx") == form


def test_an_officer_says_whether_it_is_a_nil_return_and_may_stop(desk: Desk, case: str, blank: bytes) -> None:
    before = desk.state()
    with terminal(desk, *words(desk, case, with_text_below(blank, "Sorry, no time."))) as child:
        answer(child, "Where does it belong?", "record nothing", ENTER)
        child.expect("Stopped before recording")
        child.expect(pexpect.EOF)
    assert desk.state() == before
    with terminal(desk, *words(desk, case, filled(blank, {"B1": "We do not know this child."}))) as child:
        child.expect("does not say whether it is a nil return")
        answer(child, "What is it?", DOWN, "\x1b[A", ENTER)
        answer(child, "When did the return arrive?", ENTER)
        answer(child, "Record this?", ENTER)
        child.expect("Recorded")
    assert newest(desk)["answer"] == "nil"
