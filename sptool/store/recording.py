"""Records a step: one commit, there whole or not at all, whatever happens to this program.

The commit is the transaction; the working tree is a view that follows it, and that the next sptool completes if
this one dies. Particulars go to a ref of their own, which moves first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sptool.errors import SptoolError, Undecided, UnfitFolder
from sptool.store.disk import sync_folders
from sptool.store.erasure_mark import Mark, drop_unless_recorded, note_erasing
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN, PARTICULARS, Git, GitFailed
from sptool.store.identity import Identity
from sptool.store.journal import Move, close_journal, sweep, write_journal
from sptool.store.keyrings import read_keyring
from sptool.store.lock import PATIENCE, locked
from sptool.store.objects import ObjectWriter, authorship, let_in, quarantined
from sptool.store.outcomes import Complaint, move_ref
from sptool.store.refs import particulars_ref, tips
from sptool.store.settling import settle
from sptool.store.signing import SigningKey, key_for, try_key
from sptool.store.view import catch_up, main_is_checked_out, show

__all__ = ["Entry", "Identity", "Step", "Told", "record_step", "repair"]

Told = Callable[[Sequence[str]], None]
"""Is told at once that a step is recorded, and what went wrong beside it, in plain English."""


def _tell_nobody(complaints: Sequence[str]) -> None:
    del complaints


@dataclass(frozen=True)
class Entry:
    """One new file.

    Args:
        path: where it goes, with `/` between the parts.
    """

    path: str
    content: bytes


@dataclass(frozen=True)
class Step:
    """What is recorded together.

    Args:
        entries: the files for main.
        message: the commit's message; it identifies nobody.
        at: when, in UTC; author's and committer's date alike.
        private: the files for particulars refs, by the ref's name; each in a folder named by a record's id.
        first_key: the key that the step itself adds, where it is signed with that; else the officer's own is used.
        erases: the case whose particulars are to be destroyed once main records the step; empty for none.
    """

    entries: Sequence[Entry]
    message: str
    author: Identity
    at: datetime
    private: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    first_key: SigningKey | None = None
    erases: str = ""


def record_step(
    folder: CaseFolder,
    step: Step,
    guard: Callable[[str], None],
    patience: float = PATIENCE,
    told: Told = _tell_nobody,
) -> str:
    """Records a step, durably.

    Args:
        guard: is given the head of main under the lock, and raises if the step may not be recorded on it.
        patience: how many seconds to wait for another sptool.
        told: is told that the step is recorded before anything else can happen to this run, Ctrl-C included.

    Returns:
        The id of the step's commit. Once it is returned, the step survives a power cut.

    Raises:
        StepRefused: another sptool is at work, a name is taken, or the step has to be signed and can't be.
        CaseChanged: somebody else's git moved main in between.
        UnfitFolder: git can't do its part, or main is not checked out.
        Undecided: git failed in the middle, and then could not even say how far it had come. Of every other error
            it is certain that the step is not recorded.
    """
    with locked(folder.workshop, patience) as held:
        git = Git(folder.root, (held,))
        head = _made_ready(git, folder)[0]
        guard(head)
        commit, blobs = record_on(git, folder, head, step, _key_for(folder, head, step), told)
        with suppress(SptoolError, OSError):  # the step is recorded; whoever comes next completes the view
            show(git, folder.workshop, commit, blobs)
        return commit


def _key_for(folder: CaseFolder, head: str, step: Step) -> SigningKey | None:
    """The key to sign with, tried out before anything is written; None if the step need not be signed."""
    if step.first_key is not None:
        try_key(step.first_key)
        return step.first_key
    return key_for(folder.root, read_keyring(folder, head), step.author.email)


def repair(folder: CaseFolder) -> list[str]:
    """Completes, or clears away, what was left when an sptool was killed.

    Returns:
        What was done, and what is left to the user, in plain English.
    """
    with locked(folder.workshop) as held:
        return _made_ready(Git(folder.root, (held,)), folder)[1]


def _made_ready(git: Git, folder: CaseFolder) -> tuple[str, list[str]]:
    if not main_is_checked_out(git):
        raise UnfitFolder(
            "The case folder shows another branch than main, and steps are recorded on main.",
            "Go back to it: git switch main",
        )
    said = settle(git, folder.workshop)
    head = tips(git, [MAIN])[MAIN]
    return head, [*said, *catch_up(git, folder.workshop, head)]


def record_on(
    git: Git,
    folder: CaseFolder,
    head: str | None,
    step: Step,
    key: SigningKey | None = None,
    told: Told = _tell_nobody,
) -> tuple[str, dict[str, str]]:
    """Records a step on a given head of main, signed with a key. Needs the lock; for the first step, no head.

    Returns:
        The id of its commit, and what is to be shown of it: path and blob id.
    """
    private = tips(git, list(step.private)) if step.private else {}
    moves = [Move(MAIN, head), *(Move(ref, private.get(ref)) for ref in step.private)]
    try:
        moves, blobs = _written(git, folder, step, moves, key)
        _mark_erasure(git, folder, step, moves)
        write_journal(folder.workshop, moves)
        let_in(folder.root, folder.workshop)
        complaints = _move(git, step, moves)
    except Undecided:  # the journal stays, and the next sptool finds out
        raise
    except (SptoolError, OSError) as error:
        _leave(git, folder.workshop, [error], _take_back)
        raise
    told([_in_words(complaint) for complaint in complaints])
    _leave(git, folder.workshop, complaints, lambda _, workshop: close_journal(workshop))
    return moves[0].new or "", blobs


def _take_back(git: Git, workshop: Path) -> None:
    sweep(git, workshop)
    drop_unless_recorded(git, workshop)


def _leave(git: Git, workshop: Path, errors: Sequence[Exception], clean_up: Callable[[Git, Path], None]) -> None:
    """Cleans up after a step, recorded or not; what can't be cleaned up now, the next sptool does."""
    killed = any(isinstance(error, GitFailed) and error.killed for error in errors)
    with suppress(SptoolError, OSError):
        (settle if killed else clean_up)(git, workshop)  # a git that was killed leaves its locks


