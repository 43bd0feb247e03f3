"""How long it takes to prove a whole folder, and how that grows; and how long documents take."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring.bench import Bench
from benchmarks.measuring.figures import Row, Target
from benchmarks.measuring.folders import ROOT
from benchmarks.measuring.process import BenchFailed, Run, run, says

MOST_MEMORY = 2048  # MB


@dataclass(frozen=True)
class Proof:
    """One run of `verify`.

    Args:
        cases: how many cases the folder has.
        records: how many records.
        took: the run.
    """

    cases: int
    records: int
    took: Run

    @property
    def pace(self) -> float:
        """Records per second."""
        return self.records / self.took.seconds


def proofs(bench: Bench) -> list[Proof]:
    """One run for each size; none if there is no such command yet."""
    if not bench.has("verify"):
        return []
    return [_proof(bench, cases) for cases in (bench.cases // 10, bench.cases)]


def _proof(bench: Bench, cases: int) -> Proof:
    bench.say(f"verify, {cases:,} cases")
    folder = bench.folders.generated(cases)
    return Proof(cases, _records(folder), run(bench.sptool("verify", folder=folder)))


def _records(folder: Path) -> int:
    return int(says("git", "rev-list", "--count", "main", folder=folder))


def proving(bench: Bench) -> Iterator[Row]:
    """Whether the time for a record stays the same when the folder grows tenfold, and the memory bounded."""
    growth = Target("sptool verify, time for a record", f"the same, {bench.cases // 10:,} cases", 1.5, 1.0)
    memory = Target("peak memory of sptool verify", f"{MOST_MEMORY} MB", 1.0, 1.0)
    try:
        found = proofs(bench)
    except BenchFailed as failure:
        yield Row(growth, note=str(failure))
        return
    if not found:
        yield Row(growth)
        return
    small, large = found
    yield Row(growth, [1000 / large.pace], [1000 / small.pace])
    yield Row(memory, [large.took.kib / 1024], [MOST_MEMORY], "MB")


def documents(bench: Bench) -> str:
    """The table of milliseconds per document and format, or why there is none."""
    bench.say("documents")
    try:
        return says(sys.executable, "-m", "benchmarks.documents", folder=ROOT)
    except BenchFailed as failure:
        return str(failure)
