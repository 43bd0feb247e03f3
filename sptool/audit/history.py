"""Reads the history of main from the objects alone: each commit's bytes, and what it changed against each parent.

What git would show is not asked: neither replaced objects, grafts nor ready-made lists of commits count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue

from sptool.errors import UnfitFolder
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN, Git
from sptool.store.streaming import NO_GRAFTS, UNVARNISHED, Answers, answering, stream_objects

_PERSON = re.compile(rb"(?P<name>.*?) ?<(?P<email>[^<>\n]*)> (?P<at>\d+) (?P<zone>[+-]\d{4})", re.DOTALL)
_SIGNATURES = (b"gpgsig", b"gpgsig-sha256")


class UnreadableCommit(ValueError):
    """A commit whose bytes are not what git writes."""


@dataclass(frozen=True, slots=True)
class Person:
    """The author or the committer of a commit, as the commit claims.

    Args:
        at: when, in seconds since 1970 (UTC).
        zone: the time zone claimed, such as `+0000`.
    """

    name: str
    email: str
    at: int
    zone: str


@dataclass(frozen=True, slots=True)
class RawCommit:
    """One commit, as its bytes say.

    Args:
        tree: the id of the folder that it holds.
        parents: the ids of the commits that it follows; two or more in a merge, none in the first.
        gpgsig: the signature, with the header's indentation taken off; None if there is none.
        message: the message, undecoded bytes shown as U+FFFD.
        headers: the names of all headers, in order, signatures included.
    """

    id: str
    tree: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    gpgsig: bytes | None
    message: str
    headers: tuple[str, ...]
    raw: bytes

    @property
    def signed_payload(self) -> bytes:
        """The bytes that a signature is made over: the commit without its signature."""
        head, blank, message = self.raw.partition(b"\n\n")
        kept = [field for field in _fields(head) if field.partition(b" ")[0] not in _SIGNATURES]
        return b"\n".join(kept) + blank + message


def read_commit(commit_id: str, raw: bytes) -> RawCommit:
    """A commit from its bytes.

    Args:
        raw: the bytes of the commit object, without git's own header (`commit SIZE`).

    Raises:
        UnreadableCommit: the bytes are not what git writes for a commit.
    """
    head, _, message = raw.partition(b"\n\n")
    pairs = [_pair(field) for field in _fields(head)]
    values = dict(reversed(pairs))  # the first of a name counts, as in git
    return RawCommit(
        id=commit_id,
        tree=_needed(values, b"tree").decode("ascii", "replace"),
        parents=tuple(value.decode("ascii", "replace") for name, value in pairs if name == b"parent"),
        author=_person(_needed(values, b"author")),
        committer=_person(_needed(values, b"committer")),
        gpgsig=values[b"gpgsig"].replace(b"\n ", b"\n") if b"gpgsig" in values else None,
        message=message.decode("utf-8", "replace"),
        headers=tuple(name.decode("ascii", "replace") for name, _ in pairs),
        raw=raw,
    )


def _fields(head: bytes) -> list[bytes]:
    """The headers of a commit, each with its continuation lines."""
    return re.split(rb"\n(?! )", head)


def _pair(field: bytes) -> tuple[bytes, bytes]:
    name, _, value = field.partition(b" ")
    return name, value


def _needed(values: dict[bytes, bytes], name: bytes) -> bytes:
    if name not in values:
        raise UnreadableCommit(f"no {name.decode()}")
    return values[name]


def _person(value: bytes) -> Person:
    found = _PERSON.fullmatch(value)
    if found is None:
        raise UnreadableCommit("author or committer")
    name, email = found["name"].decode("utf-8", "replace"), found["email"].decode("utf-8", "replace")
    return Person(name, email, int(found["at"]), found["zone"].decode())


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
