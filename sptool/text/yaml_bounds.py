"""Refuses YAML that is quickly written and would take long, or much memory, to read.

It is looked at piece by piece, before anything is built of it: aliases that stand for each other can mean a
thousand million values in 250 bytes, and lists in lists can exhaust the stack of whatever composes them.
"""

from __future__ import annotations

import re

import yaml

from sptool.errors import Problem, UnfitFile
from sptool.text.decoding import FIX

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
