"""An officer at a real terminal: prompts, the editor, stopping half-way, going on."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sptool.text.yaml import write_yaml
from tests.cli.cases import NOT_NOTIFY, NOTIFY, REFERRAL, referred
from tests.cli.running import MONDAY, Desk, desk, pattern

if TYPE_CHECKING:
    import pexpect
else:
    pexpect = pytest.importorskip("pexpect", reason="there is no pseudo-terminal here")

__all__ = ["desk", "pattern"]

ENTER, DOWN, SPACE, STOP = "\r", "\x1b[B", " ", "\x03"
SUMMARY = "Child A has a broken arm that nobody can explain."


@contextmanager
def terminal(desk: Desk, *words: str, editor: str = "") -> Iterator[pexpect.spawn[str]]:
    """sptool in a terminal of 80 columns."""
    own = {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **({"EDITOR": editor} if editor else {})}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "sptool", *words],
        cwd=str(desk.folder),
        env={**desk.environment(MONDAY), **own},
        dimensions=(50, 80),
        timeout=60,
        encoding="utf-8",
    )
    try:
        yield child
    finally:
        child.close(force=True)


def answer(child: pexpect.spawn[str], question: str, *keys: str) -> None:
    """Waits for a question and types."""
    child.expect(re.escape(question))
    for key in keys:
        child.send(key)


def to_the_summary(child: pexpect.spawn[str]) -> None:
    """Answers what must be answered of a referral, up to the line about what happened."""
    answer(child, "Is any child at risk now?", DOWN, ENTER)
    answer(child, "Who called?", ENTER)
    child.expect("What happened, in one line")


def the_rest(child: pexpect.spawn[str]) -> None:
    """Answers the rest of a referral as briefly as possible."""
    answer(child, "become aware?", "unknown", ENTER)
    answer(child, "What else is known?", ENTER)
    answer(child, "identifying details", "n")


def test_a_referral_needs_four_answers(desk: Desk) -> None:
    with terminal(desk, "new-referral") as child:
        to_the_summary(child)
        child.send(SUMMARY + ENTER)
        the_rest(child)
        answer(child, "Record this?", ENTER)
        child.expect(r"Recorded (HSP-2026-\w{5}): referral")
        child.expect("clock unknown")
        answer(child, "Go on with: sptool decide", "n")
        child.expect(pexpect.EOF)
    desk.assert_sound()
    assert SUMMARY in desk.newest()
    assert desk.drafts() == []


def test_stopping_after_a_step_does_not_undo_it_in_words(desk: Desk) -> None:
    with terminal(desk, "new-referral") as child:
        to_the_summary(child)
        child.send(SUMMARY + ENTER)
        the_rest(child)
        answer(child, "Record this?", ENTER)
        answer(child, "Go on with: sptool decide", STOP)
        child.expect(r"Stopped. Recorded all the same: HSP-2026-\w{5}: referral")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0
    assert SUMMARY in desk.newest()


def test_stopping_in_the_next_step_says_which_one_is_recorded(desk: Desk) -> None:
    with terminal(desk, "new-referral") as child:
        to_the_summary(child)
        child.send(SUMMARY + ENTER)
        the_rest(child)
        answer(child, "Record this?", ENTER)
        answer(child, "Go on with: sptool decide", ENTER)
        answer(child, "When", STOP)
        child.expect(pexpect.EOF)
        said = child.before or ""
        child.wait()
        assert child.exitstatus == 130
    assert "Nothing was recorded" not in said
    assert re.search(r"Recorded all the same: HSP-2026-\w{5}: referral", said)
    assert SUMMARY in desk.newest()


def test_the_first_question_is_always_about_a_child_at_risk(desk: Desk) -> None:
    with terminal(desk, "new-referral") as child:
        asked = ["Is any child at risk now", "Who called", "When was", "What happened"]
        assert child.expect_exact(asked) == 0


def test_ctrl_c_keeps_a_private_draft_and_says_how_to_go_on(desk: Desk) -> None:
    before = desk.state()
    with terminal(desk, "new-referral") as child:
        to_the_summary(child)
        child.send(SUMMARY + ENTER)
        answer(child, "become aware?", STOP)
        child.expect("Nothing was recorded")
        child.expect("sptool new-referral --resume")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 130
    assert desk.state() == before
    (draft,) = desk.drafts()
    assert SUMMARY in draft.read_text("utf-8")
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert desk.folder not in draft.parents
    with terminal(desk, "new-referral", "--resume") as child:
        the_rest(child)
        answer(child, "Record this?", ENTER)
        child.expect("Recorded HSP-2026")
    assert SUMMARY in desk.newest()
    assert desk.drafts() == []


def test_a_closed_terminal_keeps_a_private_draft(desk: Desk) -> None:
    before = desk.state()
    with terminal(desk, "new-referral") as child:
        to_the_summary(child)
        child.send(SUMMARY + ENTER)
        child.expect("become aware")
        child.close(force=True)
    assert desk.state() == before
    assert SUMMARY in desk.drafts()[0].read_text("utf-8")


def test_a_pick_that_may_not_be_empty_is_asked_again_at_once(desk: Desk) -> None:
    case = referred(desk)
    desk.record("decide", case, answers={**NOTIFY, "happened_on": MONDAY})
    before = desk.state()
    with terminal(desk, "notify", case) as child:
        answer(child, "When was the notification sent?", ENTER)
        answer(child, "On which ground?", SPACE, ENTER)
        child.expect("Pick at least one")
        answer(child, "On which ground?", STOP)
        child.expect(pexpect.EOF)
    assert desk.state() == before


def test_a_killed_editor_loses_nothing_that_was_typed(desk: Desk, tmp_path: Path) -> None:
    editor = script(tmp_path, 'printf "First line.\\nSecond line.\\n# a comment\\n" > "$1"; kill -9 $$')
    before = desk.state()
    with terminal(desk, "new-referral", editor=editor) as child:
        to_the_summary(child)
        child.send(":e" + ENTER)
        child.expect("Nothing was recorded")
        child.expect("sptool new-referral --resume")
        child.expect(pexpect.EOF)
    assert desk.state() == before
    (draft,) = desk.drafts()
    kept = draft.read_text("utf-8")
    assert "caller: local-authority" in kept
    assert "summary: |-\n  First line.\n  Second line.\n" in kept
    assert "a comment" not in kept


def test_a_killed_editor_keeps_the_reason_for_a_correction_too(desk: Desk, tmp_path: Path) -> None:
    given = {"caller": "anonymous", "at_risk_now": "no", "la_aware_on": MONDAY, "summary": SUMMARY}
    case = desk.record("new-referral", answers=given).case
    editor = script(tmp_path, 'printf "The log says Friday.\\n" > "$1"; kill -9 $$')
    before = desk.state()
    with terminal(desk, "correct", case, desk.newest_id(), "--on", "today", editor=editor) as child:
        answer(child, "Why is it corrected?", ":e" + ENTER)
        child.expect("Nothing was recorded")
        child.expect(pexpect.EOF)
    assert desk.state() == before
    (draft,) = desk.drafts()
    assert "reason: The log says Friday." in draft.read_text("utf-8")


def test_prose_can_be_written_in_an_editor(desk: Desk, tmp_path: Path) -> None:
    editor = script(tmp_path, 'printf "First line.\\nSecond line.\\n# a comment\\n" > "$1"')
    with terminal(desk, "new-referral", editor=editor) as child:
        to_the_summary(child)
        child.send(":e" + ENTER)
        the_rest(child)
        answer(child, "Record this?", ENTER)
        child.expect("Recorded HSP-2026")
    assert "summary: |-\n  First line.\n  Second line.\n" in desk.newest()


def test_a_date_is_checked_as_it_is_typed(desk: Desk) -> None:
    with terminal(desk, "new-referral") as child:
        to_the_summary(child)
        child.send(SUMMARY + ENTER)
        answer(child, "become aware?", "31/2/2026", ENTER)
        child.expect("There is no such date: that month has 28 days. Write the date as")
        child.send("\x15" + "before 1 March 2026" + ENTER)
        child.expect("Write the date alone")
        child.send("\x15" + "yesterday" + ENTER)
        child.expect("Sunday 1 March 2026")
        child.expect("What else is known")


def test_a_date_without_its_year_is_shown_in_full(desk: Desk) -> None:
    with terminal(desk, "new-referral") as child:
        to_the_summary(child)
        child.send(SUMMARY + ENTER)
        answer(child, "become aware?", "28 Feb", ENTER)
        child.expect("Saturday 28 February 2026")
        answer(child, "What else is known?", ENTER)
        answer(child, "identifying details", "n")
        answer(child, "Record this?", ENTER)
        child.expect("Recorded HSP-2026")
    assert "la_aware_on: 2026-02-28" in desk.newest()


def test_what_was_said_of_a_child_stays_when_the_question_is_put_again(desk: Desk) -> None:
    wrong = "children:\n- {id: child-a, outcome: died, died_on: 2026-03-20, age: '9'}\n- {id: child-b, age: '4'}\n"
    flags = ("--caller", "police", "--at-risk-now", "no", "--la-aware-on", MONDAY)
    said = desk.call("new-referral", *flags, "--from", "-", stdin=f"summary: {SUMMARY}\n{wrong}", code=2).err
    assert "children.1.died_on: this date lies in the future" in said
    with terminal(desk, "new-referral", "--resume") as child:
        answer(child, "What else is known?", ENTER)
        answer(child, "identifying details", "n")
        child.expect("this date lies in the future")
        child.expect("Child A:")
        answer(child, "What else is known?", DOWN, SPACE, ENTER)
        answer(child, "If the child died: when?", "1 March 2026" + ENTER)
        child.expect("Child B:")
        answer(child, "What else is known?", ENTER)
        answer(child, "Another one?", "n")
        answer(child, "Record this?", ENTER)
        child.expect("Recorded HSP-2026")
    for line in ("outcome: died", "died_on: 2026-03-01", "age: '9'", "- id: child-b", "age: '4'"):
        assert line in desk.newest()


def test_a_partners_note_stays_when_another_position_is_put_right(desk: Desk) -> None:
    case = desk.record("new-referral", answers=REFERRAL).case
    wrong = [{"partner": "icb", "position": "disagrees", "note": "Wait."}, {"partner": "police", "position": "maybe"}]
    content = write_yaml(json.loads(json.dumps({**NOT_NOTIFY, "happened_on": MONDAY, "positions": wrong})))
    desk.call("decide", case, "--from", "-", stdin=content, code=2)
    with terminal(desk, "decide", case, "--resume") as child:
        answer(child, "What else is known?", ENTER)
        for partner in ("Local authority", "Police", "Integrated care board"):
            answer(child, partner)
            answer(child, "What is its position?", ENTER)
            answer(child, "What else is known?", ENTER)
        answer(child, "Record this?", ENTER)
        child.expect("notification decision: do not notify")
    assert "- partner: icb\n  position: disagrees\n  note: Wait.\n" in desk.newest()


def test_a_name_is_stopped_and_its_label_put_in_instead(desk: Desk) -> None:
    known = {"people": [{"id": "child-a", "name": "Robin Examplechild"}]}
    case = desk.record(
        "new-referral",
        caller="anonymous",
        at_risk_now="no",
        la_aware_on=MONDAY,
        happened_on=MONDAY,
        summary="Child A is hurt.",
        private=known,
    ).case
    with terminal(desk, "note", case) as child:
        answer(child, "As of when?", ENTER)
        answer(child, "What should be noted?", "The school saw Examplechild on Friday." + ENTER)
        child.expect("this identifies somebody")
        answer(child, "What should stand there?", ENTER)
        answer(child, "Record this?", ENTER)
        child.expect("Recorded")
    assert "The school saw Child A on Friday." in desk.newest()
    assert "Examplechild" not in desk.newest()


def test_a_step_that_is_not_possible_yet_is_refused_before_any_question(desk: Desk) -> None:
    case = desk.record(
        "new-referral", caller="anonymous", at_risk_now="no", la_aware_on=MONDAY, happened_on=MONDAY, summary="A note."
    ).case
    before = desk.state()
    with terminal(desk, "submit", case) as child:
        child.expect("It is not yet decided whether to notify")
        answer(child, "Has it already happened", "n")
        child.expect(f"First: sptool decide {case}")
        child.expect(pexpect.EOF)
    assert desk.state() == before


def test_criteria_are_asked_child_by_child_and_what_they_point_to_is_shown(desk: Desk) -> None:
    case = desk.record(
        "new-referral",
        caller="anonymous",
        at_risk_now="no",
        la_aware_on=MONDAY,
        happened_on=MONDAY,
        summary="Two children are hurt.",
        children=[{"id": "child-a"}, {"id": "child-b"}],
    ).case
    with terminal(desk, "decide", case) as child:
        answer(child, "When was it decided?", ENTER)
        for label in ("Child A:", "Child B:"):
            child.expect(label)
            for criterion in ("Abuse or neglect", "Died or was", "In our area", "looked-after", "care leaver"):
                answer(child, criterion, ENTER)
            answer(child, "What else is known?", ENTER)
        child.expect("The answers point to: notify the Panel")
        answer(child, "What was decided?", ENTER)
        answer(child, "What is the rationale?", "Both are seriously hurt." + ENTER)
        answer(child, "Who decided?", "Assistant Director" + ENTER)
        answer(child, "What else is known?", ENTER)
        answer(child, "Record this?", ENTER)
        child.expect("notification decision: notify")
        answer(child, "Go on with: sptool notify", "n")
        child.expect(pexpect.EOF)
    assert desk.newest().count("abuse-or-neglect: met") == 2


def script(place: Path, line: str) -> str:
    """An editor that does one thing."""
    file = place / "editor"
    file.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return os.fspath(file)
