"""What is about to happen to the refs, so that the next sptool can undo half of it.

The journal is written before a ref moves, and removed once the step is whole. If it is still there when somebody
else gets the lock, its writer died: either main has moved, and the step is whole, or it has not, and what it left
on the particulars refs is taken back, and its objects with it. An erasure that died is completed. Housekeeping that
died leaves locks and unfinished files, which are cleared away.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sptool.store.disk import sync_folders, write_private
from sptool.store.git import MAIN, Git
from sptool.store.graphs import has_graph, locks_of_graphs, make_graph
from sptool.store.objects import exist
from sptool.store.outcomes import delete_ref, leads_to, move_ref, tips
from sptool.store.packing import clear_room
from sptool.store.quarantine import end_quarantine, throw_out
from sptool.store.remains import clear_unfinished, mend_packs, packs_of

_JOURNAL = "journal"
_ERASING = "erasing"
_TIDYING = "tidying"
_NOTHING = "-"
_LOCK_PATIENCE = 1.0  # seconds; git holds a ref's lock for milliseconds


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
    write_private(workshop / _JOURNAL, "".join(lines).encode())


def close_journal(workshop: Path) -> None:
    """Notes that the step is whole."""
    (workshop / _JOURNAL).unlink(missing_ok=True)
    end_quarantine(workshop)


def note_tidying(workshop: Path) -> None:
    """Notes durably that housekeeping begins, which may leave locks and unfinished files behind."""
    write_private(workshop / _TIDYING, b"")


def tidying_done(workshop: Path) -> None:
    """Notes that housekeeping has left nothing behind."""
    (workshop / _TIDYING).unlink(missing_ok=True)


def settle(git: Git, workshop: Path) -> None:
    """Cleans up after an sptool that died on the way. Needs the lock on the folder."""
    if (workshop / _TIDYING).exists():
        _clear_after_tidying(git.root, workshop)
    if (workshop / _ERASING).exists():
        ref = (workshop / _ERASING).read_text("utf-8")
        _clear_locks(git.root / ".git", ["packed-refs", ref])
        clear_unfinished(git.root, all_are_dead=True)
        erase(git, workshop, ref)
    if (workshop / _JOURNAL).exists():
        _clear_locks(git.root / ".git", ["HEAD", "packed-refs", *(move.ref for move in _read(workshop))])
    sweep(git, workshop)


def sweep(git: Git, workshop: Path) -> None:
    """Takes back what a step left behind that never reached main. Needs the lock on the folder."""
    main, *private = _read(workshop)
    if private and not _happened(git, main):
        for move in private:
            _take_back(git, move)
        throw_out(git.root, workshop)
        if exist(git, [move.new for move in private if move.new]):
            forget_unreachable(git)  # a disk without hard links, or somebody packed the objects meanwhile
    close_journal(workshop)


def erase(git: Git, workshop: Path, ref: str) -> None:
    """Deletes a ref and destroys what nothing leads to then; if this dies on the way, the next sptool completes it.

    Args:
        git: git in the case folder.
        workshop: its `.git/sptool`.
        ref: the ref's full name; it may be gone already.
    """
    write_private(workshop / _ERASING, ref.encode())
    repository = git.root / ".git"
    delete_ref(git, ref)
    # Durably, before its objects go: a ref that came back after a power cut would lead nowhere.
    sync_folders([repository, (repository / ref).parent])
    forget_unreachable(git)
    sync_folders([repository / "objects", *(repository / "objects").iterdir()])
    (workshop / _ERASING).unlink()


def forget_unreachable(git: Git) -> None:
    """Destroys every object that no branch, tag or particulars ref leads to."""
    git.run("reflog", "expire", "--expire-unreachable=now", "--all")
    if any(packs_of(git.root).glob("*.pack")):
        mend_packs(git, git.root / ".git" / "sptool" / "packing")  # what git passes over, it does not clear of anything
        git.run("repack", "-a", "-d", "-q")
    git.run("prune", "--expire=now")
    if has_graph(git.root):
        make_graph(git)


def _read(workshop: Path) -> list[Move]:
    journal = workshop / _JOURNAL
    lines = journal.read_text("utf-8").splitlines() if journal.exists() else [f"{MAIN} {_NOTHING} {_NOTHING}"]
    parts = (line.split(" ") for line in lines)
    return [Move(ref, None if old == _NOTHING else old, None if new == _NOTHING else new) for ref, old, new in parts]


def _happened(git: Git, main: Move) -> bool:
    tip = tips(git, [MAIN]).get(MAIN)
    return bool(tip and main.new and exist(git, [main.new]) and leads_to(git, tip, main.new))


def _take_back(git: Git, move: Move) -> None:
    if move.new is None or tips(git, [move.ref]).get(move.ref) != move.new:
        return
    if move.old is None:
        delete_ref(git, move.ref, move.new)
    else:
        move_ref(git, move.ref, move.old, move.new)


def _clear_after_tidying(root: Path, workshop: Path) -> None:
    repository = root / ".git"
    locks = [lock.relative_to(repository).as_posix() for lock in (repository / "refs").rglob("*.lock")]
    _clear_locks(repository, ["packed-refs", *(lock.removesuffix(".lock") for lock in locks)])
    for leftover in (repository / "packed-refs.new", *locks_of_graphs(root)):
        leftover.unlink(missing_ok=True)
    clear_unfinished(root, all_are_dead=True)
    clear_room(workshop)
    tidying_done(workshop)


def _clear_locks(repository: Path, names: Sequence[str]) -> None:
    """Removes the locks that git leaves behind when it is killed or the power fails."""
    until = time.monotonic() + _LOCK_PATIENCE
    for name in names:
        lock = repository / f"{name}.lock"
        while lock.exists() and time.monotonic() < until:
            time.sleep(0.02)
        lock.unlink(missing_ok=True)
