"""A document as a Word file on the partnership's letterhead."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from sptool.documents.formats.about import About
from sptool.documents.formats.finishing import finished
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
