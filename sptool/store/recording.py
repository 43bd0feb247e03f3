"""Records a step: one commit, there whole or not at all, whatever happens to this program.

The commit is the transaction; the working tree is a view that follows it, and that the next sptool completes if
this one dies. Particulars go to a ref of their own, which moves first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sptool.errors import CaseChanged, SptoolError, UnfitFolder
from sptool.store.disk import sync_folders
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN, Git, GitFailed
from sptool.store.identity import Identity
from sptool.store.journal import Move, close_journal, settle, sweep, tips, write_journal
from sptool.store.keyrings import read_keyring
from sptool.store.lock import PATIENCE, locked
from sptool.store.objects import ObjectWriter, authorship
from sptool.store.quarantine import let_in, quarantined
from sptool.store.signing import SigningKey, key_for, try_key
from sptool.store.view import catch_up, main_is_checked_out, show

__all__ = ["Entry", "Identity", "Step", "record_step", "repair"]

PARTICULARS = "refs/particulars/"


@dataclass(frozen=True)
class Entry:
    """One new file.

    Args:
        path: where it goes, with `/` between the parts.
        content: its bytes.
    """

    path: str
    content: bytes


@dataclass(frozen=True)
class Step:
    """What is recorded together.

    Args:
        entries: the files for main.
        message: the commit's message; it identifies nobody.
        author: who records it.
        at: when, in UTC; author's and committer's date alike.
        private: the files for particulars refs, by the ref's name; each in a folder named by a record's id.
        first_key: the key that the step itself adds, where it is signed with that; else the officer's own is used.
    """

    entries: Sequence[Entry]
    message: str
    author: Identity
    at: datetime
    private: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    first_key: SigningKey | None = None


def record_step(folder: CaseFolder, step: Step, guard: Callable[[str], None], patience: float = PATIENCE) -> str:
    """Records a step, durably.

    Args:
        folder: the case folder.
        step: what to record.
        guard: is given the head of main under the lock, and raises if the step may not be recorded on it.
        patience: how many seconds to wait for another sptool.

    Returns:
        The id of the step's commit. Once it is returned, the step survives a power cut.

    Raises:
        StepRefused: another sptool is at work, a name is taken, or the step has to be signed and can't be.
        CaseChanged: somebody else's git moved main in between.
        UnfitFolder: git can't do its part, or main is not checked out.
    """
    with locked(folder.workshop, patience) as held:
        git = Git(folder.root, (held,))
        head = _made_ready(git, folder)[0]
        guard(head)
        return record_on(git, folder, head, step, _key_for(folder, head, step))


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
    settle(git, folder.workshop)
    head = tips(git, [MAIN])[MAIN]
    return head, catch_up(git, folder.workshop, head)


def record_on(git: Git, folder: CaseFolder, head: str | None, step: Step, key: SigningKey | None = None) -> str:
    """Records a step on a given head of main, signed with a key. Needs the lock; for the first step, no head."""
    private = tips(git, list(step.private)) if step.private else {}
    moves = [Move(MAIN, head), *(Move(ref, private.get(ref)) for ref in step.private)]
    try:
        moves, blobs = _written(git, folder, step, moves, key)
        write_journal(folder.workshop, moves)
        let_in(folder.root, folder.workshop)
        _move(git, step, moves)
    except (SptoolError, OSError):
        sweep(git, folder.workshop)
        raise
    close_journal(folder.workshop)
    commit = moves[0].new or ""
    with suppress(SptoolError, OSError):  # the step is recorded; whoever comes next completes the view
        show(git, folder.workshop, commit, blobs)
    return commit


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


def _written_privately(git: Git, folder: CaseFolder, step: Step, move: Move) -> Move:
    writer = ObjectWriter(git, quarantined(folder.root, folder.workshop))
    entries = step.private[move.ref]
    tree = writer.grafted(move.old, {entry.path: writer.blob(entry.content) for entry in entries})
    message = _particulars_message(move.ref, entries)
    return Move(move.ref, move.old, writer.commit(tree, move.old, message, step.author, step.at))


def _particulars_message(ref: str, entries: Sequence[Entry]) -> str:
    records = sorted({entry.path.split("/")[0] for entry in entries})
    return f"{ref.removeprefix(PARTICULARS)}: {', '.join(records)}"


def _move(git: Git, step: Step, moves: Sequence[Move]) -> None:
    main, *private = moves
    for move in (*private, main):
        try:
            nowhere = "0" * len(move.new or "")
            settings = authorship(step.author, step.at)
            git.run("update-ref", move.ref, move.new or "", move.old or nowhere, settings=settings)
        except GitFailed as error:
            if tips(git, [move.ref]).get(move.ref) != move.old:
                raise CaseChanged("Something else was recorded at the same moment.") from error
            raise
        _make_ref_durable(git, move.ref)


def _make_ref_durable(git: Git, ref: str) -> None:
    """Git makes the file durable; here its name, and those of the folders that lead to it."""
    folder = (git.root / ".git" / ref).parent
    sync_folders(place for place in (folder, folder.parent))
