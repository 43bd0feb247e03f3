"""What is about to happen to the refs, so that the next sptool can undo half of it.

The journal is written before a ref moves, and removed once the step is whole. If it is still there when somebody
else gets the lock, its writer died: either main has moved, and the step is whole, or it has not, and what it left
on the particulars refs is taken back, and its objects with it. An erasure that died is completed. Housekeeping that
died leaves locks and unfinished files, which are cleared away.

A journal may have come with the folder, from somebody who wishes its reader ill. What sptool can't have written is set
aside, and nothing is taken back that main has a record of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sptool.records.references import case_folder
from sptool.store.erasure_mark import MARK
from sptool.store.git import MAIN, Git
from sptool.store.graphs import has_graph, make_graph
from sptool.store.objects import end_quarantine, exist, throw_out
from sptool.store.outcomes import delete_ref, move_ref
from sptool.store.packing import clear_room, packing_room
from sptool.store.refs import case_of, holds, tips
from sptool.store.remains import mend_packs, packs_of
from sptool.store.workshop import read, remove, set_aside, workshop_of, write

_JOURNAL = "journal"
_TIDYING = "tidying"
_NOTHING = "-"
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}|-")


@dataclass(frozen=True)
class Move:
    """One ref on its way from one commit to another.

    Args:
        ref: the ref's full name.
        old: where it stands; None if it doesn't exist yet.
        new: where it goes; None while that is not known.
    """

    ref: str
    old: str | None
    new: str | None = None


def write_journal(workshop: Path, moves: Sequence[Move]) -> None:
    """Notes durably which refs are about to move, main first."""
    lines = (f"{move.ref} {move.old or _NOTHING} {move.new or _NOTHING}\n" for move in moves)
    write(workshop, _JOURNAL, "".join(lines).encode())


def close_journal(workshop: Path) -> None:
    """Notes that the step is whole."""
    remove(workshop, _JOURNAL)
    end_quarantine(workshop)


def note_tidying(workshop: Path) -> None:
    """Notes durably that housekeeping begins, which may leave locks and unfinished files behind."""
    write(workshop, _TIDYING, b"")


def died_at_work(workshop: Path) -> bool:
    """Whether an sptool left a mark behind: then no git of ours lives, and its locks are nobody's."""
    return any(read(workshop, mark) is not None for mark in (_JOURNAL, MARK, _TIDYING))


def died_tidying(workshop: Path) -> bool:
    """Whether it died at housekeeping."""
    return read(workshop, _TIDYING) is not None


def tidying_done(workshop: Path) -> None:
    """Notes that housekeeping has left nothing behind."""
    remove(workshop, _TIDYING)


def settle_step(git: Git, workshop: Path) -> list[str]:
    """Takes a step back that never reached main, if its journal is one."""
    moves = _read(workshop)
    if moves is None:
        end_quarantine(workshop)
        return [set_aside(workshop, _JOURNAL)]
    _sweep(git, workshop, moves)
    return []


def sweep(git: Git, workshop: Path) -> None:
    """Takes back what a step left behind that never reached main. Needs the lock on the folder."""
    _sweep(git, workshop, _read(workshop) or [])


def _sweep(git: Git, workshop: Path, moves: Sequence[Move]) -> None:
    private = moves[1:]
    if private and not _happened(git, moves[0]):
        for move in private:
            _take_back(git, move)
        throw_out(git.root, workshop, _in_use(git))
        if exist(git, [move.new for move in private if move.new]):
            forget_unreachable(git)  # a disk without hard links, or somebody packed the objects meanwhile
    close_journal(workshop)


def forget_unreachable(git: Git) -> None:
    """Destroys every object that no branch, tag or particulars ref leads to."""
    git.run("reflog", "expire", "--expire-unreachable=now", "--all")
    if any(packs_of(git.root).glob("*.pack")):
        workshop = workshop_of(git.root)
        mend_packs(git, packing_room(workshop))  # what git passes over, it does not clear of anything
        clear_room(workshop)
        git.run("repack", "-a", "-d", "-q")
    git.run("prune", "--expire=now")
    if has_graph(git.root):
        make_graph(git)


def _read(workshop: Path) -> list[Move] | None:
    """The moves noted, main first; none if nothing is under way, None if sptool can't have written it so."""
    content = read(workshop, _JOURNAL)
    if content is None:
        return []
    with suppress(ValueError):
        lines = [line.split(" ") for line in content.decode("ascii").splitlines()]
        moves = [Move(ref, _id(old), _id(new)) for ref, old, new in lines]
        if moves and moves[0].ref == MAIN and all(case_of(move.ref) for move in moves[1:]):
            return moves
    return None


def _id(written: str) -> str | None:
    if not _ID.fullmatch(written):
        raise ValueError
    return None if written == _NOTHING else written


def _happened(git: Git, main: Move) -> bool:
    return main.new is not None and holds(git, MAIN, main.new)


def _take_back(git: Git, move: Move) -> None:
    if move.new is None or tips(git, [move.ref]).get(move.ref) != move.new or _is_recorded(git, move):
        return
    if move.old is None:
        delete_ref(git, move.ref, move.new)
    else:
        move_ref(git, move.ref, move.old, move.new)


def _is_recorded(git: Git, move: Move) -> bool:
    """Whether main has a record of anything that a move brought; then it is no remainder, whatever the journal says."""
    brought = _names(git, move.new or "") - (_names(git, move.old) if move.old else set())
    records = _names(git, MAIN, f"{case_folder(case_of(move.ref))}/") if tips(git, [MAIN]) else set()
    return any(path.endswith(f"-{record_id}.yaml") for path in records for record_id in brought)


def _names(git: Git, tree: str, *below: str) -> set[str]:
    return set(git.run("ls-tree", "--name-only", "-z", "--full-tree", tree, *below).decode().split("\0")) - {""}


def _in_use(git: Git) -> frozenset[str]:
    """The ids of all that any ref leads to: whoever planted a journal may have planted second names of them with it."""
    return frozenset(git.run("rev-list", "--objects", "--no-object-names", "--all").decode().split())
