"""`sptool template check`: a partnership's own templates and letterhead, tried before they are needed."""

from __future__ import annotations

from pathlib import Path

from sptool.documents.context import Folder, Material
from sptool.documents.formats.word import default_letterhead
from sptool.documents.rendering import render
from sptool.documents.trying import read_through, tried
from tests import making
from tests.cli.running import Desk, commit_by_hand, desk, pattern
from tests.documents.cases import FRAMEWORK, PARTNERSHIP
from tests.documents.goldens import LATER, folder
from tests.documents.journeys import CASES

__all__ = ["desk", "pattern"]

OWN = "framework/templates"
SOUND = b"# Ours\n\nAbout {{ reference }}.\n"


def check(desk: Desk, *words: str | Path, code: int) -> list[tuple[str, int | None, str]]:
    """The problems that are found: template, line and what is wrong."""
    before = desk.state()
    said = desk.call("template", "check", *words, "--json", code=code).data
    assert desk.state() == before
    return [(one["template"], one["line"], one["what"]) for one in said["problems"]]


def test_without_templates_of_ones_own_there_is_nothing_to_check(desk: Desk) -> None:
    assert "those of sptool are used" in desk.call("template", "check", code=0).out
    assert check(desk, code=0) == []


def test_each_mistake_is_named_with_template_line_and_nearest_name(desk: Desk) -> None:
    commit_by_hand(desk, f"{OWN}/decision-letter.md.j2", b"Dear\n\n{{ referense }}\n")
    commit_by_hand(desk, f"{OWN}/decison-letter.md.j2", SOUND)
    commit_by_hand(desk, f"{OWN}/notes.txt", b"Mine.")
    found = check(desk, code=1)
    assert [(name, line) for name, line, _ in found] == [
        ("notes.txt", None),
        ("decision-letter.md.j2", 3),
        ("decison-letter.md.j2", None),
    ]
    assert "Did you mean `reference`?" in found[1][2]
    assert "Did you mean `decision-letter.md.j2`?" in found[2][2]
    shown = desk.call("template", "check", code=1).out
    assert "decision-letter.md.j2, line 3: there is no `referense` here. Did you mean `reference`?" in shown
    assert "Looked at 3 files: 3 problems." in shown


def test_a_letterhead_that_does_not_open_is_found_and_a_good_one_is_not(desk: Desk) -> None:
    commit_by_hand(desk, f"{OWN}/letterhead.docx", b"No Word file")
    assert check(desk, code=1) == [("letterhead.docx", None, "this is not a Word document")]
    commit_by_hand(desk, f"{OWN}/letterhead.docx", default_letterhead())
    assert check(desk, code=0) == []


def test_a_folder_can_be_checked_before_it_is_put_into_the_case_folder(desk: Desk) -> None:
    place = desk.home / "templates"
    place.mkdir()
    (place / "decision-letter.md.j2").write_bytes(b"{{ today }}\n{% include 'none.md.j2' %}")
    (found,) = check(desk, place, code=1)
    assert found[:2] == ("decision-letter.md.j2", 2)
    assert "no such template" in found[2]
    assert "can't be read" in desk.call("template", "check", desk.home / "nowhere", code=2).err


def test_sound_templates_are_filled_in_for_the_fictional_cases(desk: Desk) -> None:
    commit_by_hand(desk, f"{OWN}/decision-letter.md.j2", SOUND)
    said = desk.call("template", "check", "--json", today="2026-03-10", code=0).data
    assert said["problems"] == []
    assert said["documents"] > 60


WHOLE_LISTS = b"{%% for a in %(list)s %%}{%% for b in %(list)s %%}%(text)s{%% endfor %%}{%% endfor %%}"


def test_what_only_cases_show_is_found_too() -> None:
    template = WHOLE_LISTS % {b"list": b"to_escalate", b"text": b"x" * 100_000}  # as long as the cases have actions
    read = read_through({"forum-report.md.j2": template})
    assert read.problems == ()
    assert tried(read.sound, folder("infant")).problems == ()
    (problem,) = tried(read.sound, folder(*CASES)).problems
    assert (problem.file, "longer than 2,000,000" in problem.what) == ("forum-report.md.j2", True)


def test_every_document_of_every_case_is_tried_with_names_and_without() -> None:
    done = tried({"who-is-who.md.j2": b"{% for one in people %}{{ one.label }}{% endfor %}"}, folder(*CASES))
    assert done.problems == ()
    alone = tried({}, folder(*CASES))
    assert alone.documents == done.documents > 100
    only_with_names = WHOLE_LISTS % {b"list": b"people", b"text": b"x" * 150_000}
    four = making.case_of(making.new_referral(children=[{"id": f"child-{one}"} for one in "abcd"]))
    material = Material(making.standing(four, FRAMEWORK, LATER), PARTNERSHIP, training=True)
    made = Folder((material,), FRAMEWORK, LATER, PARTNERSHIP, True)
    (problem,) = tried({"who-is-who.md.j2": only_with_names}, made).problems
    assert (problem.file, "longer than 2,000,000" in problem.what) == ("need-to-know.md.j2", True)


def test_a_template_that_ships_has_no_problem_on_any_case() -> None:
    assert tried({}, folder(*CASES)).problems == ()


def test_trying_changes_no_case() -> None:
    case = CASES["reviewed"]()
    made = render("action-plan", case, FRAMEWORK, today=LATER, partnership=PARTNERSHIP, training=True)
    tried({"action-plan.md.j2": SOUND, "checks.md.j2": b"{{ nothing }}"}, folder("reviewed"))
    again = render("action-plan", case, FRAMEWORK, today=LATER, partnership=PARTNERSHIP, training=True)
    assert made == again
