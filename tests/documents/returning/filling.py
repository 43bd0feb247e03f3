"""Fills in a return form as an agency does: in the Word file's own markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "word/document.xml"
_ROW = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def parts_of(word: bytes) -> dict[str, bytes]:
    """The parts of a Word file."""
    with ZipFile(BytesIO(word)) as file:
        return {name: file.read(name) for name in file.namelist()}


def as_word(parts: Mapping[str, bytes]) -> bytes:
    """A Word file of these parts."""
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return whole.getvalue()


def changed(word: bytes, change: Callable[[str], str], part: str = MAIN) -> bytes:
    """A Word file with one part's markup changed."""
    parts = parts_of(word)
    before = parts[part].decode()
    after = change(before)
    assert after != before
    return as_word({**parts, part: after.encode()})


def paragraphs(text: str) -> str:
    """Markup of a text: a paragraph for each line."""
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n"))


def rows(markup: str) -> list[str]:
    """The rows of every table."""
    return _ROW.findall(markup)


def key_of(row: str) -> str:
    """The number that a row begins with."""
    found = _TEXT.search(row)
    return found[1] if found else ""


def filled(word: bytes, answers: Mapping[str, str]) -> bytes:
    """The form with answers, by the numbers of the questions."""
    return changed(word, lambda markup: _ROW.sub(lambda row: _answered(row.group(), answers), markup))


def _answered(row: str, answers: Mapping[str, str]) -> str:
    key = key_of(row)
    if key not in answers:
        return row
    head, cell, _ = row.rpartition("<w:tc>")
    return f"{head}{cell}<w:tcPr />{paragraphs(answers[key])}</w:tc></w:tr>"


def ticked(word: bytes, text: str) -> bytes:
    """The form with the box before a text ticked."""
    return changed(word, lambda markup: markup.replace(f"☐\N{NO-BREAK SPACE}{text}", f"☒ {text}"))


def reordered(word: bytes, order: Sequence[str]) -> bytes:
    """The form with some rows in another order: the first place of any takes the first of the order, and so on."""

    def moved(markup: str) -> str:
        by_key = {key_of(row): row for row in rows(markup)}
        waiting = iter(order)
        return _ROW.sub(lambda row: by_key[next(waiting)] if key_of(row.group()) in order else row.group(), markup)

    return changed(word, moved)


def without_rows(word: bytes, *keys: str) -> bytes:
    """The form with some rows deleted."""
    return changed(word, lambda markup: _ROW.sub(lambda r: "" if key_of(r.group()) in keys else r.group(), markup))


def with_text_below(word: bytes, text: str) -> bytes:
    """The form with paragraphs behind its last table."""

    def added(markup: str) -> str:
        before, tag, after = markup.rpartition("</w:tbl>")
        return before + tag + paragraphs(text) + after

    return changed(word, added)


def run(text: str, look: str = "") -> str:
    """Markup of a stretch of text, with formatting of its own."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def looking(word: bytes, text: str, look: str) -> bytes:
    """The form with a text that stands there formatted, wherever it stands in a run."""

    def formatted(found: re.Match[str]) -> str:
        own, whole = found[1] or "", found[2]
        before, _, after = whole.partition(escape(text, quote=False))
        parts = [(before, own), (escape(text, quote=False), own + look), (after, own)]
        return "".join(
            f'<w:r><w:rPr>{one}</w:rPr><w:t xml:space="preserve">{part}</w:t></w:r>' for part, one in parts if part
        )

    known = re.escape(escape(text, quote=False))
    pattern = rf"<w:r>(?:<w:rPr>((?:(?!</w:rPr>).)*)</w:rPr>)?<w:t(?: [^>]*)?>([^<]*{known}[^<]*)</w:t></w:r>"
    return changed(word, lambda markup: re.sub(pattern, formatted, markup, flags=re.DOTALL))


def replaced(word: bytes, text: str, markup: str) -> bytes:
    """The form with the run that holds a text, and nothing else, replaced by other markup."""
    return changed(word, lambda whole: whole.replace(run(text), markup))


def with_style(word: bytes, style: str) -> bytes:
    """The form with one more style."""
    return changed(word, lambda markup: markup.replace("</w:styles>", f"{style}</w:styles>"), "word/styles.xml")


def row_changed(word: bytes, key: str, change: Callable[[str], str]) -> bytes:
    """The form with the row of one question changed."""
    return changed(word, lambda markup: _ROW.sub(lambda r: change(r[0]) if key_of(r[0]) == key else r[0], markup))
