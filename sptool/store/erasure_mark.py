"""The mark of an erasure: written before main says that a case's particulars are erased, removed once they are gone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sptool.store.disk import sync_folders
from sptool.store.git import MAIN, Git
from sptool.store.refs import case_of, holds, particulars_ref
from sptool.store.workshop import read, remove, write

MARK = "erasing"
_NOTHING = "-"
_ID = "[0-9a-f]{40}|[0-9a-f]{64}"
# An older sptool wrote the ref alone, once main said that its particulars are erased.
_WRITTEN = re.compile(rf"(refs/particulars/\S+)(?: ({_ID}|-) ({_ID}|-))?\n?")


@dataclass(frozen=True)
class Mark:
    """An erasure under way.

    Args:
        tip: where its particulars ref stands: all of that is to go; None for no more than what main says is erased.
        commit: the commit that records the erasure, which main may not have yet; None for one that it has.
    """

    case: str
    tip: str | None = None
    commit: str | None = None


def note_erasing(workshop: Path, mark: Mark) -> None:
    """Notes durably which particulars are to go as soon as main says so. Needs the lock on the folder."""
    line = f"{particulars_ref(mark.case)} {mark.tip or _NOTHING} {mark.commit or _NOTHING}\n"
    write(workshop, MARK, line.encode())
    sync_folders([workshop])


def read_mark(workshop: Path) -> Mark | None:
    """The erasure under way; None if there is none, or sptool can't have written it so."""
    found = _WRITTEN.fullmatch((read(workshop, MARK) or b"").decode("ascii", "replace"))
    case = case_of(found[1]) if found else ""
    if not found or not case:
        return None
    tip, commit = (None if said == _NOTHING else said for said in (found[2], found[3]))
    return Mark(case, tip, commit)


def drop_unless_recorded(git: Git, workshop: Path) -> bool:
    """Takes back the mark of an erasure that main never came to record; whether that was so."""
    mark = read_mark(workshop)
    if mark is None or is_recorded(git, mark):
        return False
    remove(workshop, MARK)
    return True


def is_recorded(git: Git, mark: Mark) -> bool:
    """Whether main has come as far as to record the erasure."""
    return mark.commit is None or holds(git, MAIN, mark.commit)
