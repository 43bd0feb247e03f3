"""The figures as a table for the screen, and as the page docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measuring.figures import Growth, Row, middle, number, spread

HEADINGS = ("what", "against", "must", "aim", "measured", "verdict", "sptool", "reference")

_PAGE = """\
# Performance

Written by `make bench`, which anyone can run: `make bench CASES=1000` takes minutes, the full {cases:,} cases
an hour. Whole processes, started as an officer starts them; each figure is the ratio of two medians, of sptool's runs
and of those of the reference, taken in turn in the same session on the same data.

The data: a generated case folder ([benchmarks/generate.py](../benchmarks/generate.py)) of {cases:,} cases and
{records:,} commits, one for each record, over more than four years; {small} cases where growth is measured. The past
grows with the folder. What is at work, and so what is due, is the same in both, because a team has two hands.

Machine: {machine}

{table}

*must* is the bound, *aim* what was aimed at, *measured* the ratio. The last two columns are medians with the least and
the most, in milliseconds or, for memory, megabytes: the largest single process counts.
{notes}{growth}{documents}
## How each is measured

- Starting: `--version` and `--help` against an interpreter that does nothing.
- The index is current: the run before left it so, here and for all that asks about one case. After one's own step:
  right after a decision was recorded by sptool. After somebody else's commit: right after a record arrived by git
  alone, as a pull brings it.
- Recording is durable in sptool: every object and the branch are on the disk before it says so. The reference is git
  with its own defaults, in a copy of the folder, for the same file: `git add` and `git commit` together.
- The history of a case is found through the commit-graph with changed paths, in both.
- Building the index from nothing: it is deleted before each run. The reference reads all records through one
  `git cat-file --batch` and parses them, and does nothing else.
- A word is searched in every record: one that is frequent, one that is rare, one that stands in a few records only.
- verify: one run for each size, as it reads everything there is.
"""

_GROWTH = """
## By size

Milliseconds for the whole process, in folders of each size: the median, with the least and the most.

{growth}
"""

_DOCUMENTS = """
## Documents

Milliseconds per document and format once the process is running; the text is made from the case first.

```text
{documents}
```
"""


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| " + " | ".join(HEADINGS) + " |", "|" + "---|" * len(HEADINGS)]
    return "\n".join([*lines, *("| " + " | ".join(_cells(row)) + " |" for row in rows)])


def _cells(row: Row) -> list[str]:
    target = row.target
    ratio = f"{number(row.ratio)}×" if row.ratio is not None else "-"
    bounds = (f"{target.must:g}×", f"{target.aim:g}×")
    return [target.what, target.against, *bounds, ratio, row.verdict, _runs(row.ours, row), _runs(row.theirs, row)]


def _runs(values: Sequence[float], row: Row) -> str:
    if not values:
        return "-"
    return f"{middle(values)} {row.unit}" + (f" ({spread(values)})" if len(values) > 1 else "")


def growth_table(growing: Sequence[Growth]) -> str:
    """What each program takes in each size, as a Markdown table."""
    sizes = [f"{size:,} cases" for size in (growing[0].by_size if growing else ())]
    lines = ["| what | " + " | ".join(sizes) + " |", "|---|" + "---|" * len(sizes)]
    return "\n".join([*lines, *(_growth_line(one) for one in growing)]) if growing else ""


def _growth_line(one: Growth) -> str:
    cells = [f"{middle(runs)} ({spread(runs)})" if runs else "-" for runs in one.by_size.values()]
    return f"| {one.what} | " + " | ".join(cells) + " |"


@dataclass(frozen=True)
class Session:
    """Everything that was measured in one session.

    Args:
        rows: the figures that are held against a bound.
        growing: what takes how long in which size.
        documents: the table of documents.
        machine: what was measured on.
        cases: how many cases the largest folder has.
        small: how many the smallest.
        records: how many commits the largest has.
    """

    rows: Sequence[Row]
    growing: Sequence[Growth]
    documents: str
    machine: str
    cases: int
    small: int
    records: int


def page(session: Session) -> str:
    """The page docs/performance.md."""
    failed = [f"- {row.target.what}: {row.note}" for row in session.rows if row.note]
    return _PAGE.format(
        cases=session.cases,
        small=session.small,
        records=session.records,
        machine=session.machine,
        table=table(session.rows),
        notes="\n".join(["", "What could not be measured:", "", *failed, ""]) if failed else "",
        growth=_GROWTH.format(growth=growth_table(session.growing)) if session.growing else "",
        documents=_DOCUMENTS.format(documents=session.documents) if session.documents else "",
    )
