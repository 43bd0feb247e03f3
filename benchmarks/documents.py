"""Milliseconds per document and format once the process is running, beside the start of the converter alone.

python -m benchmarks.documents
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter

from sptool.documents.formats.about import FORMATS, About
from sptool.documents.formats.converting import in_format
from sptool.documents.formats.pandoc import program
from tests.documents.cases import PARTNERSHIP, TODAY
from tests.documents.goldens import GOLDEN_DOCUMENTS

ROUNDS = 3
REFERENCE = "pandoc --version"


@dataclass(frozen=True)
class Timed:
    """How long one document takes.

    Args:
        document: its name.
        start: milliseconds of the reference, taken beside it: the computer may be busier at one time than another.
        text: milliseconds from the case to its text.
        formats: milliseconds from its text to its file, by format.
    """

    document: str
    start: float
    text: float
    formats: Mapping[str, float]


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes: the median of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        started = perf_counter()
        work()
        taken.append(1000 * (perf_counter() - started))
    return median(taken)


def reference() -> float:
    """The milliseconds that starting the converter takes when it has nothing to convert."""
    return milliseconds(lambda: subprocess.run([program(), "--version"], capture_output=True, check=True))


def timed() -> Iterator[Timed]:
    """How long each agreed document takes, one after the other."""
    for name, make in GOLDEN_DOCUMENTS.items():
        text, about = make().markdown, About(name, "", PARTNERSHIP, TODAY)
        formats = {name: milliseconds(partial(in_format, to, text, about)) for name, to in FORMATS.items()}
        yield Timed(name, reference(), milliseconds(make), formats)


def lines(documents: Iterator[Timed]) -> Iterator[str]:
    """The table, line by line as it is measured; each figure beside its ratio to the reference."""
    yield f"Milliseconds, and how often {REFERENCE} would have started in that time.\n"
    yield f"{'document':<40}{'start':>6}{'text':>14}{''.join(f'{name:>14}' for name in FORMATS)}"
    every = []
    for one in documents:
        every.append(one)
        yield _line(one.document, [one.text, *one.formats.values()], one.start)
    if every:
        middle = [median(one.formats[name] for one in every) for name in FORMATS]
        start = median(one.start for one in every)
        yield _line("half of them take less than", [median(one.text for one in every), *middle], start)


def _line(name: str, figures: list[float], start: float) -> str:
    return f"{name:<40}{start:>6.0f}{''.join(f'{figure:>8.0f} {figure / start:>4.1f}x' for figure in figures)}"


def main() -> None:
    """Prints the table: the text from the case, then its file in each format."""
    for line in lines(timed()):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
