"""Which files of a commit are records of which case, found by git without opening one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sptool.errors import UnfitFolder
from sptool.records.references import case_folder, is_reference
from sptool.store.folder import CaseFolder
from sptool.store.git import Git, GitFailed
from sptool.store.reading import Snapshot, objects

FEW = 20
"""So many cases are looked at one by one; for more, everything is listed."""


@dataclass
class Listed:
    """A case as a commit has it.

    Args:
        tree: the id of its folder, which changes whenever anything is recorded about it.
        files: by the path of each record, what git calls its content.
    """

    tree: str = ""
    files: dict[str, str] = field(default_factory=dict)


def case_of(path: str) -> str | None:
    """The reference of the case whose folder, or something in it, a path is."""
    parts = path.split("/")
    if len(parts) < 2 or not is_reference(parts[1]):
        return None
    return parts[1] if case_folder(parts[1]).startswith(f"{parts[0]}/") else None


def is_record(path: str) -> bool:
    """Whether a path in a case's folder is that of a record."""
    return path.count("/") == 2 and path.endswith(".yaml")


def listed(folder: CaseFolder, commit: str, references: Iterable[str] | None = None) -> dict[str, Listed]:
    """The cases of a commit, by reference, in order.

    Args:
        folder: the case folder.
        commit: the commit.
        references: the cases wanted; None for all.
    """
    wanted = None if references is None else set(references)
    if wanted is not None and len(wanted) <= FEW:
        found = {reference: _looked_at(Snapshot(folder, commit), reference) for reference in wanted}
    else:
        found = _all(folder.git, commit)
    kept = found.keys() if wanted is None else found.keys() & wanted
    return {reference: found[reference] for reference in sorted(kept) if found[reference].files}


def _looked_at(snapshot: Snapshot, reference: str) -> Listed:
    place = case_folder(reference)
    paths = (path for path in snapshot.paths(place) if is_record(path))
    return Listed(snapshot.tree_id(place) or "", {path: f"{snapshot.commit}:{path}" for path in paths})


def _all(git: Git, commit: str) -> dict[str, Listed]:
    found: dict[str, Listed] = {}
    answer = git.run("ls-tree", "-r", "-t", "-z", "--full-tree", commit)
    for line in answer.decode(errors="surrogateescape").split("\0"):
        about, _, path = line.partition("\t")
        reference = case_of(path)
        if reference is not None:
            _note(found.setdefault(reference, Listed()), about.split(" "), path)
    return found


def _note(case: Listed, about: list[str], path: str) -> None:
    kind, name = about[1], about[2]
    if kind == "tree" and path.count("/") == 1:
        case.tree = name
    elif kind != "tree" and is_record(path):
        case.files[path] = name


def changed_paths(git: Git, before: str, commit: str) -> list[str] | None:
    """Every path that differs between two commits, whichever is the older; None if git doesn't have both."""
    # For attributes that don't matter here, git would first read its own index: at 150,000 files most of the time.
    nowhere = {"GIT_INDEX_FILE": str(git.root / ".git" / "sptool" / "no-index")}
    try:
        answer = git.run("diff-tree", "-r", "--name-only", "-z", "--no-renames", before, commit, settings=nowhere)
    except GitFailed:
        return None
    return [path for path in answer.decode(errors="surrogateescape").split("\0") if path]


def contents(folder: CaseFolder, cases: Mapping[str, Listed]) -> dict[str, dict[str, bytes]]:
    """What the files of these cases hold: for each reference, the content by path.

    Raises:
        UnfitFolder: git has lost one. To go on without it would hide what is due.
    """
    wanted = [(reference, path, name) for reference, case in cases.items() for path, name in case.files.items()]
    reader = folder.reader if len(cases) <= FEW else None
    read = objects(folder.git, (name for *_, name in wanted), reader)
    found: dict[str, dict[str, bytes]] = {reference: {} for reference in cases}
    for (reference, path, _), (kind, content) in zip(wanted, read, strict=True):
        if kind != "blob":
            raise UnfitFolder(f"git has lost a record of {reference}.", "To look into it: git fsck --strict")
        found[reference][path] = content
    return found