def _written(
    git: Git, folder: CaseFolder, step: Step, moves: Sequence[Move], key: SigningKey | None
) -> tuple[list[Move], dict[str, str]]:
    """The moves with their new commits, and main's new blobs."""
    main, *private = moves
    writer = ObjectWriter(git, {})
    blobs = {entry.path: writer.blob(entry.content) for entry in step.entries}
    tree = writer.grafted(main.old, blobs)
    commit = writer.commit(tree, main.old, step.message, step.author, step.at, key)
    writer.make_durable()
    return [Move(MAIN, main.old, commit), *(_written_privately(git, folder, step, move) for move in private)], blobs


def _mark_erasure(git: Git, folder: CaseFolder, step: Step, moves: Sequence[Move]) -> None:
    """Before main says that anything is erased: whoever finds main saying so finds the mark, too."""
    if step.erases:
        ref = particulars_ref(step.erases)
        moved = {move.ref: move.new for move in moves}
        note_erasing(folder.workshop, Mark(step.erases, moved.get(ref) or tips(git, [ref]).get(ref), moves[0].new))


def _written_privately(git: Git, folder: CaseFolder, step: Step, move: Move) -> Move:
    writer = ObjectWriter(git, quarantined(folder.root, folder.workshop))
    entries = step.private[move.ref]
    tree = writer.grafted(move.old, {entry.path: writer.blob(entry.content) for entry in entries})
    message = _particulars_message(move.ref, entries)
    return Move(move.ref, move.old, writer.commit(tree, move.old, message, step.author, step.at))


def _particulars_message(ref: str, entries: Sequence[Entry]) -> str:
    records = sorted({entry.path.split("/")[0] for entry in entries})
    return f"{ref.removeprefix(PARTICULARS)}: {', '.join(records)}"


def _move(git: Git, step: Step, moves: Sequence[Move]) -> list[Complaint]:
    """Moves the refs, main last; what goes wrong once main has moved stops nothing any more."""
    main, *private = moves
    settings = authorship(step.author, step.at)
    complaints: list[Complaint | None] = []
    for move in private:
        complaints.append(move_ref(git, move.ref, move.new or "", move.old, settings))
        _make_ref_durable(git, move.ref)
    complaints.append(move_ref(git, main.ref, main.new or "", main.old, settings))
    try:
        _make_ref_durable(git, main.ref)
    except OSError as error:
        complaints.append(error)
    return [complaint for complaint in complaints if complaint is not None]


def _in_words(complaint: Complaint) -> str:
    if isinstance(complaint, GitFailed):
        return f"The step is recorded, but something else went wrong: {complaint.message}\n{complaint.fix}"
    return (
        "The step is recorded, but the computer would not confirm that it is on the disk.\n"
        "Copy the case folder to another disk now, and have this one looked at."
    )


def _make_ref_durable(git: Git, ref: str) -> None:
    """Git makes the file durable; here its name, and those of the folders that lead to it."""
    folder = (git.root / ".git" / ref).parent
    sync_folders(place for place in (folder, folder.parent))
