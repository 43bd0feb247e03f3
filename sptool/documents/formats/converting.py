"""One text, four formats; and what the look of each is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from string import Template
from types import MappingProxyType

from sptool.documents.formats.about import About, Format
from sptool.documents.formats.pandoc import converted
from sptool.resources import shipped

# Whatever a value holds, pandoc writes its angle brackets as entities: only its own tags are found here.
_HEADING_CELL = re.compile(r"<th(?=[ >])")
_STYLES: Mapping[Format, tuple[str, ...]] = MappingProxyType(
    {
        "md": (),
        "docx": ("literal.lua",),
        "pdf": ("literal.lua", "document.typ"),
        "html": ("literal.lua", "page.css", "page.html"),
    }
)


def in_format(to: Format, markdown: str, about: About, letterhead: bytes | None = None) -> bytes:
    """A document's file in a format. The same text, properties and letterhead give the same bytes.

    Args:
        letterhead: the partnership's own Word file; None for the one that ships.

    Raises:
        UsageError: the converters aren't installed, or a PDF can't show one of the characters.
        UnfitFile: the letterhead can't be used, or the document can't be made.
    """
    if to == "docx":
        from sptool.documents.formats.word import as_word

        return as_word(markdown, about, letterhead)
    if to == "pdf":
        from sptool.documents.formats.pdf import as_pdf

        return as_pdf(markdown, about)
    if to == "html":
        return as_page(markdown, about)
    return markdown.encode()


def as_page(markdown: str, about: About) -> bytes:
    """A document as a web page.

    Raises:
        UsageError, UnfitFile: as `converted` has them.
    """
    body = converted(markdown, "html5", about).decode()
    page = Template(_style("page.html")).substitute(
        body=_HEADING_CELL.sub('<th scope="col"', body),
        style=_style("page.css"),
        title=escape(about.heading),
        partnership=escape(about.partnership),
        on=about.on.isoformat(),
    )
    return page.replace("\r\n", "\n").encode()


def _style(name: str) -> str:
    return shipped("templates", "documents", "style", name).read_text(encoding="utf-8")


def look_sha256(template_sha256: str, to: Format, letterhead: bytes | None = None) -> str:
    """The digest of all that gives a document its words and its look, apart from the case.

    Args:
        template_sha256: the digest of its templates; Markdown has no other look.
        letterhead: the partnership's own Word file; None for the one that ships. Only Word files have it.
    """
    from sptool.documents.formats.word import LETTERHEAD, default_letterhead

    parts = {name: shipped("templates", "documents", "style", name).read_bytes() for name in _STYLES[to]}
    if to == "docx":
        parts[LETTERHEAD] = default_letterhead() if letterhead is None else letterhead
    if not parts:
        return template_sha256
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(parts.items())]
    return sha256("".join([f"{template_sha256}  templates\n", *lines]).encode()).hexdigest()
