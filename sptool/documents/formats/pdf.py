"""A document as a PDF that a screen reader can read: tagged, with bookmarks, checked against PDF/UA-1 by typst."""

from __future__ import annotations

from importlib.util import find_spec
from tempfile import TemporaryDirectory

from sptool.documents.formats.about import About
from sptool.documents.formats.pandoc import converted, not_installed
from sptool.errors import Problem, UnfitFile, UsageError
from sptool.resources import shipped

_NO_GLYPH = "could not be displayed"


def as_pdf(markdown: str, about: About) -> bytes:
    """A document as a PDF.

    Only the fonts that ship are used, so that the same text gives the same bytes everywhere. A script that they
    lack is set in a font of this computer.

    Raises:
        UsageError: the converters aren't installed, or no font has one of the characters.
        UnfitFile: it can't be made.
    """
    if find_spec("typst") is None:
        raise not_installed()
    style = shipped("templates", "documents", "style", "document.typ").read_bytes()
    source = style + converted(markdown, "typst", about)
    try:
        return _compiled(source, about, with_own_fonts=False) or _compiled_or_refused(source, about)
    except RuntimeError:
        raise UnfitFile([Problem("typst can't make a PDF of this document")], "Use another format: --to docx") from None


def _compiled_or_refused(source: bytes, about: About) -> bytes:
    made = _compiled(source, about, with_own_fonts=True)
    if made is None:
        raise UsageError(
            "A character in this document is in no font of this computer, so a PDF can't show it.",
            "Word and web pages can: --to docx",
        )
    return made


def _compiled(source: bytes, about: About, *, with_own_fonts: bool) -> bytes | None:
    """The PDF, or None if a character is in no font."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=with_own_fonts,
        font_paths=[str(shipped("templates", "documents", "style", "fonts"))],
    )
    with TemporaryDirectory(prefix="sptool-") as empty:
        compiler = typst.Compiler(
            source, empty, fonts, sys_inputs=_inputs(about), package_path=empty, package_cache_path=empty
        )
        try:
            made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=about.moment)
        except typst.TypstError as error:
            if _NO_GLYPH in str(error):
                return None
            raise
    return made if isinstance(made, bytes) else None


def _inputs(about: About) -> dict[str, str]:
    return {"title": about.heading, "partnership": about.partnership, "reference": about.reference}
