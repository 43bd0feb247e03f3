"""Makes every value in a document literal: Markdown reads it as the text that it is, and as nothing else.

A template's own text is Markdown. What it fills in is first wrapped in two marks that no text can hold, and
made literal once the whole document stands and each value's place is known: at the start of a line, in a table's
cell, in a heading or in the middle of a sentence. Only what CommonMark or pandoc could read as Markdown in that
place gets a backslash, so that people can still read the Markdown itself.
"""

from __future__ import annotations

import re

from sptool.text.prose import normalise

# Code points that Unicode sets aside for a program's own use; `normalise` takes them out of every text.
OPENS, CLOSES = "\ufdd0", "\ufdd1"
_MARKED = re.compile(f"{OPENS}([^{OPENS}{CLOSES}]*){CLOSES}")

# Read as Markdown in the middle of a line. Quotes, full stops, hyphens and round brackets are not.
_ANYWHERE = re.compile(r"[\\`*_\[\]<|~^$@{}#]|&(?=[#0-9A-Za-z]|$)|:(?=//)|(?<=[Ww]{3})\.")
# Read as Markdown at the start of a line: numbered and lettered lists and captions, with the backslash after
# the number, letter or word; bullets, underlines, quotations, definitions and `(1)`, with the backslash first.
_AT_START = re.compile(
    r"(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?=[.)](?: |$))"
    r"|[Tt]able(?=:)"
    r"|(?=[-+=>:%]|\([0-9A-Za-z]+\)(?: |$))"
)
# Quotation marks, bullets and numbers of the template that a line begins with.
_CONTAINER = re.compile(r"[ >]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ ]+)*")
_PARAGRAPHS = re.compile(r"\n{2,}")
_LINES = re.compile(r"\n+")


def mark(value: object) -> str:
    """A value as it stands in a document until its place is known.

    Args:
        value: text or a number; control, hidden and reordering characters are taken out.
    """
    return f"{OPENS}{normalise(str(value))}{CLOSES}"


def without_marks(template: str) -> str:
    """A template's own text without the marks that only values may have."""
    return template.replace(OPENS, "").replace(CLOSES, "")


def literal(document: str) -> str:
    """The document with every marked value made literal in its place.

    In a table's cell or a heading, a slash stands for a line break; elsewhere lines and paragraphs stay.

    Args:
        document: what a template made, its values still marked.
    """
    joined = document.replace(f"{CLOSES}{OPENS}", "")
    done: list[str] = []
    line, end = "", 0
    for found in _MARKED.finditer(joined):
        own = joined[end : found.start()]
        line = (line + own).rpartition("\n")[2]
        done += [own, _in_place(found.group(1), line)]
        line += _standing_for(found.group(1))
        end = found.end()
    return "".join([*done, joined[end:]])


def _standing_for(value: str) -> str:
    """What a value leaves in its line for those after it: a number may begin a list, nothing else begins anything."""
    return value if value.isdigit() else "x" * bool(value)


def _in_place(value: str, before: str) -> str:
    """A value made literal after what stands before it in its line."""
    container = _CONTAINER.match(before)
    lead = container.group() if container else ""
    rest = before[len(lead) :]
    if rest.startswith(("|", "#")):
        return " / ".join(_escaped(line.strip(" "), at_start=True) for line in _LINES.split(value))
    continued = "".join(">" if sign == ">" else " " for sign in lead)
    return _flowing(value, continued, at_start=not rest)


def _flowing(value: str, continued: str, at_start: bool) -> str:
    """A value whose paragraphs and lines stay such, inside the list or quotation around them."""
    gap = f"\n{continued.rstrip(' ')}\n{continued}"
    first, *others = _PARAGRAPHS.split(value)
    written = [_lines(first, continued, at_start)]
    written += [_lines(paragraph, continued, at_start=True) for paragraph in others]
    return gap.join(written)


def _lines(paragraph: str, continued: str, at_start: bool) -> str:
    first, *others = paragraph.split("\n")
    first = first.lstrip(" ") if at_start else first
    written = [_escaped(first, at_start), *(_escaped(line.lstrip(" "), at_start=True) for line in others)]
    return f"\\\n{continued}".join(written)


def _escaped(line: str, at_start: bool) -> str:
    """One line with a backslash before whatever would be read as Markdown."""
    found = _AT_START.match(line) if at_start else None
    if found is None:
        return _signs(line)
    before, after = line[: found.end()], line[found.end() :]
    return f"{before}\\{after[0]}{_signs(after[1:])}"


def _signs(text: str) -> str:
    return _ANYWHERE.sub(lambda sign: f"\\{sign.group()}", text)
