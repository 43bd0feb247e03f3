"""Writes git's objects by plumbing: blobs, the trees above them, commits. A step's private ones wait in quarantine.

Nothing private enters the repository's own objects before everything that can be refused has been. What was let in
for a step that then never happened can be told from what was there before, because both names lead to one file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

from sptool.errors import StepRefused
from sptool.store.disk import adopt, sync_folders
from sptool.store.git import Git
from sptool.store.identity import Identity
from sptool.store.links import destroy
from sptool.store.reading import objects
from sptool.store.signing import SigningKey
from sptool.store.workshop import OBJECTS, inside, remove, room

_TREE_MODE = "40000"
_FILE_MODE = "100644"

Listing = dict[str, tuple[str, str]]  # name -> mode and id
_NAME = re.compile(r"[0-9a-f]{2}/([0-9a-f]{38}|[0-9a-f]{62})")  # of an object's file


class ObjectWriter:
    """Writes objects, and remembers which, to make them durable together.

    Args:
        where: the environment that tells git to write elsewhere than to the repository's own objects.
    """

    def __init__(self, git: Git, where: Mapping[str, str]) -> None:
        self.git = git
        self.where = where
        self.written: list[str] = []

    def blob(self, content: bytes) -> str:
        """The id of a file's content."""
        return self._write("hash-object", "-w", "--stdin", "--no-filters", stdin=content)

    def grafted(self, tree: str | None, blobs: Mapping[str, str]) -> str:
        """The id of a tree with these new files in it and everything else as it was.

        Args:
            tree: the tree or commit to start from; None for an empty one.
            blobs: the new files: path and blob id.

        Raises:
            StepRefused: there is a file by that name already, or the name can't be used.
        """
        parts = {path: _checked(path) for path in blobs}
        listings = self._listings(tree, {parent for path in parts.values() for parent in path.parents})
        for path, blob in blobs.items():
            listing = listings[parts[path].parent]
            if parts[path].name in listing:
                raise StepRefused(f"{path} is recorded already, and nothing recorded is ever overwritten.")
            listing[parts[path].name] = (_FILE_MODE, blob)
        return self._trees(listings)

    def _listings(self, tree: str | None, folders: set[PurePosixPath]) -> dict[PurePosixPath, Listing]:
        ordered = sorted(folders)
        if tree is None:
            return {folder: {} for folder in ordered}
        names = (f"{tree}:{'' if folder == PurePosixPath() else folder}" for folder in ordered)
        found = zip(ordered, objects(self.git, names), strict=True)
        return {folder: _listing(kind, content, len(tree)) for folder, (kind, content) in found}

    def _trees(self, listings: dict[PurePosixPath, Listing]) -> str:
        top = PurePosixPath()
        for folder in sorted(listings, key=lambda folder: len(folder.parts), reverse=True):
            tree = self._tree(listings[folder])
            if folder == top:
                return tree
            listings[folder.parent][folder.name] = (_TREE_MODE, tree)
        return self._tree({})

    def _tree(self, listing: Listing) -> str:
        # Not by mktree: that looks up every entry, and a year's folder has thousands.
        content = b"".join(_tree_entry(*entry) for entry in sorted(listing.items(), key=_place_in_tree))
        return self._write("hash-object", "-w", "-t", "tree", "--stdin", stdin=content)

    def commit(
        self,
        tree: str,
        parent: str | None,
        message: str,
        author: Identity,
        at: datetime,
        key: SigningKey | None = None,
    ) -> str:
        """The id of a commit whose author is its committer, and whose one date is the step's; signed, if with a key."""
        parents = ("-p", parent) if parent else ()
        text = (message.rstrip("\n") + "\n").encode()
        signed = (f"-S{key.file}",) if key else ()
        settings = {**authorship(author, at), **(key.settings() if key else {})}
        return self._write("commit-tree", *signed, tree, *parents, stdin=text, settings=settings)

    def make_durable(self) -> None:
        """Makes the names of all objects written durable; their content is so already."""
        store = self.git.root / ".git" / "objects"
        sync_folders([store, *(store / oid[:2] for oid in self.written)])

    def _write(self, *args: str, stdin: bytes, settings: Mapping[str, str] | None = None) -> str:
        answer = self.git.run(*args, stdin=stdin, settings={**self.where, **(settings or {})})
        self.written.append(answer.decode().strip())
        return self.written[-1]


