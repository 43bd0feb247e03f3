"""What stands on a page and has no words that could be read: pictures, drawings, files inside the file."""

from __future__ import annotations

from sptool.documents.returning.markup import Node

_PICTURES = frozenset(
    {"blip", "imagedata", "OLEObject", "altChunk", "contentPart", "subDoc", "control", "chart", "relIds"}
)
_DRAWN = frozenset({"wsp", "cxnSp", "shape", "oval", "line", "rect", "roundrect", "polyline", "arc", "curve"})
# A drawing with one of these is none of its own: a text box, a picture, big letters across the page.
_MORE = frozenset({"txbxContent", "imagedata", "textpath"})


def is_picture(node: Node) -> bool:
    """Whether a piece of markup is a picture or the like; a line that only parts the text is none."""
    return node.name in _PICTURES or (node.name in _DRAWN and "hr" not in node.said and not _has_more(node))


def lettering(node: Node) -> str:
    """What big letters across the page say; empty for anything else."""
    return node.said.get("string", "") if node.name == "textpath" else ""


def _has_more(node: Node) -> bool:
    return any(inner.name in _MORE or _has_more(inner) for inner in node.inside)
