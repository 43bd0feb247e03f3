"""All that is written in a Word file, in order: paragraphs, tables, and what stands outside the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sptool.documents.returning.markup import Node
from sptool.documents.returning.opening import open_form
from sptool.text.prose import normalise

PICTURE = "There is a picture or an embedded file in the form. It is kept with the original, and stands in no answer."
DELETED = "Words were struck out with tracked changes. They count as taken back; the original that is kept has them."
MEANT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Ticks and boxes of the fonts that word processors draw them in.
SYMBOLS = {"F0A8": "☐", "F06F": "☐", "F0FE": "☑", "F0FD": "☒", "F0FC": "✓", "F0FB": "✗", "F052": "☑", "F053": "☒"}
_STRUCK = frozenset({"del", "moveFrom"})
_PICTURES = frozenset({"blip", "imagedata", "OLEObject", "altChunk", "contentPart"})
_SKIPPED = frozenset({"delText", "instrText", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr", "tblGrid"})


@dataclass(frozen=True)
class Paragraph:
    """A paragraph outside every table."""

    text: str


@dataclass(frozen=True)
class TableRow:
    """A row of a table: the text of its cells."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """What stands outside the text: in a header, a comment, a text box.

    Args:
        place: where, in words.
        text: what it says.
    """

    place: str
    text: str


@dataclass(frozen=True)
class Contents:
    """All that is written in a form.

    Args:
        blocks: paragraphs and rows, in order.
        beside: what stands outside the text.
        notices: what can't be read as text, in words.
    """

    blocks: tuple[Paragraph | TableRow, ...]
    beside: tuple[Beside, ...]
    notices: tuple[str, ...]

    @property
    def text(self) -> str:
        """Everything in one."""
        found = [block.text if isinstance(block, Paragraph) else "\n".join(block.cells) for block in self.blocks]
        return "\n".join([*found, *(one.text for one in self.beside)])


def contents_of(content: bytes) -> Contents:
    """All that is written in a Word file.

    Args:
        content: the file's bytes.

    Raises:
        UnfitFile: it can't be read.
    """
    main, parts, embedded = open_form(content)
    reading = _Reading()
    blocks = tuple(reading.blocks(main))
    for place, part in parts:
        for block in reading.blocks(part):
            text = block.text if isinstance(block, Paragraph) else "\n".join(filter(None, block.cells))
            reading.beside.append(Beside(place, text))
    notices = ([PICTURE] if reading.pictures or embedded else []) + ([DELETED] if reading.struck else [])
    return Contents(blocks, tuple(one for one in reading.beside if one.text), tuple(notices))


@dataclass
class _Reading:
    """Goes through a file's markup, and notes what it meets on the way."""

    beside: list[Beside] = field(default_factory=list)
    pictures: bool = False
    struck: bool = False

    def blocks(self, node: Node) -> Iterator[Paragraph | TableRow]:
        for inner in self._inside(node):
            if inner.name == "p":
                yield Paragraph(normalise(self._paragraph(inner)))
            elif inner.name == "tr":
                yield TableRow(tuple(self._cells(inner)))
            else:
                yield from self.blocks(inner)

    def _inside(self, node: Node) -> Iterator[Node]:
        """What a piece holds: without what was struck out, and of two ways to say the same, the first."""
        seen_choice = False
        for inner in node.inside:
            if inner.name in _STRUCK:
                self.struck = self.struck or _has_text(inner)
            elif inner.name in _PICTURES:
                self.pictures = True
            elif inner.name == "Fallback" and seen_choice:
                continue
            elif inner.name not in _SKIPPED:
                seen_choice = seen_choice or inner.name == "Choice"
                yield inner

    def _cells(self, row: Node) -> Iterator[str]:
        for inner in self._inside(row):
            if inner.name == "tc":
                yield normalise("\n".join(self._lines(inner)))
            else:
                yield from self._cells(inner)

    def _lines(self, cell: Node) -> Iterator[str]:
        for block in self.blocks(cell):
            yield block.text if isinstance(block, Paragraph) else " | ".join(block.cells)

    def _paragraph(self, node: Node) -> str:
        properties = node.first("pPr")
        bullet = "- " if properties and properties.first("numPr") else ""
        text = self._text(node)
        return bullet + text if text.strip() else text

    def _text(self, node: Node) -> str:
        parts: list[str] = []
        for inner in self._inside(node):
            if inner.name == "t":
                parts.append(inner.text)
            elif inner.name == "sym":
                parts.append(SYMBOLS.get(inner.said.get("char", "").upper(), "\ufffd"))
            elif inner.name == "txbxContent":
                self._text_box(inner)
            else:
                parts.append(MEANT.get(inner.name) or self._text(inner))
        return "".join(parts)

    def _text_box(self, node: Node) -> None:
        lines = [block.text if isinstance(block, Paragraph) else " | ".join(block.cells) for block in self.blocks(node)]
        self.beside.append(Beside("in a text box", normalise("\n".join(lines))))


def _has_text(node: Node) -> bool:
    return any(inner.name in ("delText", "t") or _has_text(inner) for inner in node.inside)
