"""Two officers on one folder: no step is mixed with another or lost.

A pipe as the source of answers holds one officer at the moment when the case is read and nothing is recorded yet.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sptool.text.yaml import write_yaml
from tests.cli.cases import NOT_NOTIFY, NOTIFY, referred
from tests.cli.running import Desk, desk, pattern

__all__ = ["desk", "pattern"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no named pipes in the file system")

NOTE = {"happened_on": "2026-03-02", "text": "The first officer's words."}


@contextmanager
def _held_back(desk: Desk, place: Path, *words: str, answers: bytes) -> Iterator[subprocess.Popen[bytes]]:
    """An officer who has read the case, and whose answers come only when the block ends."""
    fifo = place / "answers"
    os.mkfifo(fifo)
    officer = desk.start(*words, "--from", fifo)
    with fifo.open("wb") as pipe:  # opens only once the officer reads
        yield officer
        pipe.write(answers)


def _ended(officer: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = officer.communicate(timeout=120)
    return officer.returncode, out.decode(), err.decode()


def test_the_second_in_the_same_case_is_refused_and_loses_nothing(desk: Desk, tmp_path: Path) -> None:
    case = referred(desk)
    with _held_back(desk, tmp_path, "note", case, answers=write_yaml(NOTE)) as first:
        desk.record("note", case, happened_on="2026-03-02", text="The second officer's words.")
    newest = desk.state()
    code, out, err = _ended(first)
    assert (code, out) == (1, "")
    assert "Somebody recorded a step in this case while you were writing." in err
    assert "--resume" in err
    assert "officer's words" not in err
    assert desk.state() == newest
    assert len(desk.drafts()) == 1
    desk.call("note", case, "--resume", code=0)
    assert "The first officer's words." in desk.newest()
    assert desk.drafts() == []
    desk.assert_sound()


def test_in_another_case_both_are_recorded(desk: Desk, tmp_path: Path) -> None:
    case, other = referred(desk), referred(desk)
    with _held_back(desk, tmp_path, "note", case, answers=write_yaml(NOTE)) as first:
        desk.record("note", other, happened_on="2026-03-02", text="The second officer's words.")
    assert _ended(first)[0] == 0
    texts = desk.git("log", "-2", "-p", "--format=", "main")
    assert "The first officer's words." in texts
    assert "The second officer's words." in texts
    desk.assert_sound()


def test_a_decision_that_was_taken_meanwhile_can_only_be_taken_afresh(desk: Desk, tmp_path: Path) -> None:
    case = referred(desk)
    decision = desk.file({**NOTIFY, "happened_on": "2026-03-02"}, "decision.yaml").read_bytes()
    with _held_back(desk, tmp_path, "decide", case, answers=decision) as first:
        desk.record("decide", case, answers={**NOT_NOTIFY, "happened_on": "2026-03-02"})
    assert _ended(first)[0] == 1
    before = desk.state()
    assert desk.call("decide", case, "--resume").code in (1, 2)
    assert desk.state() == before
    why = {"replaces": {"reason": "More was known.", "asked_by": "Head of Service"}}
    desk.record("decide", case, "--reconsider", "--resume", answers=why)
    assert "outcome: notify" in desk.newest()


def test_the_reason_for_a_correction_is_in_the_draft_too(desk: Desk, tmp_path: Path) -> None:
    case = referred(desk)
    wrong = str(desk.git("log", "-1", "--format=%(trailers:key=Record,valueonly)").strip())
    right = write_yaml({"replaces": {"reason": "The log says Friday."}, "la_aware_on": "2026-02-27"})
    with _held_back(desk, tmp_path, "correct", case, wrong, answers=right) as first:
        desk.record("note", case, happened_on="2026-03-02", text="Words.")
    assert _ended(first)[0] == 1
    desk.call("correct", case, wrong, "--resume", code=0)
    assert "reason: |-\n    The log says Friday." in desk.newest() or "reason: The log says Friday." in desk.newest()
    assert "2026-02-27" in desk.newest()


def test_many_at_once_are_all_recorded(desk: Desk) -> None:
    cases = [referred(desk) for _ in range(5)]
    answers = desk.file({"happened_on": "2026-03-02", "text": "Words."})
    started = [desk.start("note", case, "--from", answers) for case in cases]
    assert [_ended(officer)[0] for officer in started] == [0] * len(cases)
    assert int(desk.git("rev-list", "--count", "main")) == 1 + 2 * len(cases)
    desk.assert_sound()
