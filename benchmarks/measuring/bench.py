"""One session of measuring: the folders, the programs, and how often each is run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.measuring.figures import Row, Target
from benchmarks.measuring.folders import TODAY, Folders, typical_case
from benchmarks.measuring.process import BenchFailed, Program, Run, run, says

LOOK = 1
"""sptool's exit code when the answer is "look": something is late."""

Work = Callable[[], Run]


@dataclass(frozen=True)
class Bench:
    """What the measurements share.

    Args:
        folders: the generated folders.
        cases: how many cases the largest has.
        runs: how often each light program is run.
        say: tells whoever waits what is being done.
    """

    folders: Folders
    cases: int
    runs: int
    say: Callable[[str], None]

    SMALL = 100

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many cases the folders have in which growth is shown."""
        return (self.SMALL, self.cases // 10, self.cases)

    @cached_property
    def large(self) -> Path:
        """The largest folder."""
        return self.folder(self.cases)

    @cached_property
    def small(self) -> Path:
        """The folder that the largest is compared with."""
        return self.folder(self.SMALL)

    def folder(self, cases: int) -> Path:
        """A generated folder in which somebody looked at what is due, as one does in the morning."""
        folder = self.folders.generated(cases)
        self.say(f"the morning check, {cases:,} cases")
        run(self.sptool("overdue", folder=folder))
        return folder

    @cached_property
    def case(self) -> str:
        """A typical case of the largest folder: its path."""
        return typical_case(self.large)

    def sptool(self, *words: str, folder: Path | None = None) -> Program:
        """sptool as an officer starts it, on the last day of a folder."""
        where = folder or self.large
        return Program([*sptool(), "--today", TODAY, *words], where, (0, LOOK))

    def git(self, *words: str, folder: Path | None = None) -> Program:
        """git in a folder."""
        return Program(["git", *words], folder or self.large)

    def python(self, code: str) -> Program:
        """The interpreter that sptool runs on."""
        return Program([sys.executable, "-c", code])

    def has(self, *command: str) -> bool:
        """Whether this sptool has a command."""
        try:
            says(*sptool(), *command, "--help")
        except BenchFailed:
            return False
        return True

    def in_turn(self, *works: Work, runs: int | None = None) -> list[list[Run]]:
        """Several works one after the other, so often; a first turn to warm up does not count."""
        found: list[list[Run]] = [[] for _ in works]
        for turn in range((runs or self.runs) + 1):
            for place, work in enumerate(works):
                took = work()
                if turn:
                    found[place].append(took)
        return found

    def compare(self, target: Target, ours: Program, theirs: Program, runs: int | None = None) -> Row:
        """The time of one program against that of another, run in turn."""
        self.say(target.what)
        try:
            first, second = self.in_turn(lambda: run(ours), lambda: run(theirs), runs=runs)
        except BenchFailed as failure:
            return Row(target, note=str(failure))
        return Row(target, milliseconds(first), milliseconds(second))


def sptool() -> list[str]:
    """How sptool is started: by the script beside the interpreter, or as a module where there is none."""
    script = Path(sys.executable).with_name("sptool")
    return [str(script)] if script.exists() else [sys.executable, "-m", "sptool"]


def milliseconds(runs: Sequence[Run]) -> list[float]:
    """How long runs took."""
    return [1000 * one.seconds for one in runs]


def megabytes(runs: Sequence[Run]) -> list[float]:
    """The peak memory of runs."""
    return [one.kib / 1024 for one in runs]
