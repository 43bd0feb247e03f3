"""Measures how fast sptool is."""

from __future__ import annotations

import argparse
import compileall
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from benchmarks.measuring import proving, reading, writing
from benchmarks.measuring.bench import Bench
from benchmarks.measuring.figures import Row
from benchmarks.measuring.folders import ROOT, Folders
from benchmarks.measuring.machine import described
from benchmarks.measuring.page import Session, growth_table, page, table
from benchmarks.measuring.process import says
from benchmarks.measuring.sizes import sizes

PAGE = ROOT / "docs" / "performance.md"
FULL = 10_000
LEAST = 1_000
"""Below this, a folder of a tenth is too small to compare with."""

MEASURES: Mapping[str, Callable[[Bench], Iterator[Row]]] = MappingProxyType(
    {
        "start": reading.starting,
        "overdue": reading.morning_check,
        "case": reading.one_case,
        "record": writing.recording,
        "history": reading.history,
        "index": reading.indexing,
        "search": reading.searching,
        "memory": reading.memory,
        "verify": proving.proving,
    }
)
BESIDES = SIZES, DOCUMENTS = ("sizes", "documents")


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the command line, measures, prints the tables, and writes the page after a full run."""
    given = _parser().parse_args(arguments)
    compileall.compile_dir(ROOT / "sptool", quiet=1)  # as an installation does; else the first run of each pays for it
    folders = Folders(given.data)
    bench = Bench(folders, max(given.cases, LEAST), given.runs, _say)
    try:
        session = _measured(bench, given.only or [*MEASURES, *BESIDES])
    finally:
        folders.tidy()
    sys.stdout.write("\n\n".join([table(session.rows), growth_table(session.growing), session.documents, ""]))
    out = given.out or (PAGE if bench.cases == FULL and not given.only else None)
    if out:
        out.write_text(page(session), encoding="utf-8")


def _measured(bench: Bench, wanted: Sequence[str]) -> Session:
    rows = [row for name, measure in MEASURES.items() if name in wanted for row in _told(measure(bench))]
    return Session(
        rows=rows,
        growing=list(sizes(bench)) if SIZES in wanted else [],
        documents=proving.documents(bench) if DOCUMENTS in wanted else "",
        machine=described(),
        cases=bench.cases,
        small=bench.SMALL,
        records=int(says("git", "rev-list", "--count", "main", folder=bench.large)),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--cases", type=int, default=FULL, help=f"how many cases; {LEAST} at the least")
    parser.add_argument("--runs", type=int, default=9, help="how often each light program is run")
    parser.add_argument("--only", action="append", choices=[*MEASURES, *BESIDES], help="measure only this")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(tempfile.gettempdir()) / "sptool-bench",
        help="where the generated folders are kept from one run to the next",
    )
    parser.add_argument("--out", type=Path, help="write the page there; a full run writes docs/performance.md")
    return parser


def _told(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        _say(f"  {row.target.what}: {row.ratio or 0:.2f}, {row.verdict} {row.note}")
        yield row


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")
