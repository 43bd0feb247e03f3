"""What a document's look is made of in each format: with the templates' digest, the same look gives the same digest."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType

from sptool.documents.formats.about import Format
from sptool.documents.formats.word import LETTERHEAD, default_letterhead
from sptool.resources import shipped

_STYLES: Mapping[Format, tuple[str, ...]] = MappingProxyType(
    {
        "md": (),
        "docx": ("literal.lua",),
        "pdf": ("literal.lua", "document.typ"),
        "html": ("literal.lua", "page.css", "page.html"),
    }
)


def look_sha256(template_sha256: str, to: Format, letterhead: bytes | None = None) -> str:
    """The digest of all that gives a document its words and its look, apart from the case.

    Args:
        template_sha256: the digest of its templates; Markdown has no other look.
        letterhead: the partnership's own Word file; None for the one that ships. Only Word files have it.
    """
    parts = {name: shipped("templates", "documents", "style", name).read_bytes() for name in _STYLES[to]}
    if to == "docx":
        parts[LETTERHEAD] = default_letterhead() if letterhead is None else letterhead
    if not parts:
        return template_sha256
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(parts.items())]
    return sha256("".join([f"{template_sha256}  templates\n", *lines]).encode()).hexdigest()
