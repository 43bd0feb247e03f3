"""From bytes to text that a YAML parser can be trusted with, or what is in the way: form, size and depth.

The text is looked at piece by piece, before anything is built of it: aliases that stand for each other can mean a
thousand million values in 250 bytes, and lists in lists can exhaust the stack of whatever composes them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice

import yaml

from sptool.errors import MOST_LISTED, Problem, UnfitFile

LARGEST_FILE = 2 * 1024 * 1024  # bytes; a long form is about 60 KB

FIX = "Correct the file and try again."

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TAB_BEFORE_TEXT = re.compile(r" *\t")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
DEEPEST = 20  # lists and mappings inside each other; the deepest form has about 6
MOST_PIECES = 50_000  # names, values and the signs between them; a framework edition has about 3,500
_SHORT = 32 * 1024  # characters: no more pieces than that, whatever they are
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEP_LINE = re.compile(r"^[ \t\-?:]{40}", re.MULTILINE)
_MARK = re.compile(r"[&*]\S|!|^%", re.MULTILINE)
_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
# Directives are refused as they come: the parser compares each with all before it.
_MARKS: dict[type[yaml.Token], str] = {
    yaml.AnchorToken: "&",
    yaml.AliasToken: "*",
    yaml.TagToken: "!",
    yaml.DirectiveToken: "%",
}


def decode(content: bytes, name: str) -> str:
    """The text of a YAML file, checked before any parser sees it.

    Args:
        name: what messages call the file.

    Raises:
        UnfitFile: too large, not UTF-8, or with tabs or invisible characters where YAML allows none.
    """
    if len(content) > LARGEST_FILE:
        raise UnfitFile([Problem(f"the file is larger than {LARGEST_FILE // 1024**2} MiB", file=name)], FIX)
    text = _utf8(content, name)
    problems = list(islice(_unreadable_places(text, name), MOST_LISTED))
    if len(problems) == MOST_LISTED:
        problems[-1] = Problem("there are more lines like these", file=name)
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
    for number, line in enumerate(text.split("\n"), 1):
        if line.isprintable():
            continue
        if _TAB_BEFORE_TEXT.match(line):
            yield Problem("the line begins with a tab; use spaces", file=name, line=number)
        if _INVISIBLE.search(line):
            what = "the line holds an invisible control character; delete it, or type the line again"
            yield Problem(what, file=name, line=number)


def refuse_unbounded(text: str, name: str) -> None:
    """Refuses anchors, aliases, tags and directives, and more or deeper fields than any form has.

    Looking costs about as much as composing, so only text with signs of any of it pays for it.

    Args:
        text: YAML, as `decode` returns it.
        name: what messages call the file.

    Raises:
        UnfitFile: with the line of each mark, or the line at which it becomes too much.
    """
    if not _may_be_unbounded(text):
        return
    marks: dict[tuple[int, str], Problem] = {}
    depth = pieces = 0
    try:
        for token in yaml.scan(text, Loader=_LOADER):
            pieces += 1
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            line = int(token.start_mark.line) + 1
            if depth > 2 * DEEPEST:
                raise UnfitFile([too_deep(name, line)], FIX)
            if pieces > MOST_PIECES:
                raise UnfitFile([_too_many(name, line)], FIX)
            if (mark := _MARKS.get(type(token))) is not None:
                marks.setdefault((line, mark), _no_beginning(mark, name, line))
    except yaml.YAMLError:
        if not marks:
            raise
    if marks:
        raise UnfitFile(list(marks.values()), FIX)


def _may_be_unbounded(text: str) -> bool:
    if len(text) > _SHORT or text.count("[") + text.count("{") > 3 * DEEPEST or _DEEP_LINE.search(text):
        return True
    # Line breaks that patterns here don't know as such, in whose place anything may begin, are not printable.
    if not text.replace("\n", "").isprintable():
        return True
    return any(mark in text for mark in _MARKS.values()) and _MARK.search(text) is not None


def too_deep(name: str, line: int | None) -> Problem:
    """The problem of nesting deeper than any form does."""
    return Problem(f"fields are nested more than {DEEPEST} deep", file=name, line=line)


def _too_many(name: str, line: int) -> Problem:
    return Problem("there are more fields and values up to here than any form has", file=name, line=line)


def _no_beginning(mark: str, name: str, line: int) -> Problem:
    thing = "line" if mark == "%" else "value"
    return Problem(f"a {thing} can't begin with `{mark}`; put the text in quotes", file=name, line=line)
