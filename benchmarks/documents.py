"""Milliseconds per document and format, once the process is running.

python -m benchmarks.documents
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

from sptool.documents.formats.about import FORMATS, About
from sptool.documents.formats.converting import in_format
from tests.documents.cases import PARTNERSHIP, TODAY
from tests.documents.goldens import GOLDEN_DOCUMENTS

ROUNDS = 5


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes: the median of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        started = perf_counter()
        work()
        taken.append(1000 * (perf_counter() - started))
    return median(taken)


def main() -> None:
    """Prints the table: the text from the case, then its file in each format."""
    sys.stdout.write(f"{'document':<44}{'text':>8}{''.join(f'{name:>8}' for name in FORMATS)}\n")
    for name, make in GOLDEN_DOCUMENTS.items():
        text, about = make().markdown, About(name, "", PARTNERSHIP, TODAY)
        works: list[Callable[[], object]] = [make, *(partial(in_format, to, text, about) for to in FORMATS.values())]
        sys.stdout.write(f"{name:<44}{''.join(f'{milliseconds(work):>8.0f}' for work in works)}\n")


if __name__ == "__main__":
    main()
