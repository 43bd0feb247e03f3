"""Reads records from commits, never from the working tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sptool.errors import UnfitFolder
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN, Git


def head(folder: CaseFolder) -> str:
    """The commit of the last step recorded in the folder."""
    return folder.git.run("rev-parse", "--verify", f"{MAIN}^{{commit}}").decode().strip()


@dataclass(frozen=True)
class Snapshot:
    """The folder as one commit has it.

    Args:
        folder: the case folder.
        commit: a commit's id, or the name of a ref.
    """

    folder: CaseFolder
    commit: str

    def paths(self, under: str = "") -> list[str]:
        """Every file, or every file in one folder and the folders in it, in order.

        Args:
            under: a folder such as `2026/HSP-2026-K7QM3`; a folder that is not there holds nothing.
        """
        within = (f"{under.rstrip('/')}/",) if under else ()
        listed = self.folder.git.run("ls-tree", "-r", "-z", "--name-only", "--full-tree", self.commit, *within)
        return [path.decode(errors="surrogateescape") for path in listed.split(b"\0") if path]

    def read(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The content of these files; one that is not there is left out."""
        wanted = list(paths)
        names = (f"{self.commit}:{path}" for path in wanted)
        found = zip(wanted, objects(self.folder.git, names), strict=True)
        return {path: content for path, (kind, content) in found if kind == "blob"}

    def tree_id(self, path: str = "") -> str | None:
        """What identifies the content of a folder or file, or None if it is not there.

        Two snapshots with the same id for a case's folder hold the same records of that case.
        """
        name = f"{self.commit}:{path}\0".encode(errors="surrogateescape")
        answer = self.folder.git.run("cat-file", "--batch-check=%(objectname)", "-z", stdin=name)
        return None if answer.endswith(b" missing\n") else answer.decode().strip()


def objects(git: Git, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The kind and content of each object, in order; of a missing one the kind is `missing`.

    Args:
        git: git in the case folder.
        names: object ids, or names such as `COMMIT:PATH`.
    """
    asked = [name.encode(errors="surrogateescape") for name in names]
    if not asked:
        return
    answer = git.run("cat-file", "--batch", "-z", stdin=b"".join(name + b"\0" for name in asked))
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


def _header(line: bytes) -> tuple[str, int]:
    parts = line.decode(errors="replace").split(" ")
    if len(parts) != 3 or not parts[2].isdigit():
        raise UnfitFolder("git could not read a record.", "To look into it: git fsck --strict")
    return parts[1], int(parts[2])