def authorship(author: Identity, at: datetime) -> dict[str, str]:
    """What tells git who writes, and when."""
    when = f"@{int(at.timestamp())} +0000"
    return {
        f"GIT_{part}_{field}": value
        for part in ("AUTHOR", "COMMITTER")
        for field, value in (("NAME", author.name), ("EMAIL", author.email), ("DATE", when))
    }


def exist(git: Git, ids: Iterable[str]) -> list[str]:
    """Those of these objects that the repository holds."""
    asked = "".join(f"{oid}\n" for oid in ids).encode()
    answer = git.run("cat-file", "--batch-check=%(objectname)", stdin=asked).decode()
    return [line for line in answer.splitlines() if not line.endswith(" missing")]


def _checked(path: str) -> PurePosixPath:
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts) or not path.isprintable():
        raise StepRefused("A record can't be kept under that name.")
    return PurePosixPath(path)


def _listing(kind: str, content: bytes, id_digits: int) -> Listing:
    if kind == "missing":
        return {}
    if kind != "tree":
        raise StepRefused("A file stands where the case's folder should be.", "To see it: git ls-tree -r main")
    listing: Listing = {}
    at = 0
    while at < len(content):
        end = content.index(b"\0", at)
        mode, _, name = content[at:end].partition(b" ")
        at = end + 1 + id_digits // 2
        listing[name.decode(errors="surrogateescape")] = (mode.decode(), content[end + 1 : at].hex())
    return listing


def _tree_entry(name: str, entry: tuple[str, str]) -> bytes:
    """An entry as it stands in git's tree objects."""
    mode, oid = entry
    return mode.encode() + b" " + name.encode(errors="surrogateescape") + b"\0" + bytes.fromhex(oid)


def _place_in_tree(item: tuple[str, tuple[str, str]]) -> bytes:
    """What git sorts the entries of a tree by: their names, a folder's as if it ended with a slash."""
    name, (mode, _) = item
    return name.encode(errors="surrogateescape") + (b"/" if mode == _TREE_MODE else b"")


def quarantined(root: Path, workshop: Path) -> dict[str, str]:
    """The environment in which git writes new objects into quarantine and still reads all others."""
    known = (root / ".git" / "objects").as_posix().replace("\\", "\\\\").replace('"', '\\"')
    return {
        "GIT_OBJECT_DIRECTORY": str(room(workshop, OBJECTS)),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{known}"',
    }


def let_in(root: Path, workshop: Path) -> None:
    """Makes the quarantined objects the repository's own, durably."""
    pairs = list(_pairs(root, workshop))
    for waiting, own in pairs:
        own.parent.mkdir(exist_ok=True)
        adopt(waiting, own)
    store = root / ".git" / "objects"
    sync_folders([store, *(own.parent for _, own in pairs)])


def throw_out(root: Path, workshop: Path, used: Collection[str] = ()) -> None:
    """Destroys the quarantined objects, also those that were let in for this step, and no others.

    Args:
        used: ids of objects that stay, whatever lies in quarantine.
    """
    for waiting, own in _pairs(root, workshop):
        object_id = f"{own.parent.name}{own.name}"
        is_ours = own.exists() and own.samefile(waiting)
        if is_ours and object_id not in used:
            destroy(own)
    end_quarantine(workshop)


def end_quarantine(workshop: Path) -> None:
    """Clears the place where objects wait; what was let in stays."""
    remove(workshop, OBJECTS)


def _pairs(root: Path, workshop: Path) -> Iterator[tuple[Path, Path]]:
    """Each object that waits, and where it belongs."""
    for waiting in inside(workshop, OBJECTS):
        if _NAME.fullmatch(f"{waiting.parent.name}/{waiting.name}"):
            yield waiting, root / ".git" / "objects" / waiting.parent.name / waiting.name
