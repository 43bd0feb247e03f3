"""Destroys what main says is erased of a case's particulars: the files of its records on the case's own ref, and every
object of them. Main stays as it is, and verifies as before.

What main says decides, whatever the mark says: an sptool that was interrupted before main moved may have left the mark,
or it came with the folder. Nothing is destroyed that is not erased on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sptool.errors import SptoolError, UnfitFolder
from sptool.records.case import Case, erased, is_on_hold
from sptool.records.kinds import CASE_KINDS
from sptool.store.casebook import read_case
from sptool.store.disk import sync_folders
from sptool.store.drafts import drop_drafts
from sptool.store.erasure_mark import MARK, Mark, drop_unless_recorded, is_recorded, read_mark
from sptool.store.folder import CaseFolder, open_case_folder
from sptool.store.git import MAIN, Git, GitFailed
from sptool.store.identity import Identity
from sptool.store.journal import forget_unreachable
from sptool.store.objects import ObjectWriter, exist
from sptool.store.outcomes import delete_ref, move_ref
from sptool.store.reading import Snapshot, head
from sptool.store.refs import particulars_ref, tips
from sptool.store.workshop import read, remove, set_aside


@dataclass(frozen=True)
class Left:
    """What is left here of a case's particulars.

    Args:
        erased: ids of records whose particulars main says are erased, and are here all the same.
        others: whether there are particulars of other records.
        half_done: whether an erasure that main records was begun here and not finished.
    """

    erased: frozenset[str]
    others: bool
    half_done: bool

    @property
    def is_unfinished(self) -> bool:
        """Whether anything is here that should be gone."""
        return bool(self.erased) or self.half_done


def left_of(folder: CaseFolder, case: Case) -> Left:
    """What is left here of a case's particulars. It only looks.

    Args:
        case: the case as main has it.
    """
    ref, gone = particulars_ref(case.ref), erased(case).keys()
    try:
        tip = tips(folder.git, [ref]).get(ref)
        here = records_in(folder.git, tip) if tip else set()
    except UnfitFolder:  # what can't be read can't be taken for gone
        here = set(gone)
    return Left(frozenset(gone & here), bool(here - gone), bool(gone) and case.ref == half_done(folder))


def half_done(folder: CaseFolder) -> str:
    """The reference of the case whose erasure main records, and which was begun here and not finished; else empty."""
    mark = read_mark(folder.workshop)
    return mark.case if mark and is_recorded(folder.git, mark) else ""


def complete_if_possible(git: Git, workshop: Path) -> list[str]:
    """Completes an erasure that was begun. Where that fails its mark stays, and other work goes on. Needs the lock.

    Returns:
        What somebody should know of, in plain English.
    """
    try:
        return complete(git, workshop)
    except SptoolError as error:
        return [f"An erasure that was begun could not be completed. {error.message}", error.fix]
    except OSError:
        return ["An erasure that was begun could not be completed: the computer would not read or write a file."]


def complete(git: Git, workshop: Path) -> list[str]:
    """Completes the erasure that a mark stands for, as far as main says it. Needs the lock on the folder.

    Returns:
        What somebody should know of, in plain English.

    Raises:
        UnfitFolder: git can't do its part.
    """
    mark = read_mark(workshop)
    if mark is None:
        return [set_aside(workshop, MARK)] if read(workshop, MARK) is not None else []
    if drop_unless_recorded(git, workshop):
        return []
    case = _as_main_has_it(git, mark.case)
    if erased(case) and is_on_hold(case):
        return [f"{case.ref}: its particulars are erased on record, but a legal hold stands. Nothing was destroyed."]
    said = [] if erased(case) else [f"{case.ref}: main does not say that anything is erased. Nothing was destroyed."]
    if erased(case):
        _destroy(git, mark, case)
    remove(workshop, MARK)
    return said


def _as_main_has_it(git: Git, reference: str) -> Case:
    folder = open_case_folder(git.root)
    try:
        return read_case(Snapshot(folder, head(folder)), reference)
    finally:
        folder.reader.close()


def _destroy(git: Git, mark: Mark, case: Case) -> None:
    ref = particulars_ref(case.ref)
    tip = tips(git, [ref]).get(ref)
    stays: set[str] = set()
    if tip is not None:
        here = _records_to_sort(git, case, tip)
        stays = here - erased(case).keys()
        if tip == mark.tip:  # nothing has come since: what no record of main names is of no record, and goes as well
            stays &= {*case.by_id, *(one.id for one in case.unread)}
        if stays != here or not here:
            _keep_only(git, case.ref, tip, stays)
    if not stays:
        drop_drafts(git.root, case.ref, CASE_KINDS, case.by_id)
    forget_unreachable(git)
    objects = git.root / ".git" / "objects"
    sync_folders([objects, *objects.iterdir()])


def _records_to_sort(git: Git, case: Case, tip: str) -> set[str]:
    """The ids of the records on a case's ref; none where it is too damaged to tell, and all that is named is erased.

    Raises:
        GitFailed: it is damaged, and may hold what is not erased.
    """
    try:
        return records_in(git, tip)
    except GitFailed as error:
        held = {*(record.id for record in case.records if record.private), *(one.id for one in case.unread)}
        if error.killed or held - erased(case).keys():
            raise
        return set()


def _keep_only(git: Git, case: str, tip: str, stays: Set[str]) -> None:
    """Leaves nothing on a case's ref but the particulars of some records; where there are none, not even the ref."""
    ref, repository = particulars_ref(case), git.root / ".git"
    listed = git.run("ls-tree", "-z", tip).split(b"\0") if stays else []
    entries = [entry for entry in listed if entry.rpartition(b"\t")[2].decode(errors="replace") in stays]
    if entries:
        fresh = _commit_of(git, case, tip, entries)
        move_ref(git, ref, fresh, tip)
    else:
        delete_ref(git, ref, tip)
    # Durably, before its objects go: a ref that came back after a power cut would lead nowhere.
    sync_folders([repository, (repository / ref).parent])


