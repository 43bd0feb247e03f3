"""Reads records from commits, never from the working tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sptool.errors import UnfitFolder
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN, Git
from sptool.store.reader import Reader

COMMIT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_TREE = b"40000"
_REPOSITORY = b"160000"  # a repository of its own, of which git knows no more than a commit

Entry = tuple[str, bool]
"""Something in a folder: its path, and whether git has its content."""


def head(folder: CaseFolder) -> str:
    """The commit of the last step recorded in the folder."""
    answer = folder.reader.read([f"{MAIN}^{{commit}}".encode()])
    if answer is None or answer.endswith(b" missing\n"):
        return folder.git.run("rev-parse", "--verify", f"{MAIN}^{{commit}}").decode().strip()
    return answer[: answer.index(b" ")].decode()


@dataclass(frozen=True)
class Snapshot:
    """The folder as one commit has it.

    Args:
        commit: a commit's id, or the name of a ref.
    """

    folder: CaseFolder
    commit: str

    def paths(self, under: str = "") -> list[str]:
        """Every file, or every file in one folder and the folders in it, in order.

        Args:
            under: a folder such as `2026/HSP-2026-K7QM3`; a folder that is not there holds nothing.
        """
        return [path for path, _ in self.entries(under)]

    def entries(self, under: str = "") -> list[Entry]:
        """The same, each with whether git has its content.

        Args:
            under: a folder. Where something other than a folder bears that name, it is that.
        """
        if under and COMMIT_ID.fullmatch(self.commit):
            return sorted(self._below(under.rstrip("/")))
        within = (f"{under.rstrip('/')}/",) if under else ()
        listed = self.folder.git.run("ls-tree", "-r", "-z", "--full-tree", self.commit, *within)
        lines = (line.partition(b"\t") for line in listed.split(b"\0") if line)
        return [
            (path.decode(errors="surrogateescape"), not about.startswith(_REPOSITORY + b" "))
            for about, _, path in lines
        ]

    def _below(self, folder: str) -> Iterator[Entry]:
        """What stands below a folder, read as git stores it: a case has a handful."""
        ((kind, content),) = objects(self.folder.git, [f"{self.commit}:{folder}"], self.folder.reader)
        if kind == "blob":
            yield folder, True
        for mode, name in self._in(content) if kind == "tree" else ():
            if mode == _TREE:
                yield from self._below(f"{folder}/{name}")
            else:
                yield f"{folder}/{name}", mode != _REPOSITORY

    def _in(self, tree: bytes) -> Iterator[tuple[bytes, str]]:
        return _entries(tree, len(self.commit) // 2)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The folders at the top that bear a number, as those of the cases' years do."""
        if not COMMIT_ID.fullmatch(self.commit):
            return tuple(name for name in self.names() if name.isdigit())
        ((_, content),) = objects(self.folder.git, [f"{self.commit}:"], self.folder.reader)
        return tuple(name for mode, name in self._in(content) if mode == _TREE and name.isdigit())

    def names(self, *folders: str) -> list[str]:
        """What stands in these folders, or at the top: files and folders, without what is in those.

        Args:
            folders: each with a `/` at its end.
        """
        listed = self.folder.git.run("ls-tree", "-z", "--name-only", "--full-tree", self.commit, *folders)
        return [name.decode(errors="surrogateescape") for name in listed.split(b"\0") if name]

    def read(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The content of these files; one that is not there is left out."""
        wanted = list(paths)
        names = (f"{self.commit}:{path}" for path in wanted)
        found = zip(wanted, objects(self.folder.git, names, self.folder.reader), strict=True)
        return {path: content for path, (kind, content) in found if kind == "blob"}

    def tree_id(self, path: str = "") -> str | None:
        """What identifies the content of a folder or file, or None if it is not there.

        Two snapshots with the same id for a case's folder hold the same records of that case.
        """
        name = f"{self.commit}:{path}".encode(errors="surrogateescape")
        answer = _said(self.folder.git, [name], self.folder.reader)
        return None if answer == name + b" missing\n" else answer[: answer.index(b" ")].decode()


def objects(git: Git, names: Iterable[str], reader: Reader | None = None) -> Iterator[tuple[str, bytes]]:
    """The kind and content of each object, in order; of a missing one the kind is `missing`.

    Args:
        names: object ids, or names such as `COMMIT:PATH`.
        reader: reads them without starting git each time, where there is one.
    """
    asked = [name.encode(errors="surrogateescape") for name in names]
    if not asked:
        return
    answer = _said(git, asked, reader)
    at = 0
    for name in asked:
        if answer.startswith(missing := name + b" missing\n", at):
            at += len(missing)
            yield "missing", b""
            continue
        end = answer.index(b"\n", at)
        kind, size = _header(answer[at:end])
        yield kind, answer[end + 1 : end + 1 + size]
        at = end + size + 2


def _said(git: Git, names: Sequence[bytes], reader: Reader | None) -> bytes:
    answer = reader.read(names) if reader else None
    if answer is None:
        return git.run("cat-file", "--batch", "-z", stdin=b"".join(name + b"\0" for name in names))
    return answer


def _entries(tree: bytes, id_size: int) -> Iterator[tuple[bytes, str]]:
    """What stands in a folder as git stores it: mode and name."""
    at = 0
    while at < len(tree):
        end = tree.index(b"\0", at)
        mode, _, name = tree[at:end].partition(b" ")
        yield mode, name.decode(errors="surrogateescape")
        at = end + 1 + id_size


def _header(line: bytes) -> tuple[str, int]:
    parts = line.decode(errors="replace").split(" ")
    if len(parts) != 3 or not parts[2].isdigit():
        raise UnfitFolder("git could not read a record.", "To look into it: git fsck --strict")
    return parts[1], int(parts[2])
