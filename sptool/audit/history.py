"""Reads the history of main from the objects alone: each commit's bytes, and what it changed against each parent.

What git would show is not asked: neither replaced objects, grafts nor ready-made lists of commits count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue

from sptool.audit.commits import RawCommit, UnreadableCommit, read_commit
from sptool.errors import UnfitFolder
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN, Git
from sptool.store.streaming import NO_GRAFTS, UNVARNISHED, Answers, answering, stream_objects

_NOTHING = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"  # git's empty folder
_END = b"end\n"  # diff-tree repeats a line that names no object, and with it lets go of all its answers
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Change:
    """One file that differs between a commit and one of its parents.

    Args:
        how: `A` added, `M` changed, `D` removed, `T` made into something else.
        mode: what kind of file it is now, such as `100644`.
        before: the id of its content before.
        now: the id of its content now.
    """

    how: str
    mode: str
    before: str
    now: str
    path: str


@dataclass(frozen=True, slots=True)
class Passed:
    """One commit of the history, and what it did.

    Args:
        changes: what differs from each parent, in the order of the parents; for the first commit, from nothing.
    """

    commit: RawCommit
    changes: tuple[tuple[Change, ...], ...]


def newest_commit(git: Git) -> str:
    """The id of the commit on which main stands, whatever else goes by that name."""
    return git.run("rev-parse", "--verify", f"{MAIN}^{{commit}}").decode().strip()


def commit_ids(git: Git, newest: str) -> list[str]:
    """The ids of all commits that lead to one, parents first."""
    listed = git.run(*UNVARNISHED, "rev-list", "--topo-order", "--reverse", newest, settings=NO_GRAFTS)
    return listed.decode().split()


def read_history(folder: CaseFolder, ids: list[str]) -> Iterator[Passed]:
    """Every commit with what it changed, parents first.

    Args:
        ids: the commits, as `commit_ids` lists them.

    Raises:
        UnfitFolder: a commit is missing or can't be read.
    """
    waiting: SimpleQueue[bytes | None] = SimpleQueue()
    diff = ("diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--full-index")
    commits = _commits(folder.git, ids)
    trees: dict[str, str] = {}
    with answering(folder.git, *diff, questions=iter(waiting.get, None)) as answers:
        try:
            while block := list(islice(commits, _AT_ONCE)):
                trees |= {commit.id: commit.tree for commit in block}
                waiting.put(b"".join(_question(commit, trees) for commit in block))
                for commit in block:
                    yield Passed(commit, tuple(_changes(answers) for _ in commit.parents or ("",)))
        finally:
            waiting.put(None)


def _commits(git: Git, ids: list[str]) -> Iterator[RawCommit]:
    for commit_id, (kind, raw) in zip(ids, stream_objects(git, ids), strict=True):
        try:
            if kind != "commit":
                raise UnreadableCommit
            yield read_commit(commit_id, raw)
        except UnreadableCommit:
            raise UnfitFolder(
                f"Commit {commit_id[:12]} can't be read, so what comes after it can't be verified.",
                "To look into it: git fsck --strict",
            ) from None


def _question(commit: RawCommit, trees: dict[str, str]) -> bytes:
    before = [trees.get(parent, _NOTHING) for parent in commit.parents] or [_NOTHING]
    return b"".join(f"{tree} {commit.tree}\n".encode() + _END for tree in before)


def _changes(answers: Answers) -> tuple[Change, ...]:
    answers.until(b"\n")
    found: list[Change] = []
    while answers.begins_with(b":"):
        _, mode, before, now, how = answers.until(b"\0").decode().split(" ")
        path = answers.until(b"\0").decode(errors="surrogateescape")
        found.append(Change(how[:1], mode, before, now, path))
    answers.until(b"\n")
    return tuple(found)
