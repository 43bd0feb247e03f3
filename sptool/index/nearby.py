"""What the index knows about one case: asked by somebody who waits for the answer, or on the way to something else."""

from __future__ import annotations

from pathlib import Path

from sptool.index import asking
from sptool.index.keeping import Notice, Place
from sptool.index.place import ask_at_once, ask_where_kept


def naming_at_once(root: Path, commit: str, reference: str) -> tuple[str, ...] | None:
    """The other cases whose records name a case; None where many cases would have to be read for the index first."""
    return ask_at_once(root, commit, lambda index: asking.naming(index, reference))


def naming(root: Path, commit: str, reference: str, notice: Notice) -> tuple[str, ...] | None:
    """The same from an index that is brought up to date first; None where none can be kept."""
    return ask_where_kept(Place(root, commit, notice), lambda index: asking.naming(index, reference))
