"""Where a case's names are not at hand, an officer at a terminal is asked once, and no is the safe answer."""

from __future__ import annotations

from tests.cli.cases import referred
from tests.cli.running import Desk, desk, pattern
from tests.cli.test_names_not_here import FLAG, NOT_HERE, PLAIN, cloned
from tests.cli.test_steps_particulars import PEOPLE
from tests.cli.test_terminal import ENTER, answer, terminal

__all__ = ["desk", "pattern"]

SURE = "Are you sure that what you wrote names nobody?"


def test_the_officer_is_asked_once_and_no_is_the_safe_answer(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    clone = cloned(desk)
    before = clone.state()
    file = clone.file(PLAIN)
    with terminal(clone, "note", case, "--from", str(file)) as child:
        child.expect_exact(NOT_HERE)
        answer(child, SURE, ENTER)
        child.expect_exact("labels such as Child A")
        child.read()
    assert clone.state() == before
    with terminal(clone, "note", case, "--from", str(file)) as child:
        answer(child, SURE, "y")
        assert child.expect_exact([f"Recorded {case}", NOT_HERE]) == 0
        child.read()
    with terminal(clone, "note", case, FLAG, "--from", str(file)) as child:
        assert child.expect_exact([f"Recorded {case}", NOT_HERE]) == 0


def test_an_interview_asks_before_it_records(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    clone = cloned(desk)
    for word in ("n", "y"):
        before = clone.state()
        with terminal(clone, "note", case, "--on", "today", *(["--resume"] if word == "y" else [])) as child:
            if word == "n":
                answer(child, "What should be noted?", "Child A was seen.", ENTER)
            answer(child, SURE, word)
            if word == "y":
                answer(child, "Record this?", ENTER)
                child.expect_exact(f"Recorded {case}")
            else:
                child.expect_exact("--resume")
            child.read()
        assert (clone.state() == before) == (word == "n")
