"""Everything that can go wrong, each with its exit code, in words that an officer can act on.

A message says what is wrong and what to do next. It never holds a value of a record, a name or a rationale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with what was given.

    Args:
        what: what is wrong and what is allowed, in plain English, without the offending value.
        field: the field's name as it stands in the YAML, such as `children.0.died`; empty for the whole.
        file: what to call the source: a file's name or "standard input"; empty for a prompt or flag.
        line: the line in that file, counted from 1.
    """

    what: str
    field: str = ""
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, f"line {self.line}" if self.line else "", self.field) if part)
        return f"{place}: {self.what}" if place else self.what


MOST_LISTED = 100  # problems; nobody reads more of them, and a file can hold very many


def listed(problems: Sequence[Problem]) -> str:
    """Problems for people to read, each on a line of its own; of very many, how many more there are."""
    more = len(problems) - MOST_LISTED
    lines = [str(problem) for problem in problems[:MOST_LISTED]]
    return "\n".join([*lines, f"And {more} more."] if more > 0 else lines)


class SptoolError(Exception):
    """The root of every error that sptool raises on purpose.

    Args:
        message: what is wrong, in one or two short sentences.
        fix: what to do or type next; shown on a line of its own.
    """

    exit_code = 70

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class StepRefused(SptoolError):
    """The rules don't allow this step now, or it needs something first."""

    exit_code = 1


class CaseChanged(StepRefused):
    """Somebody recorded a step in this case after it was read."""


class UsageError(SptoolError):
    """What was typed can't be understood or isn't complete."""

    exit_code = 2


class InvalidAnswers(UsageError):
    """Answers that can't be recorded as they stand. Every problem is listed, as far as anybody reads."""

    def __init__(self, problems: Sequence[Problem], fix: str = "") -> None:
        super().__init__(listed(problems), fix)
        self.problems = tuple(problems)


class UnfitFolder(SptoolError):
    """The case folder, git, or a file in the folder can't be used as it is."""

    exit_code = 3


class Undecided(UnfitFolder):
    """It can't be told whether a step was recorded."""

    def __init__(self) -> None:
        super().__init__(
            "git failed while the step was being recorded, and can't say whether it is recorded.",
            "Before you type it again, see whether it is there: sptool show REF",
        )


class UnfitFile(UnfitFolder):
    """A stored or given file that can't be read: broken YAML, wrong encoding, too large."""

    def __init__(self, problems: Sequence[Problem], fix: str = "") -> None:
        super().__init__(listed(problems), fix)
        self.problems = tuple(problems)


class Interrupted(SptoolError):
    """The officer stopped the session. Nothing was recorded."""

    exit_code = 130
