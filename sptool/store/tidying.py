"""Housekeeping: keeps git quick when many steps lie behind a case folder. No record changes, nothing is lost.

Each step leaves some six small objects behind, each in a file of its own, and a commit that git has to open to know
what it changed. Whatever is done here can be cut short at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sptool.errors import SptoolError
from sptool.store.disk import sync_folders
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN, Git, GitFailed
from sptool.store.graphs import extend_graph, knows_paths, make_graph
from sptool.store.journal import note_tidying, tidying_done
from sptool.store.links import refuse_detours
from sptool.store.lock import PATIENCE, locked
from sptool.store.outcomes import bring_about
from sptool.store.packing import join_packs, pack_main
from sptool.store.settling import settle
from sptool.store.workshop import read, write

Notice = Callable[[str], None]
"""Is told what is being done."""

_ONE_IN_256 = "00"  # so do the ids of one commit in 256 begin
_SHORT = 4096  # commits: a list of this length is made in a fraction of a second
_SAMPLE = "17"  # objects lie in 256 folders by their ids, as evenly as the ids; git itself looks into this one
_MANY = 27  # objects in that folder: some 7,000 in all, git's own measure, and a thousand steps
_MANY_PACKS = 50  # git's own measure too


@dataclass(frozen=True)
class Tidied:
    """What was done.

    Args:
        packed: how many objects lay alone and are in a pack now.
        said: what else somebody should know of, in plain English.
    """

    packed: int
    packs: int
    said: tuple[str, ...] = ()


def tidy(folder: CaseFolder, notice: Notice) -> Tidied:
    """Packs what steps left behind, and brings git's list of commits up to date.

    The lock is let go between two pieces of work, so that somebody else's step need not wait for all of them.

    Raises:
        StepRefused: another sptool is at work.
        UnfitFolder: git can't do its part.
    """
    before, _ = _counted(folder.git)
    said: list[str] = []
    for doing, work in _WORK.items():
        notice(doing)
        with _at_work(folder, said) as git:
            work(git, folder)
    after, packs = _counted(folder.git)
    with suppress(OSError):
        write(folder.workshop, "tidied", str(_sample(folder)).encode())
    return Tidied(max(0, before - after), packs, tuple(said))


def is_tidying_due(folder: CaseFolder) -> bool:
    """Whether enough steps were recorded since the folder was tidied for it to pay to do it again."""
    try:
        left = int(read(folder.workshop, "tidied") or b"0")
        packs = sum(1 for _ in (folder.root / ".git" / "objects" / "pack").glob("*.pack"))
        return _sample(folder) >= left + _MANY or packs > _MANY_PACKS
    except (OSError, ValueError):
        return False


def keep_history_quick(folder: CaseFolder, commit: str) -> None:
    """After one step in 256, adds the newest commits to git's list of commits. Whatever goes wrong, the step is safe.

    A long history that has no list yet gets none here: making it takes seconds.

    Args:
        commit: the commit of the step just recorded. Its id decides, so that nothing need be counted.
    """
    if not commit.startswith(_ONE_IN_256):
        return
    with suppress(SptoolError, OSError), _at_work(folder, [], patience=0.0) as git:
        if knows_paths(folder.root):
            extend_graph(git)
        elif _is_short(git):
            make_graph(git)


@contextmanager
def _at_work(folder: CaseFolder, said: list[str], patience: float | None = None) -> Iterator[Git]:
    """The lock, and a mark by which the next sptool clears up if this one dies."""
    with locked(folder.workshop, PATIENCE if patience is None else patience) as held:
        git = Git(folder.root, (held,))
        refuse_detours(folder.root / ".git", every_ref=True)
        said += settle(git, folder.workshop)
        note_tidying(folder.workshop)
        yield git
        tidying_done(folder.workshop)


def _list_commits(git: Git, folder: CaseFolder) -> None:
    if knows_paths(folder.root):
        extend_graph(git)
    else:
        make_graph(git)


def _pack_objects(git: Git, folder: CaseFolder) -> None:
    pack_main(git, folder.workshop)
    join_packs(git, folder.workshop)


def _pack_refs(git: Git, folder: CaseFolder) -> None:
    _have_refs_packed(git, "--no-prune")
    # Durably, before the single files go: a power cut must find every ref in one place or the other.
    sync_folders([folder.root / ".git"])
    _have_refs_packed(git)


def _have_refs_packed(git: Git, *options: str) -> None:
    complaint = bring_about(git, "pack-refs", "--all", *options, there=lambda: _refs_are_packed(git))
    if isinstance(complaint, GitFailed) and complaint.killed:
        raise complaint  # it leaves its locks behind, which the mark has the next sptool clear away


def _refs_are_packed(git: Git) -> bool:
    """Whether one file names the commit of every ref; names that stand for another ref are never packed."""
    file = git.root / ".git" / "packed-refs"
    listed = git.run("for-each-ref", "--format=%(if)%(symref)%(then)%(else)%(objectname) %(refname)%(end)")
    return file.exists() and set(filter(None, listed.split(b"\n"))) <= set(file.read_bytes().split(b"\n"))


# The list of commits first: what main leads to is found with it.
_WORK: dict[str, Callable[[Git, CaseFolder], None]] = {
    "Listing what each commit changed ...": _list_commits,
    "Packing the records' objects ...": _pack_objects,
    "Packing the names of branches ...": _pack_refs,
}


def _is_short(git: Git) -> bool:
    return int(git.run("rev-list", "--count", f"--max-count={_SHORT + 1}", MAIN)) <= _SHORT


def _sample(folder: CaseFolder) -> int:
    place = folder.root / ".git" / "objects" / _SAMPLE
    return sum(1 for _ in place.iterdir()) if place.is_dir() else 0


def _counted(git: Git) -> tuple[int, int]:
    """How many objects lie alone, and how many packs there are."""
    lines = git.run("count-objects", "-v").decode().splitlines()
    counts = dict(line.split(": ", 1) for line in lines)
    return int(counts["count"]), int(counts["packs"])
