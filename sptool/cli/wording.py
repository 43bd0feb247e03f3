"""How things are put on a screen: wrapped to 80 columns, row by row, readable without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sptool.cli.screen import WIDTH, heading, say
from sptool.desk.clock import LONDON
from sptool.text.english import british, number
from sptool.text.prose import for_screen
from sptool.workflow.glance import Dated

if TYPE_CHECKING:
    from sptool.desk.in_words import Answered
    from sptool.desk.proof.looking_back import BeforeAndAfter

LABEL_WIDTH = 16
BESIDE = 34  # characters; a question that is no longer has its answer beside it


@dataclass(frozen=True)
class Part:
    """A part of a screen.

    Args:
        lines: what stands under it, each line at most 80 columns wide.
    """

    title: str
    lines: tuple[str, ...]


def part(title: str, lines: Iterable[str]) -> list[Part]:
    """A part of a screen, or none if nothing stands in it."""
    kept = tuple(lines)
    return [Part(title, kept)] if kept else []


def say_lines(lines: Iterable[str]) -> None:
    """Prints lines."""
    for line in lines:
        say(line)


def say_parts(parts: Iterable[Part]) -> None:
    """Prints the parts of a screen, a blank line before each."""
    for one in parts:
        say()
        heading(one.title)
        say_lines(one.lines)


def wrapped(text: str, indent: int = 2, hanging: int = 0) -> list[str]:
    """Text in lines of at most 80 columns; its own line breaks stay.

    Args:
        indent: blanks before each line.
        hanging: blanks more before each line but the first.
    """
    before, after = " " * indent, " " * (indent + hanging)
    lines: list[str] = []
    for paragraph in for_screen(text).split("\n"):
        lead = after if lines else before
        lines += textwrap.wrap(
            paragraph, WIDTH, initial_indent=lead, subsequent_indent=after, break_on_hyphens=False
        ) or [""]
    return lines


def labelled(label: str, text: str) -> list[str]:
    """A short label and what it says, wrapped beside it."""
    return wrapped(f"{label:<{LABEL_WIDTH}}{text}", indent=0, hanging=LABEL_WIDTH) if text else []


def at_moment(moment: datetime) -> str:
    """A moment as people read it, in London: Thu 5 Mar 2026, 09:14."""
    local = moment.astimezone(LONDON)
    return f"{british(local.date())}, {local:%H:%M}"


def when_due(deadline: Dated, today: date, late: int | None) -> str:
    """When a deadline falls due, seen from a day.

    Args:
        late: how many working days late it is: negative before the day.
    """
    if deadline.due_on is None or late is None:
        return "clock unknown: nobody can say when it is due"
    day = british(deadline.due_on) + (" (provisional)" if deadline.provisional else "")
    if deadline.due_on == today:
        return f"due today, {day}"
    if deadline.due_on > today:
        aim = deadline.aim_on if deadline.aim_on and deadline.aim_on != deadline.due_on else None
        return f"due in {number(-late, 'working day')}, {day}" + (f" (aim for {british(aim)})" if aim else "")
    if not deadline.can_be_late:
        return f"hoped for by {day}"
    return f"{number(late, 'working day')} late, was due {day}"


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
