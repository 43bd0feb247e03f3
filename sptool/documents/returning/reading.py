"""Goes through the markup of a Word file and takes down all that is written in it, with how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sptool.documents.returning.drawn import drawn, symbol
from sptool.documents.returning.fields import Fields, picked
from sptool.documents.returning.looks import UNREADABLE, Around
from sptool.documents.returning.markup import Node
from sptool.documents.returning.passages import Passage, Piece, joined
from sptool.documents.returning.shapes import is_picture, lettering
from sptool.documents.returning.standing import goes_on, inside, is_numbered, rows_in

MEANT = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
PICTURE_HERE = "(a picture or a drawing)"


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
