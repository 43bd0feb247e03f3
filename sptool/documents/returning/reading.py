"""Goes through the markup of a Word file and takes down all that is written in it, in order, with how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sptool.documents.returning.drawn import drawn, symbol
from sptool.documents.returning.looks import TAKEN_BACK, UNREADABLE, Around
from sptool.documents.returning.markup import Node
from sptool.documents.returning.opening import open_form
from sptool.documents.returning.passages import Passage, Piece, joined
from sptool.documents.returning.standing import Fields, goes_on, inside, is_numbered, picked, rows_in
from sptool.documents.returning.styles import Styles

MEANT = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
PICTURE_HERE = "(a picture or a drawing)"
_PICTURES = frozenset(
    {"blip", "imagedata", "OLEObject", "altChunk", "contentPart", "subDoc", "control", "chart", "relIds"}
)
_DRAWN = frozenset({"wsp", "cxnSp", "shape", "oval", "line", "rect", "roundrect", "polyline", "arc", "curve"})
# A drawing with one of these is none of its own: a text box, a picture, big letters across the page.
_MORE = frozenset({"txbxContent", "imagedata", "textpath"})
PICTURE = (
    "There is a picture, a drawing or an embedded file in the form. It is kept with the original, and stands in no "
    "answer."
)
DELETED = "Words were struck out with tracked changes. They count as taken back; the original that is kept has them."


@dataclass(frozen=True)
class Paragraph:
    """A paragraph outside every table."""

    passage: Passage


@dataclass(frozen=True)
class TableRow:
    """A row of a table.

    Args:
        deleted: whether it was deleted with tracked changes.
    """

    cells: tuple[Passage, ...]
    deleted: bool = False

    @property
    def passage(self) -> Passage:
        """All of it in one."""
        return joined((cell for cell in self.cells if not cell.is_empty), " | ")


@dataclass(frozen=True)
class Beside:
    """What stands outside the text: in a header, a comment, a text box."""

    place: str
    passage: Passage


Block = Paragraph | TableRow


@dataclass
class Reading:
    """Takes down what it meets on the way through a file.

    Args:
        beside: what it met outside the text.
        pictures: whether it met something that has no words.
    """

    beside: list[Beside] = field(default_factory=list)
    pictures: bool = False
    _fields: Fields = field(default_factory=Fields)

    def blocks(self, node: Node, around: Around) -> Iterator[Block]:
        """The paragraphs and rows in a piece of markup, in order."""
        begun: list[Piece] = []
        for inner, here in inside(node, around):
            is_paragraph = inner.name == "p"
            if is_paragraph:
                begun += self._paragraph(inner, here, first=not begun)
                if goes_on(inner):
                    continue
            if begun or is_paragraph:
                yield Paragraph(Passage.of(begun))
                begun = []
            if not is_paragraph:
                yield from self._block(inner, here)
        if begun:
            yield Paragraph(Passage.of(begun))

    def _block(self, node: Node, around: Around) -> Iterator[Block]:
        if is_picture(node):
            yield Paragraph(Passage((self._picture(around),)))
        elif node.name == "tbl":
            for deleted, cells in rows_in(node, around):
                yield TableRow(tuple(self._cell(cell, here) for cell, here in cells), deleted)
        else:
            yield from self.blocks(node, around)

    def _cell(self, node: Node, around: Around) -> Passage:
        # A field ends in the cell in which it begins.
        outside, self._fields = self._fields, Fields()
        passage = joined(block.passage for block in self.blocks(node, around))
        self._fields = outside
        return passage

    def _paragraph(self, node: Node, around: Around, *, first: bool) -> list[Piece]:
        pieces = list(self._pieces(node, around.in_paragraph(node)))
        said = next((one for one in pieces if one.text.strip()), None)
        return [Piece("- ", said.look), *pieces] if said and first and is_numbered(node) else pieces

    def _pieces(self, node: Node, around: Around) -> Iterator[Piece]:
        for inner, outer in inside(node, around):
            here = outer.in_run(inner) if inner.name == "r" else outer
            if is_picture(inner):
                yield self._picture(here)
            elif inner.name == "txbxContent":
                self._text_box(inner, here)
            elif inner.name == "textpath":
                self.beside.append(Beside("in big letters across the page", Passage.of([Piece(lettering(inner))])))
            elif inner.name == "ruby":
                yield from self._with_reading(inner, here)
            else:
                why = self._fields.gone  # before a field begins or ends here
                text = self._written(inner, here)
                if text is None:
                    yield from self._pieces(inner, here)
                elif text:
                    yield Piece(text, (here.lost(why) if why else here).look)

    def _written(self, node: Node, around: Around) -> str | None:
        """What a piece of markup writes itself; None where that is left to what it holds."""
        if node.name in ("t", "delText"):
            return drawn(node.text, around.look)
        if node.name == "sym":
            return symbol(node.said.get("char", ""), node.said.get("font", ""))
        if node.name in ("fldChar", "instrText"):
            self._fields.met(node)
            return picked(node)
        return MEANT.get(node.name)

    def _picture(self, around: Around) -> Piece:
        self.pictures = True
        return Piece(PICTURE_HERE, around.lost(UNREADABLE).look)

    def _with_reading(self, node: Node, around: Around) -> Iterator[Piece]:
        """A word with small letters above it that say how it is read."""
        for name, before, after in (("rubyBase", "", ""), ("rt", " (", ")")):
            found = [piece for inner in node.inside if inner.name == name for piece in self._pieces(inner, around)]
            if found:
                yield from (Piece(before, found[0].look), *found, Piece(after, found[-1].look))

    def _text_box(self, node: Node, around: Around) -> None:
        here = Around(around.styles, gone=around.look.gone or around.gone)
        passage = joined(block.passage for block in self.blocks(node, here))
        self.beside.append(Beside("in a text box", passage))


def is_picture(node: Node) -> bool:
    """Whether a piece of markup is a picture or the like; a line that only parts the text is none."""
    return node.name in _PICTURES or (node.name in _DRAWN and "hr" not in node.said and not _has_more(node))


def lettering(node: Node) -> str:
    """What big letters across the page say; empty for anything else."""
    return node.said.get("string", "") if node.name == "textpath" else ""


def _has_more(node: Node) -> bool:
    return any(inner.name in _MORE or _has_more(inner) for inner in node.inside)


@dataclass(frozen=True)
class Contents:
    """All that is written in a form.

    Args:
        beside: what stands outside the text.
        notices: what can't be read as text, in words.
    """

    blocks: tuple[Block, ...]
    beside: tuple[Beside, ...]
    notices: tuple[str, ...]

    @property
    def text(self) -> str:
        """Everything in one."""
        return "\n".join(one.passage.whole for one in (*self.blocks, *self.beside))


def contents_of(content: bytes) -> Contents:
    """All that is written in a Word file.

    Raises:
        UnfitFile: it can't be read.
    """
    opened = open_form(content)
    around = Around(Styles.of(opened.styles))
    reading = Reading()
    blocks = tuple(reading.blocks(opened.main, around))
    for place, part in opened.beside:
        apart = Reading(reading.beside)
        reading.beside += [Beside(place, block.passage) for block in apart.blocks(part, around)]
        reading.pictures = reading.pictures or apart.pictures
    beside = tuple(one for one in reading.beside if one.passage.pieces)
    struck = any(gone.why == TAKEN_BACK for one in (*blocks, *beside) for gone in one.passage.gone)
    notices = ([PICTURE] if reading.pictures or opened.embedded else []) + ([DELETED] if struck else [])
    return Contents(blocks, beside, tuple(notices))
