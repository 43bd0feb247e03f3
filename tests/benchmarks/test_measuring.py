"""The arithmetic of the benchmarks, and that a process is measured as what it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.measuring.bench import Bench
from benchmarks.measuring.figures import Growth, Row, Target, number
from benchmarks.measuring.folders import Folders
from benchmarks.measuring.page import Session, page, table
from benchmarks.measuring.process import BenchFailed, Program, Run, run

TARGET = Target("a command", "another", 1.5, 1.0)


@pytest.mark.parametrize(
    ("ours", "theirs", "ratio", "verdict"),
    [
        ([90, 100, 400], [100, 100, 90], 1.0, "aim reached"),
        ([140, 150, 160], [100], 1.5, "within bounds"),
        ([151], [100], 1.51, "missed"),
        ([], [100], None, "not there"),
    ],
)
def test_a_ratio_is_of_medians_and_is_held_against_its_bounds(
    ours: list[float], theirs: list[float], ratio: float | None, verdict: str
) -> None:
    row = Row(TARGET, ours, theirs)
    assert row.ratio == (None if ratio is None else pytest.approx(ratio))
    assert row.verdict == verdict


def test_the_table_has_a_line_for_each_figure() -> None:
    lines = table([Row(TARGET, [150], [100]), Row(TARGET)]).splitlines()
    assert lines[2] == "| a command | another | 1.5× | 1× | 1.50× | within bounds | 150 ms | 100 ms |"
    assert lines[3] == "| a command | another | 1.5× | 1× | - | not there | - | - |"


def session(*rows: Row) -> Session:
    growing = [Growth("git status", {100: [10, 20, 90], 1000: []})]
    return Session(rows, growing, "none", "2 cores.", cases=1000, small=100, records=15000)


def test_the_page_says_what_could_not_be_measured() -> None:
    text = page(session(Row(TARGET, note="it ended with 3")))
    assert "- a command: it ended with 3" in text
    assert "1,000 cases and\n15,000 commits" in text
    assert "could not be measured" not in page(session(Row(TARGET, [1], [1])))


def test_growth_is_shown_size_by_size() -> None:
    assert "| what | 100 cases | 1,000 cases |\n|---|---|---|\n" in page(session())
    assert "| git status | 20.0 (10.0 to 90.0) | - |" in page(session())


@pytest.mark.parametrize(("value", "shown"), [(1234.5, "1,234"), (23.456, "23.5"), (0.5, "0.50")])
def test_figures_have_three_digits(value: float, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell what memory a process needed")
def test_memory_is_that_of_the_process_and_not_of_whoever_starts_it() -> None:
    ballast = bytearray(120 * 2**20)
    little = run(Program([sys.executable, "-c", "pass"]))
    much = run(Program([sys.executable, "-c", "x = bytearray(90 * 2**20)"]))
    assert little.kib < len(ballast) / 1024 / 2 < 90 * 1024 < much.kib


def test_a_run_that_fails_is_no_figure(tmp_path: Path) -> None:
    leaving = Program([sys.executable, "-c", "import sys; sys.exit('it broke')"], tmp_path)
    with pytest.raises(BenchFailed, match="ended with 1: it broke"):
        run(leaving)
    assert run(Program(leaving.words, tmp_path, codes=(1,))).seconds > 0


def test_works_take_turns_and_the_first_turn_does_not_count(tmp_path: Path) -> None:
    order: list[str] = []

    def work(name: str) -> Run:
        order.append(name)
        return Run(float(len(order)), 0)

    bench = Bench(Folders(tmp_path), 500, 2, lambda _: None)
    first, second = bench.in_turn(lambda: work("ours"), lambda: work("theirs"))
    assert order == ["ours", "theirs"] * 3
    assert [one.seconds for one in first] == [3, 5]
    assert [one.seconds for one in second] == [4, 6]


def test_a_command_that_is_not_there_yet_is_said_to_be_so(tmp_path: Path) -> None:
    bench = Bench(Folders(tmp_path), 500, 1, lambda _: None)
    assert bench.has("show")
    assert not bench.has("no-such-command")
