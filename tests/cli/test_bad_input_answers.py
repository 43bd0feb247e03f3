"""Bad answers get a clear error that repeats nothing of them, and nothing is recorded."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest

from tests.cli.cases import referred
from tests.cli.running import Desk, Ran, desk, pattern

__all__ = ["desk", "pattern"]

CANARY = "Quibblecanary"
REFERRAL: Mapping[str, object] = {
    "caller": "police",
    "at_risk_now": "no",
    "la_aware_on": "2026-03-02",
    "summary": f"{CANARY} of Child A.",
}
MET = {"abuse-or-neglect": "met", "died-or-seriously-harmed": "met", "in-area-or-resident": "met"}


@pytest.fixture
def case(desk: Desk) -> str:
    """A case with a referral."""
    return referred(desk)


def _refused(desk: Desk, *words: str, code: int = 2, stdin: str | bytes = "") -> Ran:
    """Runs a command that must be refused, change nothing and repeat nothing."""
    before = desk.state()
    ran = desk.call(*words, stdin=stdin, code=code)
    assert desk.state() == before
    assert CANARY.casefold() not in ran.said.casefold()
    assert "Traceback" not in ran.said
    return ran


def _yaml(desk: Desk, content: str | bytes) -> str:
    return str(desk.file(content))


BROKEN: tuple[tuple[str | bytes, int, str], ...] = (
    (f"text: {CANARY}\ntext: {CANARY}\n", 3, "line 2, text: this field is there twice, first on line 1"),
    (f"happened_on: 2026-03-02\ntext: [{CANARY}\n", 3, "line 3: "),
    (f"text: '{CANARY}\n", 3, "a quotation mark is opened here or above, and never closed"),
    (f"- {CANARY}\n", 3, "write fields, each as `field: value`"),
    (CANARY, 3, "write fields, each as `field: value`"),
    (f"text: {CANARY}\n\thappened_on: 2026-03-02\n", 3, "line 2: the line begins with a tab"),
    (f"text: &a {CANARY}\n", 3, "line 1: a value can't begin with `&`"),
    (f"text: !!python/object {CANARY}\n", 3, "line 1: a value can't begin with `!`"),
    (f"text: {CANARY}".encode("utf-16"), 3, "saved as UTF-16"),
    (f"text: {CANARY}\nx: \xe9\n".encode("latin-1"), 3, "line 2: from this line on, the file is not UTF-8"),
    (b"\x00\x01\x02\x7fELF" * 50, 3, "the file given with --from"),
    (f"text: {CANARY}\n---\ntext: {CANARY}\n", 3, "more than one document"),
    ("text: " + "x" * (3 * 1024 * 1024), 3, "larger than 2 MiB"),
    ("text: " + "x" * 150_000 + "\nhappened_on: 2026-03-02\n", 2, "line 1, text: this is too long"),
    ("[" * 5000, 3, "nested more than"),
    (f"happened_on: 2026-03-02\ntext: words\n{CANARY}: more\n", 2, "line 3: there is no such field here"),
    (f"happened_on: 2026-03-02\ntext: words\n{CANARY.lower()}: more\n", 2, "line 3: there is no such field here"),
    ("happened_on: 2026-03-02\ntxt: words\n", 2, "line 2: there is no such field here. Did you mean `text`?"),
    (f"happened_on: 2026-03-02\ntext:\n  - {CANARY}\n", 2, "line 2, text: write text"),
    (f"happened_on: 2026-03-02\ntext:\n  a: {CANARY}\n", 2, "line 2, text: write text"),
    ("happened_on: 2026-03-02\ntext: true\n", 2, "line 2, text: write text"),
    ("happened_on: 2026-02-30\ntext: words\n", 2, "line 1, happened_on: there is no such date"),
    ("happened_on: 30/02/2026\ntext: words\n", 2, "line 1, happened_on: there is no such date: that month has 28"),
    ("happened_on: 20260302\ntext: words\n", 2, "line 1, happened_on: write the date as YYYY-MM-DD"),
    ("happened_on: 2026-03-03\ntext: words\n", 2, "line 1, happened_on: this date lies in the future"),
    ("happened_on: 1066-10-14\ntext: words\n", 2, "line 1, happened_on: this date lies before"),
    ("id: abcdefghjk\nhappened_on: 2026-03-02\ntext: words\n", 2, "line 1, id: leave this out"),
    ("recorded_at: 2026-03-02\nhappened_on: 2026-03-02\ntext: words\n", 2, "line 1, recorded_at: leave this out"),
    ("replaces:\n  reason: so\nhappened_on: 2026-03-02\ntext: words\n", 2, "line 1, replaces: only a correction"),
    ("private: words\nhappened_on: 2026-03-02\ntext: words\n", 2, "line 1, private: write fields below this one"),
    ("private:\n  people:\n    - name: A\nhappened_on: 2026-03-02\ntext: w\n", 2, "private.people.1.id: this must be"),
    ("local:\n  colour: blue\nhappened_on: 2026-03-02\ntext: words\n", 2, "the framework has no such question"),
    ("", 2, "happened_on: this must be answered"),
    ("# nothing\n", 2, "text: this must be answered"),
)


@pytest.mark.parametrize(("content", "code", "said"), BROKEN, ids=range(len(BROKEN)))
def test_a_file_that_is_wrong_is_refused_with_its_place(
    desk: Desk, case: str, content: str | bytes, code: int, said: str
) -> None:
    ran = _refused(desk, "note", case, "--from", _yaml(desk, content), code=code)
    assert said in ran.err


def test_every_problem_is_listed_at_once(desk: Desk, case: str) -> None:
    answers = f"""\
