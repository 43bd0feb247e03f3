"""What an interrupted sptool left is completed or taken back before anything else is done in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sptool.store.erasing import complete, complete_if_possible, objects_of, refuse_survivors
from sptool.store.erasure_mark import MARK, Mark, note_erasing, read_mark
from sptool.store.folder import CaseFolder
from sptool.store.git import Git
from sptool.store.journal import died_at_work, died_tidying, settle_step, tidying_done
from sptool.store.left_locks import clear_locks
from sptool.store.lock import locked
from sptool.store.packing import clear_room
from sptool.store.refs import particulars_ref, tips
from sptool.store.remains import clear_unfinished
from sptool.store.workshop import cast_out, read

Notice = Callable[[str], None]


def settle(git: Git, workshop: Path) -> list[str]:
    """Cleans up after an sptool that was interrupted. Needs the lock on the folder.

    Returns:
        What was done that somebody should know of, in plain English.
    """
    said = cast_out(workshop)
    if died_at_work(workshop):
        clear_locks(git.root)
    if died_tidying(workshop):
        clear_unfinished(git.root, all_are_dead=True)
        clear_room(workshop)
        tidying_done(workshop)
    said += settle_step(git, workshop)
    if read(workshop, MARK) is not None:
        clear_unfinished(git.root, all_are_dead=True)
        said += complete_if_possible(git, workshop)
    return said


def destroy_erased(folder: CaseFolder, case: str, notice: Notice = lambda _: None) -> bool:
    """Destroys what main says is erased of a case's particulars; whether any of it was here.

    A process that dies on the way leaves the rest of the work to the next sptool that writes in the folder.

    Args:
        notice: is told what else was done that somebody should know of.

    Raises:
        UnfitFolder: git can't do its part, or something else in the repository still leads to part of it.
    """
    ref = particulars_ref(case)
    with locked(folder.workshop) as held:
        git = Git(folder.root, (held,))
        mark, tip = read_mark(folder.workshop), tips(git, [ref]).get(ref)
        doomed = objects_of(git, tip) if tip else []
        said = settle(git, folder.workshop)
        if read_mark(folder.workshop) is None:
            note_erasing(folder.workshop, Mark(case))
        complete(git, folder.workshop)
        stays = tips(git, [ref]).get(ref)
        for line in said:
            notice(line)
        refuse_survivors(git, set(doomed) - set(objects_of(git, stays) if stays else ()))
    return tip != stays or bool(mark and mark.case == case and (mark.tip or not mark.commit))
