"""A case's particulars: names, addresses, attachments, on a ref of their own, and their lawful erasure."""

from __future__ import annotations

from sptool.errors import UnfitFolder
from sptool.store.folder import CaseFolder
from sptool.store.git import Git
from sptool.store.journal import erase, settle
from sptool.store.lock import locked
from sptool.store.objects import exist
from sptool.store.outcomes import tips
from sptool.store.reading import Snapshot
from sptool.store.recording import PARTICULARS


def particulars_ref(case: str) -> str:
    """The name of the ref that holds a case's particulars.

    Args:
        case: the case's reference.
    """
    return f"{PARTICULARS}{case}"


def read_particulars(folder: CaseFolder, case: str) -> dict[str, bytes]:
    """Everything that a case's particulars ref holds, by path; nothing if there is none (any more)."""
    commit = tips(folder.git, [particulars_ref(case)]).get(particulars_ref(case))
    if commit is None:
        return {}
    snapshot = Snapshot(folder, commit)
    return snapshot.read(snapshot.paths())


def delete_particulars(folder: CaseFolder, case: str) -> None:
    """Destroys a case's particulars in this repository: the ref, its history and every object of it.

    Main stays as it is, and verifies as before. A process that dies on the way leaves the rest of the work to the
    next sptool that writes in the folder.

    Args:
        folder: the case folder.
        case: the case's reference.

    Raises:
        UnfitFolder: something else in the repository still leads to part of it.
    """
    ref = particulars_ref(case)
    with locked(folder.workshop) as held:
        git = Git(folder.root, (held,))
        settle(git, folder.workshop)
        tip = tips(git, [ref]).get(ref)
        doomed = _objects_of(git, tip) if tip else []
        erase(git, folder.workshop, ref)
        _refuse_survivors(git, doomed)


def refuse_if_kept(folder: CaseFolder, case: str) -> None:
    """Refuses an erasure that another branch or tag would undo.

    Args:
        folder: the case folder.
        case: the case's reference.

    Raises:
        UnfitFolder: something besides the case's own ref leads to its particulars.
    """
    git, ref = folder.git, particulars_ref(case)
    if ref not in tips(git, [ref]):
        return
    for root in git.run("rev-list", "--max-parents=0", ref).decode().split():
        leading = git.run("for-each-ref", f"--contains={root}", "--format=%(refname)").decode().split()
        others = [name for name in leading if name != ref]
        if others:
            raise UnfitFolder(
                "A branch or tag besides the case's own holds its particulars, so they can't be erased yet.",
                f"Delete it first: git update-ref -d {others[0]}",
            )


def _objects_of(git: Git, commit: str) -> list[str]:
    listed = git.run("rev-list", "--objects", "--no-object-names", commit).decode()
    return listed.splitlines()


def _refuse_survivors(git: Git, doomed: list[str]) -> None:
    survivors = exist(git, doomed)
    if survivors:
        raise UnfitFolder(
            "The case's particulars ref is deleted, but another branch, tag or case still holds part of it.",
            f"To see where: git log --all --find-object={survivors[-1]}",
        )