happened_on: 2026-03-31
agency: polise
answer: nill
signed_off_on: 2026-02-30
{CANARY}: more
gaps: {CANARY}
out_of_order: It came before the request.
"""
    ran = _refused(desk, "agency-return", case, "--from", _yaml(desk, answers))
    assert ran.err.splitlines()[0] == "5 problems:"
    for line, said in (
        (1, "happened_on: this date lies in the future"),
        (2, "agency: this is not in the list of agencies. Did you mean `police`? Allowed: local-authority, icb,"),
        (3, "answer: choose one of: nil, attached, written-here"),
        (4, "signed_off_on: there is no such date"),
    ):
        assert f"line {line}, {said}" in ran.err
    assert "line 5: there is no such field here" in ran.err
    assert f"sptool form agency-return {case}" in ran.err


def test_a_place_is_that_of_the_file_although_blank_entries_are_left_out(desk: Desk) -> None:
    answers = "children:\n  - id:\n    age:\n  - id: child-a\n    died_on: 2026-02-30\n"
    ran = _refused(desk, "new-referral", "--from", _yaml(desk, answers))
    assert "line 5, children.1.died_on: there is no such date" in ran.err


def test_a_number_may_be_written_where_text_is_asked_for(desk: Desk) -> None:
    desk.record("new-referral", answers=REFERRAL, children=[{"id": "child-a", "age": 14}])
    assert 'age: "14"' in desk.newest().replace("'", '"')


def test_an_unknown_theme_lists_those_allowed(desk: Desk, case: str) -> None:
    ran = _refused(desk, "action", "add", case, "--theme", CANARY.lower(), "--on", "today")
    assert "theme: this is not in the list of themes" in ran.err
    assert "neglect" in ran.err.partition("Allowed: ")[2]


def test_a_missing_rationale_is_asked_for(desk: Desk, case: str) -> None:
    answers = {"happened_on": "2026-03-02", "outcome": "notify", "criteria": [{"child": "child-a", "answers": MET}]}
    before = desk.state()
    ran = desk.record("decide", case, code=2, answers=answers)
    assert "rationale: this must be answered" in ran.err
    assert desk.state() == before


def test_what_is_missing_is_named_where_nobody_can_be_asked(desk: Desk, case: str) -> None:
    ran = _refused(desk, "agency-return", case, "--answer", "nil", code=1)
    assert "No agency has an open request" in ran.err
    desk.call("note", case, "--on", "today", "--no-input", code=2)
    assert "happened_on: this must be answered" in _refused(desk, "note", case).err


SOURCES = (os.devnull, "/nowhere/at/all.yaml", ".", "-")


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_without_answers_is_refused(desk: Desk, case: str, source: str) -> None:
    ran = _refused(desk, "note", case, "--from", source)
    assert ("must be answered" in ran.err) == (source in (os.devnull, "-")), ran.err


def test_what_came_through_standard_input_is_kept(desk: Desk, case: str) -> None:
    ran = _refused(desk, "note", case, "--from", "-", stdin=f"text: {CANARY}\n")
    assert f"sptool note {case} --resume" in ran.err
    (draft,) = desk.drafts()
    assert os.name == "nt" or draft.stat().st_mode & 0o077 == 0
    desk.call("note", case, "--on", "today", "--resume", code=0)
    assert f"text: {CANARY}" in desk.newest()
    assert desk.drafts() == []


def test_nothing_is_kept_of_what_lies_in_a_file_anyway(desk: Desk, case: str) -> None:
    _refused(desk, "note", case, "--from", _yaml(desk, f"text: {CANARY}\n"))
    assert desk.drafts() == []


UNKNOWN = (
    ("decide", "--no-such-option", CANARY),
    ("decide", "--criterio", CANARY),
    (CANARY.lower(),),
    ("decid", CANARY),
    ("clarify", CANARY),
    ("note", "REF", CANARY, CANARY),
    ("list", "--year", CANARY),
    ("form", CANARY),
    ("--today", CANARY, "list"),
    ("--cases", f"/nowhere/{CANARY}", "list"),
    ("explain", "REF", CANARY),
    ("render", "REF", CANARY),
    ("show", "REF", "--record", CANARY),
    ("correct", "REF", CANARY),
    ("attach", "REF", "--file", f"/nowhere/{CANARY}"),
    ("decide", "REF", "--criterion", CANARY),
    ("decide", "REF", "--criterion", f"child-a:{CANARY}=met"),
    ("decide", "REF", "--position", f"{CANARY}=agrees"),
    ("note", CANARY),
    ("lead", "REF", CANARY, "--on", "today"),
    ("link", "REF", CANARY),
    ("working-days", CANARY, "5"),
    ("working-days", "2026-03-02", CANARY),
    ("framework", "check", f"/nowhere/{CANARY}"),
    ("framework", "explain", CANARY),
)


@pytest.mark.parametrize("words", UNKNOWN, ids=range(len(UNKNOWN)))
def test_what_was_typed_wrongly_is_never_repeated(desk: Desk, case: str, words: tuple[str, ...]) -> None:
    before = desk.state()
    ran = desk.call(*(case if word == "REF" else word for word in words))
    assert ran.code in (1, 2, 3)
    assert ran.err
    assert CANARY.casefold() not in ran.said.casefold()
    assert desk.state() == before


def test_near_words_are_suggested(desk: Desk, case: str) -> None:
    assert "decide" in _refused(desk, "decid", case).err
    assert "--criterion" in _refused(desk, "decide", case, "--criterio", "x").err
    assert "ask, reply" in _refused(desk, "clarify", case).err
    assert "Did you mean `note`?" in _refused(desk, "form", "nte").err
    assert f"Did you mean {case}?" in _refused(desk, "note", case[:-1] + ("2" if case[-1] != "2" else "3")).err


def test_a_reference_may_be_shortened_and_in_small_letters(desk: Desk, case: str) -> None:
    desk.record("note", case.lower(), happened_on="2026-03-02", text="One.")
    desk.record("note", case[-5:], happened_on="2026-03-02", text="Two.")
    assert desk.git("rev-list", "--count", "main").strip() == "4"
