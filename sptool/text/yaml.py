"""Reads YAML: strict about form, plain about what is wrong, silent about what the text says.

Only what an officer needs is allowed: mappings, lists and scalars. Anchors, aliases, tags and several
documents in one file are refused. No message quotes a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from sptool.errors import Problem, UnfitFile
from sptool.text.decoding import DEEPEST, FIX, decode, refuse_unbounded, too_deep
from sptool.text.plain import Path, Plain, dotted, scalar
from sptool.text.yaml_writing import write_yaml

__all__ = ["Document", "Path", "Plain", "read_plain", "read_yaml", "write_yaml"]

# The parser's own words and ours. Its words may quote a value, so they are never passed on.
_SYNTAX = (
    ("but found another document", "there is more than one document here; remove the line `---`"),
    (
        "mapping values are not allowed",
        "there is a second colon or a wrong indentation; quote text with a colon",
    ),
    ("could not find expected ':'", "this is not `field: value`: a colon or an indentation is missing"),
    ("did not find expected key", "this does not fit in here: look at the indentation, and at quotes above"),
    ("did not find expected '-'", "this does not fit in the list above: look at the indentation"),
    ("block sequence entries", "a list can't begin here: put each `-` on a line of its own"),
    ("found unexpected end of stream", "a quotation mark is opened here or above, and never closed"),
    ("found character that cannot start", "a value can't begin with this character; put the text in quotes"),
    ("found unknown escape", "a backslash in double quotes has a meaning of its own; use single quotes"),
)

_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")

# The C loader composes ten times faster. It asks for the meaning of every scalar, list and mapping, which is ours to
# say: answering at once saves a sixth of the time that reading takes.
_Composer = type(
    "_Composer",
    (getattr(yaml, "CSafeLoader", yaml.SafeLoader),),
    {
        "resolve": lambda *_: "",
        "ascend_resolver": lambda *_: None,
        "descend_resolver": lambda *_: None,
    },
)


@dataclass(frozen=True)
class Document:
    """One YAML file as plain data, and where each field stands in it.

    Args:
        data: the content; None for a file that is empty or holds only comments.
        name: what messages call the file.
        lines: the line, counted from 1, of each field and list entry.
    """

    data: Plain
    name: str
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int | None:
        """The line of a field, or of the nearest field around it that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def read_yaml(content: bytes, name: str) -> Document:
    """Reads a file that somebody wrote by hand.

    Args:
        name: what messages call the file: its name, or "standard input".

    Raises:
        UnfitFile: with every problem found, each with its line.
    """
    reading = _Reading(decode(content, name), name)
    return Document(reading.read(), name, reading.lines)


def read_plain(content: bytes, name: str) -> Plain:
    """Reads a stored record, under the same rules as `read_yaml`.

    Raises:
        UnfitFile: with every problem found, each with its line.
    """
    return _Reading(decode(content, name), name).read()


class _Reading:
    """One file on its way from text to plain data."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.lines: dict[Path, int] = {}
        self.problems: dict[tuple[int, str], Problem] = {}

    def read(self) -> Plain:
        node = self._compose()
        data = None if node is None else self._plain(node, ())
        if self.problems:
            raise UnfitFile([self.problems[key] for key in sorted(self.problems)], FIX)
        return data

    def _compose(self) -> yaml.Node | None:
        try:
            refuse_unbounded(self.text, self.name)
            composer = _Composer(self.text)
            try:
                node: yaml.Node | None = composer.get_single_node()
            finally:
                composer.dispose()
        except yaml.YAMLError as error:
            raise UnfitFile([_syntax_problem(error, self.name)], FIX) from None
        return node

    def _plain(self, node: yaml.Node, path: Path) -> Plain:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value) if node.style else scalar(node.value)
        if len(path) >= DEEPEST:
            self._problem(too_deep(self.name, _line(node)))
            return None
        if isinstance(node, yaml.SequenceNode):
            return self._list(node, path)
        return self._mapping(node, path)

    def _list(self, node: yaml.Node, path: Path) -> list[Plain]:
        values: list[Plain] = []
        for index, item in enumerate(node.value):
            place = (*path, index)
            self.lines[place] = _line(item)
            values.append(self._plain(item, place))
        return values

    def _mapping(self, node: yaml.Node, path: Path) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        for key, value in node.value:
            name = self._key(key, path)
            if name is None:
                continue
            place = (*path, name)
            if name in values:
                self._problem(self._repeated(place, _line(key)))
                continue
            self.lines[place] = _line(key)
            values[name] = self._plain(value, place)
        return values

    def _key(self, node: yaml.Node, path: Path) -> str | None:
        name = self._plain(node, path) if isinstance(node, yaml.ScalarNode) else None
        if not isinstance(name, str):
            what = "the name of a field must be a word; put it in quotes if it looks like something else"
            self._problem(Problem(what, file=self.name, line=_line(node)))
            return None
        return name

    def _repeated(self, place: Path, line: int) -> Problem:
        what = f"this field is there twice, first on line {self.lines[place]}; keep one of the two"
        return Problem(what, field=_shown(place), file=self.name, line=line)

    def _problem(self, problem: Problem) -> None:
        self.problems.setdefault((problem.line or 0, problem.what), problem)


def _shown(path: Path) -> str:
    """A field's name for a message; none where somebody's prose stands in a name's place."""
    return dotted(path) if all(isinstance(part, int) or _NAME.fullmatch(part) for part in path) else ""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _syntax_problem(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    what = next((ours for theirs, ours in _SYNTAX if theirs in said), "this can't be read as YAML")
    return Problem(what, file=name, line=mark.line + 1 if mark else None)
