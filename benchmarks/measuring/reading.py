"""What only reads a folder: starting, the morning check, one case, searching, and their memory."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.measuring.bench import Bench, megabytes, milliseconds
from benchmarks.measuring.figures import Row, Target
from benchmarks.measuring.folders import ROOT
from benchmarks.measuring.process import BenchFailed, Program, Run, run

HEAVY_RUNS = 3
WORDS = ("ambulance", "trampoline", "lighthouse")


def starting(bench: Bench) -> Iterator[Row]:
    """How long sptool takes to do nothing."""
    for option in ("--version", "--help"):
        target = Target(f"sptool {option}", "python -c pass", 8, 6)
        yield bench.compare(target, bench.sptool(option), bench.python("pass"))


def morning_check(bench: Bench) -> Iterator[Row]:
    """The morning check with the index as the last run left it, and whether it grows with the folder."""
    current = Target("sptool overdue, index current", "git status", 1.0, 0.5)
    yield bench.compare(current, bench.sptool("overdue"), bench.git("status"))
    growth = Target(f"sptool overdue, {bench.cases:,} cases", f"the same, {bench.SMALL} cases", 1.5, 1.15)
    yield bench.compare(growth, bench.sptool("overdue"), bench.sptool("overdue", folder=bench.small))


def one_case(bench: Bench) -> Iterator[Row]:
    """What is asked about one case."""
    for command in ("show", "next", "timeline"):
        target = Target(f"sptool {command} of one case", "git status", 1.0, 0.6)
        yield bench.compare(target, bench.sptool(command, Path(bench.case).name), bench.git("status"))


def history(bench: Bench) -> Iterator[Row]:
    """The whole story of one case, from the commits."""
    target = Target("sptool history of one case", "git log -p of its folder", 1.5, 1.0)
    if not bench.has("history"):
        yield Row(target)
        return
    yield bench.compare(
        target, bench.sptool("history", Path(bench.case).name), bench.git("--no-pager", "log", "-p", "--", bench.case)
    )


def searching(bench: Bench) -> Iterator[Row]:
    """A word in all that was ever written, frequent or rare."""
    for word in WORDS:
        target = Target(f"sptool search {word}", f"git grep {word}", 0.5, 0.2)
        if bench.has("search"):
            theirs = Program(["git", "--no-pager", "grep", word], bench.large, (0, 1))
            yield bench.compare(target, bench.sptool("search", word), theirs, HEAVY_RUNS + 2)
        else:
            yield Row(target)


def indexing(bench: Bench) -> Iterator[Row]:
    """Building the index from nothing, against reading and parsing the same files."""
    target = Target("building the index from nothing", "reading and parsing the records, PyYAML's C loader", 1.5, 0.7)
    bench.say(target.what)
    reading = Program([sys.executable, "-m", "benchmarks.measuring.parsing", str(bench.large)], ROOT)
    if not _index(bench.large):
        yield Row(target)
        return
    try:
        ours, theirs = bench.in_turn(lambda: _indexed_afresh(bench), lambda: run(reading), runs=HEAVY_RUNS)
    except BenchFailed as failure:
        yield Row(target, note=str(failure))
        return
    yield Row(target, milliseconds(ours), milliseconds(theirs))


def _indexed_afresh(bench: Bench) -> Run:
    for file in _index(bench.large):
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    return run(bench.sptool("overdue"))


def _index(folder: Path) -> list[Path]:
    return sorted((folder / ".git" / "sptool").glob("index*"))


def memory(bench: Bench) -> Iterator[Row]:
    """The peak memory of what is typed most. What a step needs is measured where steps are."""
    reference = bench.python("import typer")
    for name, words in {"overdue": ("overdue",), "show": ("show", Path(bench.case).name)}.items():
        target = Target(f"peak memory of sptool {name}", "python -c 'import typer'", 3.5, 2.5)
        bench.say(target.what)
        ours, theirs = bench.in_turn(partial(run, bench.sptool(*words)), partial(run, reference), runs=HEAVY_RUNS)
        yield Row(target, megabytes(ours), megabytes(theirs), "MB")
