"""A generated folder is one that sptool could have written, and the same each time."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.generating.command import FIRST, UNTIL, generate
from benchmarks.generating.parts import Variation
from benchmarks.generating.patterns import CASE, Pattern, prose, record_id
from benchmarks.generating.stories import STORIES
from benchmarks.generating.templates import NotRecordable, Templates, WorkingDays
from benchmarks.generating.told import Told
from benchmarks.generating.wording import LONGER_THAN, MARKERS, Wording
from benchmarks.measuring.folders import typical_case, waiting_cases
from sptool.desk.session import Globals, Session
from sptool.workflow.state import is_closed
from tests.cli.running import Desk

CASES = 60
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("generated") / "cases"
    generate(root, CASES)
    return root


@pytest.fixture(scope="module")
def templates(folder: Path) -> Templates:
    session = Session(Globals(cases=folder, today=UNTIL.isoformat()))
    days = WorkingDays.between(FIRST.replace(year=2020), UNTIL.replace(year=2032), session.book.current_edition)
    return Templates(session, days, days.places[FIRST])


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True, text=True).stdout


def test_every_case_can_be_read(folder: Path) -> None:
    cases = list(Session(Globals(cases=folder, today=UNTIL.isoformat())).book.cases())
    assert len(cases) == CASES
    assert [case.ref for case in cases if case.unread] == []
    assert 10 < sum(len(case.records) for case in cases) / CASES < 20
    assert CASES / 4 < sum(map(is_closed, cases)) < CASES


def test_the_history_proves_itself(folder: Path, tmp_path: Path) -> None:
    shown = Desk(folder, tmp_path, tmp_path).call("verify", "--json", today=UNTIL.isoformat())
    assert shown.data["holds"] is True


def test_the_working_tree_shows_what_is_recorded(folder: Path) -> None:
    assert git(folder, "status", "--porcelain") == ""
    assert (folder / ".git" / "sptool" / "shown").read_text("utf-8") == git(folder, "rev-parse", "main").strip()


def test_steps_are_committed_in_the_order_of_time_and_the_cases_interleaved(folder: Path) -> None:
    log = git(folder, "log", "--reverse", "--format=%ct %s").splitlines()
    times = [int(line.split()[0]) for line in log]
    assert times == sorted(times)
    of_cases = [line.split()[1] for line in log if "TST-" in line]
    assert sum(one != other for one, other in pairwise(of_cases)) > len(of_cases) / 2


def test_the_same_seed_gives_the_same_folder_and_another_another(folder: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", CASES)
    generate(tmp_path / "other", CASES, seed=2)
    newest = [git(root, "rev-parse", "main") for root in (folder, tmp_path / "again", tmp_path / "other")]
    assert newest[0] == newest[1] != newest[2]


def test_some_cases_wait_for_a_decision_and_one_is_typical(folder: Path) -> None:
    waiting = waiting_cases(folder)
    assert 5 <= len(waiting) <= 20
    assert 20 <= len(list((folder / typical_case(folder)).iterdir())) <= 24


@pytest.mark.parametrize("story", STORIES)
def test_sptool_would_record_every_story(templates: Templates, story: str) -> None:
    for number in range(4):
        for ending in STORIES[story].endings:
            records = templates.of(story, Variation(number, ending))
            assert [record.day for record in records] == sorted(record.day for record in records)


def test_a_step_that_sptool_would_refuse_is_not_generated(templates: Templates) -> None:
    too_early = Told("submission", 0, {})
    with pytest.raises(NotRecordable, match="submission"):
        list(templates._written([too_early]))


def test_a_pattern_keeps_what_stands_around_its_gaps() -> None:
    text = f"case: {CASE}\non: 2023-01-09\nid: {record_id(3)}\nsaid: |-\n  {prose('short', 'why')}\nend\n"
    gaps = Pattern.of(text).gaps
    assert gaps == (("case", CASE), ("day", "2023-01-09"), ("id", "3"), ("prose", "short", "why", "  "))
    assert (
        Pattern.of(text).filled(lambda gap: f"<{gap[0]}>")
        == "case: <case>\non: <day>\nid: <id>\nsaid: |-\n<prose>\nend\n"
    )


def test_texts_are_long_enough_for_a_block_and_hold_rare_words_rarely() -> None:
    wording, chance = Wording.seeded(1), random.Random(1)
    texts = [wording.text("medium", chance) for _ in range(4000)]
    assert min(map(len, texts)) > LONGER_THAN
    frequent, rarer = (sum(word in text for text in texts) for word in list(MARKERS)[:2])
    assert 0 < rarer < frequent < len(texts) / 10


def test_the_script_runs_from_anywhere(tmp_path: Path) -> None:
    words = [sys.executable, str(ROOT / "benchmarks" / "generate.py"), "made", "--cases", "6"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert re.match(r"6 cases, \d+ records\.", done.stdout)
