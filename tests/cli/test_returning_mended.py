"""Small things that used to go wrong on the way of an answer into a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.cases import notified, referred
from tests.cli.running import MONDAY, Desk, desk, pattern
from tests.cli.test_terminal import DOWN, ENTER, STOP, answer, terminal

if TYPE_CHECKING:
    import pexpect
else:
    pexpect = pytest.importorskip("pexpect", reason="there is no pseudo-terminal here")

__all__ = ["desk", "pattern"]


def test_leadership_is_told_of_something(desk: Desk) -> None:
    case = referred(desk)
    before = desk.state()
    refused = desk.call("inform", case, "leadership", "--on", MONDAY, code=1)
    assert "nothing yet that the leadership group could be told of" in refused.err
    assert f"sptool next {case}" in refused.err
    assert desk.state() == before
    desk.record("inform", case, "leadership", happened_on=MONDAY, out_of_order="They were rung at once.")
    desk.call("inform", case, "leadership", "--on", MONDAY, "--told", "not-told", code=2)
    notified_case = notified(desk)
    desk.call("inform", notified_case, "leadership", "--on", "2026-03-04", today="2026-03-04", code=0)


def test_what_cannot_be_told_to_leadership_is_refused_when_it_is_picked(desk: Desk) -> None:
    case = referred(desk)
    before = desk.state()
    with terminal(desk, "--today", MONDAY, "inform", case) as child:
        answer(child, "Who was told?", ENTER)
        child.expect("nothing yet that the leadership group could be told of")
        child.expect(pexpect.EOF)
    assert desk.state() == before
    assert desk.drafts() == []
    with terminal(desk, "--today", MONDAY, "inform", case) as child:
        answer(child, "Who was told?", DOWN, ENTER)
        answer(child, "When were they told", STOP)
        child.expect(pexpect.EOF)
    assert desk.state() == before


def test_prose_in_the_place_of_a_name_is_not_repeated(desk: Desk) -> None:
    case = referred(desk)
    before = desk.state()
    refused = desk.call("note", case, "--from", desk.file("Canary fell down: a\nCanary fell down: b\n"), code=3)
    assert "line 2: this field is there twice, first on line 1" in refused.err
    assert "Canary" not in refused.said
    assert desk.state() == before


def test_broken_yaml_from_standard_input_leaves_no_file_behind_but_the_draft(desk: Desk) -> None:
    case = referred(desk)
    before = desk.state()
    refused = desk.call("note", case, "--from", "-", stdin="text: 'never closed\n", code=3)
    assert "standard input, line 2" in refused.err
    assert desk.state() == before
    (kept,) = desk.drafts()
    assert kept.read_text("utf-8") == "text: 'never closed\n"
