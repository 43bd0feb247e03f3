"""How long the same command takes in folders of several sizes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.measuring.bench import Bench, milliseconds
from benchmarks.measuring.figures import Growth
from benchmarks.measuring.folders import typical_case
from benchmarks.measuring.process import BenchFailed, Program, run

RUNS = 5
COMMANDS = ("overdue", "list", "show", "next", "timeline")
_OF_ONE_CASE = ("show", "next", "timeline")


def sizes(bench: Bench) -> Iterator[Growth]:
    """Each command in each size, by turns; git's own `status` beside them."""
    folders = {cases: bench.folder(cases) for cases in bench.sizes}
    yield _growth(bench, "git status", {cases: bench.git("status", folder=where) for cases, where in folders.items()})
    for command in COMMANDS:
        programs = {cases: _program(bench, command, where) for cases, where in folders.items()}
        yield _growth(bench, f"sptool {command}", programs)


def _program(bench: Bench, command: str, folder: Path) -> Program:
    words = [typical_case(folder).rpartition("/")[2]] if command in _OF_ONE_CASE else []
    return bench.sptool(command, *words, folder=folder)


def _growth(bench: Bench, what: str, programs: dict[int, Program]) -> Growth:
    bench.say(f"{what}, by size")
    try:
        runs = bench.in_turn(*(partial(run, program) for program in programs.values()), runs=RUNS)
    except BenchFailed:
        return Growth(what, dict.fromkeys(programs, ()))
    return Growth(what, {cases: milliseconds(taken) for cases, taken in zip(programs, runs, strict=True)})
