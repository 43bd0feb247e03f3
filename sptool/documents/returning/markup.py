"""Reads the markup inside a Word file, with nothing in it that could expand, fetch or go on for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from sptool.errors import Problem, UnfitFile

DEEPEST = 200
MOST_NODES = 600_000
_WRITTEN = frozenset({"t", "delText", "instrText"})
BROKEN = "Open it in Word, save it again as a Word document (.docx), and try once more."


@dataclass
class Node:
    """One piece of markup.

    Args:
        name: what it is, such as `p` for a paragraph, without its namespace: Word has two dialects of those.
        said: what is said about it, by name without namespace.
        text: the text directly in it; kept for text, deleted text and the code of fields only.
    """

    name: str
    said: Mapping[str, str]
    inside: list[Node] = field(default_factory=list)
    text: str = ""

    def first(self, name: str) -> Node | None:
        """The first piece of that name directly inside."""
        return next((node for node in self.inside if node.name == name), None)


class _Builder:
    """Makes pieces of what the parser finds."""

    def __init__(self) -> None:
        self.root = Node("", {})
        self._open = [self.root]
        self._count = 0

    def start(self, name: str, said: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) > DEEPEST or self._count > MOST_NODES:
            raise _unfit("the form holds far more than a form does")
        node = Node(_bare(name), {_bare(key): value for key, value in said.items()})
        self._open[-1].inside.append(node)
        self._open.append(node)

    def end(self, name: str) -> None:
        del name
        self._open.pop()

    def text(self, text: str) -> None:
        if self._open[-1].name in _WRITTEN:
            self._open[-1].text += text


def read_markup(content: bytes) -> Node:
    """The markup of one part of a Word file.

    Raises:
        UnfitFile: it is broken, too large, or defines entities, which no word processor writes.
    """
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise _unfit("the form is damaged") from None
    return builder.root


def _refuse_definitions(*said: object) -> None:
    del said
    raise _unfit("the form holds definitions that no word processor writes")


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]


def _unfit(what: str) -> UnfitFile:
    return UnfitFile([Problem(what)], BROKEN)
