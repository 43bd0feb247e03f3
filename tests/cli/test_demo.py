"""`sptool demo`: the same day gives the same cases, and every situation is really there."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sptool.cli.demo.officer import DemoOfficer, typed
from sptool.cli.demo.schedule import ScenarioStep, ScheduledStep, Story, StoryDays, read_stories, scheduled
from sptool.cli.main import call
from sptool.errors import SptoolError
from sptool.framework.calendar import england_calendar
from sptool.resources import shipped
from sptool.text.yaml import read_plain
from sptool.workflow.edition import load_edition
from sptool.working_days import Calendar
from tests.cli.situations import SITUATIONS, shown
from tests.conftest import DEMO_TODAY, DemoRun

OTHER_DAYS = {
    "the Monday after Christmas": "2025-12-29",
    "a bank holiday right after Christmas": "2026-12-28",
    "Easter Monday": "2026-04-06",
    "a Saturday": "2026-06-13",
    "29 February": "2028-02-29",
    "1 January": "2027-01-01",
}
STORIES = read_stories()


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return _calendar()


def _calendar() -> Calendar:
    edition = shipped("templates", "case-folder", "framework", "2022-01.yaml")
    return england_calendar(load_edition(edition.read_bytes(), edition.name))


def _people() -> dict[str, list[str]]:
    """The names that each story keeps among the particulars."""
    found: dict[str, list[str]] = {}
    for story in STORIES:
        for step in story.steps:
            answers = read_plain(re.sub(r"<[^>]*>", "x", step.answers).encode(), story.id)
            private = answers.get("private") if isinstance(answers, dict) else None
            people = private.get("people") if isinstance(private, dict) else None
            for person in people if isinstance(people, list) else []:
                if isinstance(person, dict):
                    found.setdefault(story.id, []).append(str(person["name"]))
    return found


def _refused(*words: str) -> tuple[int, str]:
    err = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(err):
        code = call(["--no-input", *words])
    return code, err.getvalue()


def test_every_story_has_a_situation_to_show() -> None:
    assert [story.id for story in STORIES] == list(SITUATIONS)


@pytest.mark.parametrize("story", SITUATIONS)
def test_the_situation_is_there(demo: DemoRun, story: str) -> None:
    SITUATIONS[story](shown(demo, story), date.fromisoformat(DEMO_TODAY))


@pytest.mark.parametrize("today", OTHER_DAYS.values(), ids=OTHER_DAYS)
def test_every_situation_is_there_on_any_day(demo_at: Callable[[str], DemoRun], calendar: Calendar, today: str) -> None:
    run = demo_at(today)
    assert (run.code, run.git("status", "--porcelain")) == (0, "")
    for story, holds in SITUATIONS.items():
        holds(shown(run, story), date.fromisoformat(today))
    _assert_interesting(run, calendar)


def test_the_morning_check_is_interesting(demo: DemoRun, calendar: Calendar) -> None:
    _assert_interesting(demo, calendar)


def _assert_interesting(run: DemoRun, calendar: Calendar) -> None:
    """Something is late, something is due today (more on a working day), something is due soon."""
    assert run.ask("overdue")[0] == 1
    found = run.ask_json("overdue")
    assert isinstance(found, list)
    can_be_late = [one for one in found if one["force"] != "reminder" and one["due"]]
    due = [date.fromisoformat(one["due"]) for one in can_be_late]
    today = date.fromisoformat(run.today)
    next_day = calendar.add(today - timedelta(days=1), 1)
    soon = calendar.add(next_day, 5)
    assert sum(day < today for day in due) >= 2
    assert today in due
    assert sum(day == next_day for day in due) >= 2
    assert sum(next_day < day <= soon for day in due) >= 3
    assert any(one["force"] == "reminder" for one in found)


def test_it_ends_with_the_morning_check_a_timeline_a_letter_and_the_log(demo: DemoRun) -> None:
    assert demo.code == 0
    assert "Traceback" not in demo.told
    headings = ("$ sptool overdue\n", "$ sptool timeline HSP-", "$ sptool render HSP-", "$ git log -25")
    places = [demo.said.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "# Our decision about your referral" in demo.said
    newest = demo.git("log", "-25", "--format=%cs %s").splitlines()
    shown_log = demo.said[places[-1] :].splitlines()[1:26]
    assert [line.partition(" ")[2] for line in shown_log] == newest
    assert f"cd {demo.folder}" in demo.said


def test_one_line_a_case_says_what_it_shows_within_80_columns(demo: DemoRun) -> None:
    lines = demo.said.splitlines()[: len(STORIES)]
    assert sorted(line.partition("  ")[2] for line in lines) == sorted(story.title for story in STORIES)
    assert [line for line in lines if len(line) > 80] == []


def test_the_same_day_gives_the_same_folder_whatever_is_set_up(
    demo: DemoRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
    monkeypatch.setenv("SPTOOL_CASES", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("SPTOOL_SEED", "another")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    before, here = dict(os.environ), Path.cwd()
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        code = call(["demo", str(tmp_path / "again"), "--today", DEMO_TODAY])
    again = DemoRun(tmp_path / "again", DEMO_TODAY, out.getvalue(), "", code)
    assert (dict(os.environ), Path.cwd()) == (before, here)
    monkeypatch.delenv("GIT_DIR")
    assert code == 0
    assert again.git("for-each-ref") == demo.git("for-each-ref")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again"]


def test_the_folder_is_sound(demo: DemoRun) -> None:
    assert demo.git("status", "--porcelain") == ""
    assert demo.git("fsck", "--strict", "--no-dangling") == ""
    assert (demo.folder / "sptool.yaml").read_text().count("training: true") == 1


def test_the_log_reads_like_a_register(demo: DemoRun) -> None:
    times = [int(line) for line in demo.git("log", "--reverse", "--format=%ct", "main").split()]
    assert times == sorted(set(times))
    assert demo.git("log", "-1", "--format=%cs").strip() < DEMO_TODAY
    assert set(demo.git("log", "--format=%an <%ae>|%cn <%ce>").split("\n")[:-1]) == {
        "Demo Officer <demo-officer@sptool.invalid>|Demo Officer <demo-officer@sptool.invalid>"
    }


def test_no_name_stands_outside_the_particulars(demo: DemoRun) -> None:
    names = [name for people in _people().values() for name in people]
    reachable = demo.git("log", "--format=%B", "-p", "--stat", "--root", "main")
    refs = demo.git("for-each-ref", "--format=%(refname)")
    messages = demo.git("log", "--all", "--format=%B", "--name-only")
    texts = (reachable, refs, messages, demo.said, demo.told)
    assert len(names) >= 15
    assert "notification-decision/1" in reachable
    assert [name for name in names if any(name.casefold() in text.casefold() for text in texts)] == []


def test_every_name_is_kept_among_the_particulars_but_the_erased(demo: DemoRun) -> None:
    for story, names in _people().items():
        ref = f"refs/particulars/{demo.reference(story)}"
        known = demo.git("for-each-ref", ref)
        if story == "17-erased":
            assert known == ""
            continue
        assert [name for name in names if name not in demo.git("log", "-p", "--root", ref)] == []


def test_what_was_erased_is_in_no_object(demo: DemoRun) -> None:
    erased = _people()["17-erased"]
    everything = demo.git("cat-file", "--batch-all-objects", "--batch", "--unordered")
    assert "Robin Examplechild" in everything
    assert [name for name in erased if name in everything] == []


@given(st.dates(date(2024, 2, 1), date(2040, 12, 31)))
def test_every_step_lies_before_today_in_the_order_of_its_story(today: date) -> None:
    plan = scheduled(STORIES, today, CALENDAR)
    assert all(CALENDAR.is_working(planned.day) and planned.day < today for planned in plan)
    moments = [planned.moment for planned in plan]
    assert moments == sorted(set(moments))
    for story in STORIES:
        assert [one.number for one in plan if one.story is story] == list(range(1, len(story.steps) + 1))


CALENDAR = _calendar()


@pytest.mark.parametrize(
    ("anchor", "number", "day"),
    [
        ("2026-12-25", -1, "2026-12-24"),
        ("2026-12-25", 0, "2026-12-29"),  # 26 December is a Saturday, so Monday is the substitute day
        ("2026-12-25", 1, "2026-12-30"),
        ("2026-05-25", -1, "2026-05-22"),
        ("2026-05-25", 0, "2026-05-26"),
        ("2026-03-10", 0, "2026-03-10"),
        ("2026-03-10", -2, "2026-03-06"),
        ("2026-03-14", -1, "2026-03-13"),
        ("2026-03-14", 0, "2026-03-16"),
    ],
)
def test_days_are_counted_from_the_anchor(anchor: str, number: int, day: str) -> None:
    assert StoryDays(date.fromisoformat(anchor), CALENDAR).working(number).isoformat() == day


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    code, told = _refused("demo", str(tmp_path))
    assert (code, "sptool demo DIR" in told) == (3, True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_a_second_demonstration_in_the_same_folder_is_refused(demo: DemoRun) -> None:
    before = demo.git("for-each-ref")
    assert _refused("demo", str(demo.folder), "--today", DEMO_TODAY)[0] == 3
    assert demo.git("for-each-ref") == before


def test_inside_another_case_folder_it_is_refused(demo: DemoRun) -> None:
    before = demo.git("for-each-ref")
    code, told = _refused("demo", str(demo.folder / "inner"), "--today", DEMO_TODAY)
    assert (code, "inside another case folder" in told) == (70, True)
    assert not (demo.folder / "inner").exists()
    assert (demo.git("for-each-ref"), demo.git("status", "--porcelain")) == (before, "")


def test_a_day_before_the_framework_is_refused(tmp_path: Path) -> None:
    code, told = _refused("demo", str(tmp_path / "early"), "--today", "2023-02-01")
    assert (code, "--today" in told) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_step_that_is_refused_stops_it_and_says_where(tmp_path: Path) -> None:
    folder, desk = tmp_path / "cases", tmp_path / "desk"
    desk.mkdir()
    me = ("--officer-name", "Demo Officer", "--officer-email", "demo-officer@sptool.invalid")
    typed(["--today", "2026-03-02", "init", str(folder), "--training", *me], "making the folder")
    run = DemoRun(folder, DEMO_TODAY, "", "", 0)
    before = run.git("for-each-ref")
    step = ScenarioStep(day=-1, type="new-referral --caller nobody", answers="summary: A secret.\n")
    story = Story(id="99-wrong", title="Wrong", steps=(step,))
    days = StoryDays(date(2026, 3, 10), CALENDAR)
    with pytest.raises(SptoolError) as stopped:
        DemoOfficer(folder, desk).take(ScheduledStep(story, 1, step, days, date(2026, 3, 9), "2026-03-09"))
    assert "step 1 of 99-wrong.yaml (new-referral)" in stopped.value.message
    assert "secret" not in stopped.value.message
    assert (run.git("for-each-ref"), run.git("status", "--porcelain")) == (before, "")
