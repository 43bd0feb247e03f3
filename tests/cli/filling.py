"""Fills in a blank form as an officer does: by what its comments say, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.cli.running import MONDAY

FIELD = re.compile(r"(?P<indent> *)(?P<dash>- )?(?P<name>[a-z0-9_-]+):(?P<bar> \|)?")
OPTION = re.compile(r" *#   ([a-z0-9A-Z-]+)(?: \(.*)?")


@dataclass(frozen=True)
class Line:
    """A field of a form.

    Args:
        text: the line as it stands.
        depth: how far it is indented, a dash included.
        name: the field's name.
        said: the comments above it.
        options: the codes that the comments list.
        prose: whether it takes text below it.
        inner: whether fields stand below it.
    """

    text: str
    depth: int
    name: str
    said: str
    options: tuple[str, ...]
    prose: bool
    inner: bool

    @property
    def required(self) -> bool:
        return "(required" in self.said


def fields_of(form: str) -> Iterator[Line]:
    """The fields of a form, in order."""
    lines = form.splitlines()
    said: list[str] = []
    for number, line in enumerate(lines):
        match = FIELD.fullmatch(line)
        if match is None:
            said = [*said, line] if line.strip() else []
            continue
        depth = len(match["indent"] + (match["dash"] or ""))
        options = tuple(found[1] for found in map(OPTION.fullmatch, said) if found)
        below = next((other for other in map(FIELD.fullmatch, lines[number + 1 :]) if other), None)
        inner = below is not None and len(below["indent"] + (below["dash"] or "")) > depth
        yield Line(line, depth, match["name"], " ".join(said), options, bool(match["bar"]), inner)
        said = []


def required_of(form: str) -> set[str]:
    """The names of the fields that a form says are required, those inside others left out."""
    return {line.name for line in fields_of(form) if line.required and not line.depth}


def filled(form: str, given: Mapping[str, str] | None = None, day: str = MONDAY) -> str:
    """The form with everything required answered, and what is given.

    Args:
        form: the blank form.
        given: other answers, by the field's name; prose and codes alike.
        day: what to answer where a date is asked for.
    """
    answers = dict(given or {})
    open_at: dict[int, bool] = {}
    written: list[str] = []
    for line in fields_of(form):
        parents = [open_at[depth] for depth in open_at if depth < line.depth]
        wanted = line.required or line.name in answers or _is_criterion(line, open_at)
        active = wanted and all(parents)
        open_at = {depth: state for depth, state in open_at.items() if depth < line.depth} | {line.depth: active}
        written += [line.text] if line.inner or not active else _answered(line, answers.get(line.name), day)
    return "\n".join(written) + "\n"


def _is_criterion(line: Line, open_at: Mapping[int, bool]) -> bool:
    return "[" in line.said and line.depth > 0 and "required" not in line.said and "blank" not in line.said


def _answered(line: Line, given: str | None, day: str) -> list[str]:
    below = " " * (line.depth + 2)
    if line.prose:
        return [line.text, f"{below}{given or 'Words about Child A.'}"]
    if "a list" in line.said:
        return [line.text, f"{below}- {given or (line.options or ('A role',))[0]}"]
    if given is None and _is_criterion(line, {}):
        given = "not-met"
    return [f"{line.text} {given or _guessed(line, day)}"]


def _guessed(line: Line, day: str) -> str:
    if "a date" in line.said:
        return day
    return line.options[0] if line.options else "A role"
