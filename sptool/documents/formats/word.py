"""A document as a Word file on the partnership's letterhead, and what pandoc leaves to be done on one.

The parts of a Word file are text here, not trees: parsing and writing them again would rename the prefixes that
Word needs to find in a letterhead. Whatever a value holds, pandoc writes its angle brackets as entities, so only
pandoc's own tags are found.
"""

from __future__ import annotations

import re
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from sptool.documents.formats.about import LANGUAGE, About
from sptool.documents.formats.pandoc import converted
from sptool.errors import Problem, UnfitFile
from sptool.resources import shipped

LETTERHEAD = "letterhead.docx"
LARGEST_LETTERHEAD = 20 * 1024 * 1024  # bytes, unpacked; a logo takes a few hundred thousand
_NEEDED = {"word/document.xml", "word/styles.xml", "[Content_Types].xml"}
_FIX = "Save it as a Word document (.docx). To start from the one that ships: sptool letterhead"


def as_word(markdown: str, about: About, letterhead: bytes | None = None) -> bytes:
    """A document as a Word file.

    Args:
        letterhead: the partnership's own Word file, whose styles, margins, header and footer are taken; None for
            the one that ships.

    Raises:
        UsageError: pandoc isn't installed.
        UnfitFile: the letterhead can't be used, or the document can't be made.
    """
    content = default_letterhead() if letterhead is None else letterhead
    refuse_unfit(content)
    with TemporaryDirectory(prefix="sptool-") as folder:
        file = Path(folder, LETTERHEAD)
        file.write_bytes(content)
        made = converted(markdown, "docx", about, [f"--reference-doc={file}"])
    return finished(made, about)


def default_letterhead() -> bytes:
    """The letterhead that ships, to be edited in Word."""
    return shipped("templates", LETTERHEAD).read_bytes()


def refuse_unfit(letterhead: bytes) -> None:
    """Refuses what is no Word file, or one too large to be a letterhead.

    Raises:
        UnfitFile: with the reason.
    """
    try:
        with ZipFile(BytesIO(letterhead)) as parts:
            names = set(parts.namelist())
            size = sum(part.file_size for part in parts.infolist())
    except BadZipFile:
        raise _unfit("this is not a Word document") from None
    if not names >= _NEEDED:
        raise _unfit("this is not a Word document")
    if size > LARGEST_LETTERHEAD:
        raise _unfit(f"this is larger than {LARGEST_LETTERHEAD:,} bytes")


def _unfit(what: str) -> UnfitFile:
    return UnfitFile([Problem(what, file=LETTERHEAD)], _FIX)


_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say
_BODY = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_HEADER_OR_FOOTER = re.compile(r"word/(?:header|footer)\d*\.xml")

_ROW = re.compile(r"<w:tr>\s*(<w:trPr>)?(.*?</w:tr>)", re.DOTALL)
_TO_WRITE_IN = '<w:trHeight w:val="680" w:hRule="atLeast" />'  # twentieths of a point: two lines
_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)
_COLUMN = re.compile(r'(<w:gridCol w:w=")(\d+)(")')
_PAGE_WIDTH = re.compile(r'<w:pgSz\b[^>]*\bw:w="(\d+)"')
_MARGIN = re.compile(r'<w:pgMar\b[^>]*\bw:(?:left|start)="(\d+)"')
_OTHER_MARGIN = re.compile(r'<w:pgMar\b[^>]*\bw:(?:right|end)="(\d+)"')
_AFTER_TABLE = re.compile(
    r'(</w:tbl>\s*<w:p>\s*<w:pPr>\s*<w:pStyle w:val="(?:FirstParagraph|BodyText)" ?/>)(?=\s*</w:pPr>)'
)
_AFTER_LIST = re.compile(
    r'(<w:numPr>(?:(?!</w:p>).)*</w:p>\s*<w:p>\s*<w:pPr>\s*<w:pStyle w:val="FirstParagraph" ?/>)(?=\s*</w:pPr>)',
    re.DOTALL,
)
_PARAGRAPH = r'(<w:p>\s*<w:pPr>\s*<w:pStyle w:val="(?:FirstParagraph|BodyText)" ?/>)'
_ENDS_WITH_COLON = r"(?:(?!</w:p>).)*:</w:t>\s*</w:r>\s*</w:p>"
_ALL_BOLD = r"\s*</w:pPr>\s*<w:r>\s*<w:rPr>\s*<w:b ?/>(?:(?!</w:r>).)*</w:r>\s*</w:p>"
_TO_ITS_END = r"(?:(?!</w:p>).)*</w:p>\s*"
_BEFORE_TABLE = rf"{_TO_ITS_END}<w:tbl>"
_CLOSES = rf"{_TO_ITS_END}(?:<w:p>{_TO_ITS_END}){{1,2}}<w:sectPr"
_LEADS_IN = re.compile(f"{_PARAGRAPH}(?={_ENDS_WITH_COLON}|{_ALL_BOLD}|{_BEFORE_TABLE}|{_CLOSES})", re.DOTALL)
_CONTROL = re.compile(r"<w:sdt>.*?</w:sdt>", re.DOTALL)
_TITLE_BOUND = re.compile(r"<w:dataBinding\b[^>]*coreProperties\[1\]/\w+:title\[1\]")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>[^<]*</w:t>")


