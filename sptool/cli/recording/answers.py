"""Answers from flags and from YAML, as plain data with the place where each was given."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from sptool.errors import Problem, UnfitFile, UsageError
from sptool.text.plain import Path as FieldPath
from sptool.text.plain import Plain
from sptool.text.yaml import Document, read_yaml

LARGEST_ANSWERS = 2 * 1024 * 1024
Shape = Literal["one", "many", "pairs", "entries", "positions", "criteria"]


@dataclass(frozen=True)
class Flag:
    """A flag for a short coded fact.

    Args:
        name: as typed, such as `--outcome`.
        field: the field that it answers.
        help: what it says, in a few words.
        shape: how it becomes an answer. `one`: the word itself; `many`: a list, one word each time; `pairs`:
            `CRITERION=ANSWER`; `entries`: a list of entries with `key` set; `positions`: `PARTNER=POSITION`;
            `criteria`: `CHILD:CRITERION=ANSWER`.
        key: for `entries`, the field that the word answers in each entry.
    """

    name: str
    field: str
    help: str
    shape: Shape = "one"
    key: str = ""

    @property
    def repeated(self) -> bool:
        """Whether it may be given several times."""
        return self.shape != "one"


@dataclass(frozen=True)
class Answers:
    """What was answered so far.

    Args:
        data: the answers, as the YAML has them.
        document: the YAML they came from, for line numbers; None for flags and prompts.
    """

    data: dict[str, Plain] = field(default_factory=dict)
    document: Document | None = None

    def where(self, path: FieldPath) -> tuple[str, int | None]:
        """The file and line at which a field stands, if it came from a file."""
        if self.document is None:
            return "", None
        return self.document.name, self.document.line(path)

    def with_data(self, more: Mapping[str, Plain]) -> Answers:
        """The answers with some added or changed."""
        return Answers({**self.data, **more}, self.document)


def answers_from(source: str) -> Answers:
    """Answers from a YAML file, or from standard input for `-`.

    Raises:
        UsageError: the file can't be read.
        UnfitFile: it is not good YAML.
    """
    name, content = _read(source)
    document = read_yaml(content, name)
    if document.data is not None and not isinstance(document.data, dict):
        raise UnfitFile([Problem("write fields, each as `field: value`", file=name)], "See: sptool form KIND")
    moved: dict[FieldPath, FieldPath] = {}
    lean = without_blanks(document.data, (), (), moved)
    lines = {place: document.lines[was] for place, was in moved.items() if was in document.lines}
    return Answers(lean if isinstance(lean, dict) else {}, replace(document, lines=lines))


def _read(source: str) -> tuple[str, bytes]:
    if source == "-":
        return "standard input", sys.stdin.buffer.read(LARGEST_ANSWERS + 1)
    try:
        with Path(source).open("rb") as file:
            return "the file given with --from", file.read(LARGEST_ANSWERS + 1)
    except OSError:
        raise UsageError("The file given with --from can't be read.", "Check its path, or use - for input.") from None


def without_blanks(data: Plain, was: FieldPath, now: FieldPath, moved: dict[FieldPath, FieldPath]) -> Plain:
    """Answers without what was left blank in a form. A number that was written for a text is that text.

    Args:
        data: what was given.
        was: where it stands in the file.
        now: where it stands in the answers: entries behind a blank one move up.
        moved: takes in, for each place in the answers, that in the file.
    """
    moved[now] = was
    if isinstance(data, dict):
        named = {name: without_blanks(value, (*was, name), (*now, name), moved) for name, value in data.items()}
        return {name: value for name, value in named.items() if not _blank(value)}
    if isinstance(data, list):
        kept: list[Plain] = []
        for number, entry in enumerate(data):
            inside: dict[FieldPath, FieldPath] = {}
            lean = without_blanks(entry, (*was, number), (*now, len(kept)), inside)
            if not _blank(lean):
                kept.append(lean)
                moved |= inside
        return kept
    return str(data) if isinstance(data, int) and not isinstance(data, bool) else data


def _blank(value: Plain) -> bool:
    return value is None or value in ("", [], {})


def answers_of_flags(flags: Sequence[Flag], given: Mapping[str, str | Sequence[str] | None]) -> dict[str, Plain]:
    """What the flags answer.

    Args:
        flags: the flags of the command.
        given: what was typed, by the flag's name.

    Raises:
        UsageError: a flag is not of its form.
    """
    found: dict[str, Plain] = {}
    for flag in flags:
        typed = given.get(flag.name)
        if typed:
            words = [typed] if isinstance(typed, str) else list(typed)
            found[flag.field] = _answer(flag, words)
    return found


def _answer(flag: Flag, words: list[str]) -> Plain:
    match flag.shape:
        case "one":
            return words[0]
        case "many":
            return list(words)
        case "pairs":
            return dict(_pair(flag, word) for word in words)
        case "entries":
            return [{flag.key: word} for word in words]
        case "positions":
            return [{"partner": partner, "position": said} for partner, said in (_pair(flag, w) for w in words)]
        case "criteria":
            return _criteria(flag, words)


def _pair(flag: Flag, word: str) -> tuple[str, Plain]:
    name, equals, value = word.partition("=")
    if not equals:
        raise UsageError(f"{flag.name} is not of its form.", f"{flag.help}.")
    return name, value


def _criteria(flag: Flag, words: list[str]) -> Plain:
    by_child: dict[str, dict[str, Plain]] = {}
    for word in words:
        place, answer = _pair(flag, word)
        child, _, criterion = place.rpartition(":")
        by_child.setdefault(child or "child-a", {})[criterion] = answer
    return [{"child": child, "answers": answers} for child, answers in by_child.items()]
