"""A question and its answer on a screen: as it stands, and before and after it was put right."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.cli.wording import wrapped
from sptool.desk.in_words import Answered
from sptool.desk.proof.looking_back import BeforeAndAfter

BESIDE = 34  # characters; a question that is no longer has its answer beside it


def laid_out(answered: Answered, indent: int = 2) -> list[str]:
    """A question and its answer: on one line if both are short, else the answer below it."""
    if len(answered.question) <= BESIDE and len(answered.lines) == 1 and "\n" not in answered.lines[0]:
        together = wrapped(f"{answered.question:<{BESIDE}}  {answered.lines[0]}", indent)
        if len(together) == 1:
            return together
    lines = wrapped(answered.question, indent)
    for line in answered.lines:
        lines += wrapped(line, indent + 4, hanging=2 if line.startswith(("- ", "  ")) else 0)
    return lines


def changed_lines(changed: BeforeAndAfter, indent: int) -> Iterator[str]:
    """One answer before and after, the one below the other."""
    yield from wrapped(f"- {changed.question}", indent=indent, hanging=2)
    for label, lines in (("was", changed.was), ("now", changed.now)):
        for at, line in enumerate(lines):
            yield from wrapped(f"{label if at == 0 else '':<5}{line}", indent=indent + 2, hanging=5)