def finished(content: bytes, about: About) -> bytes:
    """A Word file with what pandoc leaves out, the same bytes every time.

    Args:
        content: the Word file as pandoc wrote it.
    """
    with ZipFile(BytesIO(content)) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    parts[_PROPERTIES] = _properties(about).encode()
    parts[_BODY] = _body(parts[_BODY].decode()).encode()
    for name in filter(_HEADER_OR_FOOTER.fullmatch, parts):
        parts[name] = _titled(parts[name].decode(), about).encode()
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w") as file:
        for name, content in parts.items():
            entry = ZipInfo(name, _FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # the same on every kind of computer
            file.writestr(entry, content)
    return whole.getvalue()


def _properties(about: About) -> str:
    at = f"{about.moment:%Y-%m-%dT%H:%M:%SZ}"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(about.heading)}</dc:title><dc:subject>{escape(about.reference)}</dc:subject>"
        f"<dc:creator>{escape(about.partnership)}</dc:creator><dc:language>{LANGUAGE}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified></cp:coreProperties>\n'
    )


def _body(document: str) -> str:
    """Tables as wide as the text, no row broken over two pages, room below tables and lists; whatever leads in to a
    paragraph or table is on its page, and the closing lines are together."""
    width = _text_width(document)
    document = _GRID.sub(lambda grid: _widened(grid.group(), width), document) if width else document
    document = _ROW.sub(_unbroken, document)
    document = _AFTER_TABLE.sub(r'\1<w:spacing w:before="200" />', document)
    document = _AFTER_LIST.sub(r'\1<w:spacing w:before="140" />', document)
    return _LEADS_IN.sub(r"\1<w:keepNext />", document)


def _unbroken(row: re.Match[str]) -> str:
    """A row in one piece; one whose last cell is empty is there to write in, so it is high."""
    last = row[2].rpartition("<w:tc>")[2]
    high = "" if "<w:t>" in last or "<w:t " in last else _TO_WRITE_IN
    return f"<w:tr><w:trPr><w:cantSplit />{high}{'' if row[1] else '</w:trPr>'}{row[2]}"


def _text_width(document: str) -> int:
    """The width of the text, in twentieths of a point; 0 if the page doesn't say."""
    found = [pattern.search(document) for pattern in (_PAGE_WIDTH, _MARGIN, _OTHER_MARGIN)]
    page, *margins = [int(match[1]) if match else 0 for match in found]
    return max(page - sum(margins), 0)


def _widened(grid: str, width: int) -> str:
    whole = sum(int(column[2]) for column in _COLUMN.finditer(grid))
    if not whole:
        return grid
    return _COLUMN.sub(lambda column: f"{column[1]}{int(column[2]) * width // whole}{column[3]}", grid)


def _titled(part: str, about: About) -> str:
    """A header or footer whose field for the document's title shows it already.

    Word fills such a field by itself; other programs, and previews, show what it last held.
    """

    def filled(control: re.Match[str]) -> str:
        if not _TITLE_BOUND.search(control.group()):
            return control.group()
        title = iter([f'<w:t xml:space="preserve">{escape(about.heading)}</w:t>'])
        return _TEXT.sub(lambda _: next(title, "<w:t></w:t>"), control.group())

    return _CONTROL.sub(filled, part)
