"""All that is written in a Word file, in order: paragraphs, tables, and what stands outside the text."""

from __future__ import annotations

from dataclasses import dataclass

from sptool.documents.returning.looks import TAKEN_BACK, Around
from sptool.documents.returning.opening import open_form
from sptool.documents.returning.reading import Beside, Block, Reading
from sptool.documents.returning.styles import Styles

PICTURE = (
    "There is a picture, a drawing or an embedded file in the form. It is kept with the original, and stands in no "
    "answer."
)
DELETED = "Words were struck out with tracked changes. They count as taken back; the original that is kept has them."


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
