"""From bytes to text that a YAML parser can be trusted with, or the list of what is in the way."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice

from sptool.errors import MOST_LISTED, Problem, UnfitFile

LARGEST_FILE = 2 * 1024 * 1024  # bytes; a long form is about 60 KB

FIX = "Correct the file and try again."

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TAB_BEFORE_TEXT = re.compile(r" *\t")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


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
