"""One text, four formats."""

from __future__ import annotations

from sptool.documents.formats.about import About, Format


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
        from sptool.documents.formats.page import as_page

        return as_page(markdown, about)
    return markdown.encode()
