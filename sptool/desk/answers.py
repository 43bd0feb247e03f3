"""Answers from flags and from YAML, as plain data with the place where each was given."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sptool.errors import Problem, UnfitFile, UsageError
from sptool.text.plain import Path as FieldPath
from sptool.text.plain import Plain, is_blank
from sptool.text.yaml import Document, read_yaml

LARGEST_ANSWERS = 2 * 1024 * 1024


@dataclass(frozen=True)
class Answers:
    """What was answered so far.

    Args:
        document: the YAML they came from, for line numbers; None for flags and prompts.
    """

    data: dict[str, Plain] = field(default_factory=dict)
    document: Document | None = None

    def where(self, path: FieldPath) -> tuple[str, int | None]:
        """The file and line at which a field stands, or should stand; nothing for one that a flag or the step gave."""
        if self.document is None or (path not in self.document.lines and self._has(path)):
            return "", None
        return self.document.name, self.document.line(path)

    def _has(self, path: FieldPath) -> bool:
        here: Plain = self.data
        for part in path:
            if isinstance(here, dict) and part in here:
                here = here[str(part)]
            elif isinstance(here, list) and isinstance(part, int) and part < len(here):
                here = here[part]
            else:
                return False
        return True

    def with_data(self, more: Mapping[str, Plain]) -> Answers:
        """The answers with some added or changed."""
        return Answers({**self.data, **more}, self.document)


def answers_from(source: str) -> Answers:
    """Answers from a YAML file.

    Raises:
        UsageError: the file can't be read.
        UnfitFile: it is not good YAML.
    """
    try:
        with Path(source).open("rb") as file:
            content = file.read(LARGEST_ANSWERS + 1)
    except OSError:
        raise UsageError("The file given with --from can't be read.", "Check its path, or use - for input.") from None
    return answers_in("the file given with --from", content)


def standard_input() -> bytes:
    """What comes through standard input, up to a little more than answers may hold."""
    return sys.stdin.buffer.read(LARGEST_ANSWERS + 1)


def answers_in(name: str, content: bytes) -> Answers:
    """Answers from YAML that was read already.

    Args:
        name: what messages call it.

    Raises:
        UnfitFile: it is not good YAML.
    """
    document = read_yaml(content, name)
    if document.data is not None and not isinstance(document.data, dict):
        raise UnfitFile([Problem("write fields, each as `field: value`", file=name)], "See: sptool form KIND")
    moved: dict[FieldPath, FieldPath] = {}
    lean = without_blanks(document.data, (), (), moved)
    lines = {place: document.lines[was] for place, was in moved.items() if was in document.lines}
    return Answers(lean if isinstance(lean, dict) else {}, replace(document, lines=lines))


def without_blanks(data: Plain, was: FieldPath, now: FieldPath, moved: dict[FieldPath, FieldPath]) -> Plain:
    """Answers without what was left blank in a form. A number that was written for a text is that text.

    Args:
        was: where it stands in the file.
        now: where it stands in the answers: entries behind a blank one move up.
        moved: takes in, for each place in the answers, that in the file.
    """
    moved[now] = was
    if isinstance(data, dict):
        named = {name: without_blanks(value, (*was, name), (*now, name), moved) for name, value in data.items()}
        return {name: value for name, value in named.items() if not is_blank(value)}
    if isinstance(data, list):
        kept: list[Plain] = []
        for number, entry in enumerate(data):
            inside: dict[FieldPath, FieldPath] = {}
            lean = without_blanks(entry, (*was, number), (*now, len(kept)), inside)
            if not is_blank(lean):
                kept.append(lean)
                moved |= inside
        return kept
    return str(data) if isinstance(data, int) and not isinstance(data, bool) else data
