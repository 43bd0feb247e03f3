"""Reads Markdown back with a CommonMark parser, to see what a reader would see."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sptool.text.prose import normalise

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_SPACES = re.compile(r" +")


def tokens(markdown: str) -> list[Token]:
    return _PARSER.parse(markdown)


def blocks(markdown: str) -> list[str]:
    """The kinds of block that a document is made of, in order."""
    return [token.type for token in tokens(markdown)]


def texts(markdown: str) -> list[str]:
    """The text of each block that holds text: literally what a reader sees. Refuses all that isn't plain text."""
    return [_plain(token) for token in tokens(markdown) if token.type == "inline"]


def _plain(token: Token) -> str:
    parts = []
    for child in token.children or []:
        assert child.type in ("text", "hardbreak"), f"the text was read as {child.type}"
        parts.append(child.content if child.type == "text" else "\n")
    return _squeezed("".join(parts))


def _squeezed(text: str) -> str:
    return "\n".join(_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))


def paragraphs(text: str) -> list[str]:
    """The paragraphs that a value should come out as."""
    lines = "\n".join(line.strip(" ") for line in normalise(text).split("\n")).strip("\n")
    return [_squeezed(part) for part in re.split(r"\n{2,}", lines) if part]


def one_line(text: str) -> str:
    """What a value should come out as in a heading or a table's cell."""
    return _squeezed(" / ".join(line for part in paragraphs(text) for line in part.split("\n")))
