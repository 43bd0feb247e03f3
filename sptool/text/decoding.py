"""From bytes to text that a YAML parser can be trusted with, or the list of what is in the way."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import yaml

from sptool.errors import Problem, UnfitFile

LARGEST_FILE = 2 * 1024 * 1024  # bytes; a long form is about 60 KB
DEEPEST = 20  # lists and mappings inside each other; the deepest form has about 6

FIX = "Correct the file and try again."

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TAB_BEFORE_TEXT = re.compile(r"^ *\t", re.MULTILINE)
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_DEEP_LINE = re.compile(r"^[ \t\-?:]{40}", re.MULTILINE)
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def decode(content: bytes, name: str) -> str:
    """The text of a YAML file, checked before any parser sees it.

    Args:
        content: the file's bytes.
        name: what messages call the file.

    Raises:
        UnfitFile: too large, not UTF-8, or with tabs or invisible characters where YAML allows none.
    """
    if len(content) > LARGEST_FILE:
        raise UnfitFile([Problem(f"the file is larger than {LARGEST_FILE // 1024**2} MiB", file=name)], FIX)
    text = _utf8(content, name)
    problems = sorted(_unreadable_places(text, name), key=lambda problem: problem.line or 0)
    if problems:
        raise UnfitFile(problems, FIX)
    return text


def _utf8(content: bytes, name: str) -> str:
    if content.startswith(_UTF16) or (b"\0" in content[:2] and len(content) > 1):
        what = "the file is saved as UTF-16 (“Unicode” in some editors), not as UTF-8"
        raise UnfitFile([Problem(what, file=name)], "Save it again with the encoding UTF-8.")
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = "from this line on, the file is not UTF-8 text"
        raise UnfitFile([Problem(what, file=name, line=line)], "Save it again as UTF-8.") from None


def _unreadable_places(text: str, name: str) -> Iterator[Problem]:
    if text.replace("\n", "").isprintable():  # as nearly every file is, and much quicker said
        return
    for pattern, what in (
        (_TAB_BEFORE_TEXT, "the line begins with a tab; use spaces"),
        (_INVISIBLE, "the line holds an invisible control character; delete it, or type the line again"),
    ):
        lines = {line_at(text, found.start()) for found in pattern.finditer(text)}
        yield from (Problem(what, file=name, line=line) for line in lines)


def line_at(text: str, index: int) -> int:
    """The line, counted from 1 as editors do, on which a character stands."""
    return text.count("\n", 0, index) + 1


def refuse_bottomless(text: str, name: str) -> None:
    """Refuses text that nests so deep that composing it could exhaust the stack.

    The parser's events need no recursion, but reading them costs as much as composing, so only text with
    signs of depth pays for it.

    Raises:
        UnfitFile: lists or mappings are nested too deep.
    """
    if text.count("[") + text.count("{") <= 60 and not _DEEP_LINE.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
        if depth > 2 * DEEPEST:
            raise UnfitFile([too_deep(name, event.start_mark.line + 1 if event.start_mark else None)], FIX)


def too_deep(name: str, line: int | None) -> Problem:
    """The problem of nesting deeper than any form does."""
    return Problem(f"fields are nested more than {DEEPEST} deep", file=name, line=line)
