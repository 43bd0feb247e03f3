"""What the index knows about one case, where that costs nothing to ask: it is there, and little is missing from it."""

from __future__ import annotations

from pathlib import Path

from sptool.index import asking
from sptool.index.place import ask_at_once


def naming(root: Path, commit: str, reference: str) -> tuple[str, ...] | None:
    """The other cases whose records name a case; None where the index would first have to be made.

    Args:
        root: the case folder.
        commit: the commit of the last step recorded.
        reference: the case's reference.
    """
    return ask_at_once(root, commit, lambda index: asking.naming(index, reference))
