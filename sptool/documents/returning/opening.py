"""Opens a Word file that came from outside: what it is, how large it is, and the parts that hold text.

Read with Python's own zip and XML readers rather than with pandoc, because pandoc leaves out headers, footers, text
boxes and comments, and nothing that an agency wrote may be left out unseen.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from sptool.documents.returning.markup import BROKEN, Node, read_markup
from sptool.errors import Problem, UnfitFile

LARGEST_FILE = 50 * 1024 * 1024  # bytes; what can be kept as an attachment
LARGEST_TEXT = 24 * 1024 * 1024  # bytes of markup, unpacked; a long form takes half a million
MOST_PARTS = 3_000
MAIN = re.compile(r"word/document\d*\.xml")
STYLES = re.compile(r"word/styles\d*\.xml")
# What people can write in besides the text itself, with what it is called.
BESIDE = (
    (re.compile(r"word/header\d*\.xml"), "at the head of the page"),
    (re.compile(r"word/footer\d*\.xml"), "at the foot of the page"),
    (re.compile(r"word/comments\.xml"), "in a comment"),
    (re.compile(r"word/(?:footnotes|endnotes)\.xml"), "in a footnote"),
)
EMBEDDED = re.compile(r"word/(?:embeddings|afchunk|diagrams|charts)/.+", re.IGNORECASE)
SAVE_AS_WORD = "Ask for it as a Word document (.docx), or open it in Word and save it as one."
# What Python's zip reader says of a damaged, an encrypted or an oddly packed file.
_BROKEN_ZIP = (BadZipFile, zlib.error, struct.error, ValueError, NotImplementedError, RuntimeError, EOFError, OSError)
_STARTS = (
    (b"%PDF", "this is a PDF, whatever its name says"),
    (b"\xd0\xcf\x11\xe0", "this is an old Word document (.doc), or one with a password"),
    (b"{\\rtf", "this is rich text (.rtf)"),
)


@dataclass(frozen=True)
class Opened:
    """The parts of a Word file.

    Args:
        beside: what stands beside it: where, and the markup.
        styles: how its styles look; None if it has none.
        embedded: whether something is embedded that has no text.
    """

    main: Node
    beside: tuple[tuple[str, Node], ...]
    styles: Node | None
    embedded: bool


def is_word_like(content: bytes) -> bool:
    """Whether a file is to be taken for a document rather than for YAML: Word, or something renamed to look like it."""
    return content.startswith((b"PK", *(start for start, _ in _STARTS))) or b"\0" in content[:1000]


def open_form(content: bytes) -> Opened:
    """The parts of a Word file.

    Raises:
        UnfitFile: it is something else, damaged, or far larger than a form.
    """
    if len(content) > LARGEST_FILE:
        raise _unfit("this is larger than 50 MB", "Ask for the form without its pictures.")
    for start, what in _STARTS:
        if content.startswith(start):
            raise _unfit(what, SAVE_AS_WORD)
    try:
        with ZipFile(BytesIO(content)) as parts:
            return _parts(parts)
    except _BROKEN_ZIP:
        raise _unfit("this is not a Word document, or it is damaged", SAVE_AS_WORD) from None


def _parts(parts: ZipFile) -> Opened:
    names = parts.namelist()
    main = [name for name in names if MAIN.fullmatch(name)]
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts.infolist()):
        raise _unfit("the file is packed in a way that no word processor uses", BROKEN)
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise _unfit("the file holds far more than a form does", BROKEN)
    if not main:
        what = "this is an OpenDocument text (.odt)" if "content.xml" in names else "this is not a Word document"
        raise _unfit(what, SAVE_AS_WORD)
    left = LARGEST_TEXT
    read: dict[str, Node] = {}
    styles = next((name for name in names if STYLES.fullmatch(name)), "")
    for name in [*main[:1], *(name for name in names if name == styles or _place(name))]:
        part = _content(parts, name, left)
        left -= len(part)
        read[name] = read_markup(part)
    beside = tuple((_place(name), node) for name, node in read.items() if _place(name))
    return Opened(read[main[0]], beside, read.get(styles), any(EMBEDDED.match(name) for name in names))


def _place(name: str) -> str:
    return next((place for pattern, place in BESIDE if pattern.fullmatch(name)), "")


def _content(parts: ZipFile, name: str, left: int) -> bytes:
    """A part's bytes. What a zip file says of its own sizes is not believed."""
    with parts.open(name) as part:
        content = part.read(left + 1)
    if len(content) > left:
        raise _unfit("the file unpacks to far more than a form does", BROKEN)
    return content


def _unfit(what: str, fix: str) -> UnfitFile:
    return UnfitFile([Problem(what)], fix)