def _commit_of(git: Git, case: str, tip: str, entries: Sequence[bytes]) -> str:
    """A commit without a past that holds these entries; who wrote them, and when, is as it was."""
    tree = git.run("mktree", "-z", stdin=b"".join(entry + b"\0" for entry in entries)).decode().strip()
    name, email, at = git.run("show", "-s", "--format=%an%n%ae%n%at", tip).decode(errors="replace").splitlines()
    records = ", ".join(sorted(entry.rpartition(b"\t")[2].decode(errors="replace") for entry in entries))
    author, moment = Identity(name, email), datetime.fromtimestamp(int(at), UTC)
    fresh = ObjectWriter(git, {}).commit(tree, None, f"{case}: {records}", author, moment)
    objects = git.root / ".git" / "objects"
    sync_folders([objects, *(objects / made[:2] for made in (tree, fresh))])
    return fresh


def records_in(git: Git, tip: str) -> set[str]:
    """The ids of the records whose particulars a commit leads to, in its past too.

    Args:
        tip: the commit, or a ref's name.
    """
    listed = git.run("rev-list", "--objects", tip).decode(errors="replace").splitlines()
    paths = [line.partition(" ")[2] for line in listed]  # a commit has none, and the tree of all an empty one
    now = git.run("ls-tree", "--name-only", tip).decode(errors="replace").splitlines()
    return {path.partition("/")[0] for path in (*paths, *now)} - {""}


def refuse_if_kept(folder: CaseFolder, case: str) -> None:
    """Refuses an erasure that another branch or tag would undo.

    Raises:
        UnfitFolder: something besides the case's own ref leads to its particulars.
    """
    git, ref = folder.git, particulars_ref(case)
    tip = tips(git, [ref]).get(ref)
    for root in _first_of(git, tip) if tip else ():
        leading = git.run("for-each-ref", f"--contains={root}", "--format=%(refname)").decode().split()
        others = [name for name in leading if name != ref]
        if MAIN in others:
            raise UnfitFolder(
                "The case's particulars ref leads into the history of main, so it can't be erased.",
                f"To see how: git log --graph main {ref}\n"
                f"If nothing on it is of this case, take its name away: git update-ref -d {ref}",
            )
        if others:
            raise UnfitFolder(
                "A branch or tag besides the case's own holds its particulars, so they can't be erased yet.",
                f"Delete it first: git update-ref -d {others[0]}",
            )


def _first_of(git: Git, commit: str) -> list[str]:
    """The commits with which a history begins; none where it is too damaged to tell."""
    with suppress(GitFailed):
        return git.run("rev-list", "--max-parents=0", commit).decode().split()
    return []


def objects_of(git: Git, commit: str) -> list[str]:
    """The id of each object that a commit and its history hold; where it is too damaged to tell, the commit's own."""
    with suppress(GitFailed):
        return git.run("rev-list", "--objects", "--no-object-names", commit).decode().splitlines()
    return [commit]


def refuse_survivors(git: Git, doomed: Iterable[str]) -> None:
    """Refuse to end an erasure while git still holds any of these objects (by id): UnfitFolder says where."""
    survivors = exist(git, sorted(doomed))
    if survivors:
        raise UnfitFolder(
            "The particulars are off the case's own ref, but another branch, tag or case still holds part of them.",
            f"To see where: git log --all --find-object={survivors[-1]}",
        )
