"""Which files of a commit are records of which case, found by git without opening one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sptool.errors import UnfitFolder
from sptool.records.header import REGISTER
from sptool.records.placing import UnreadRecord
from sptool.records.references import case_at, is_record_path
from sptool.store.casefiles import entries_of, folders_of, no_record
from sptool.store.folder import CaseFolder
from sptool.store.git import Git, GitFailed
from sptool.store.reading import Snapshot, objects
from sptool.store.workshop import workshop_of

FEW = 20
"""Up to this many cases are looked at one by one; for more, everything is listed."""
NOWHERE = "elsewhere"
"""Stands for a reference where something lies in a folder of its own among those of the cases, and is no case's."""

BESIDE = (REGISTER, NOWHERE)
"""What is looked at as well, and is no case."""


@dataclass
class Listed:
    """A case as a commit has it, or the register.

    Args:
        tree: the id of its folder, which changes whenever anything is recorded about it.
        files: by the path of each record, what git calls its content.
    """

    tree: str = ""
    files: dict[str, str] = field(default_factory=dict)
    others: list[UnreadRecord] = field(default_factory=list)


def belongs_to(path: str) -> str:
    """The case in whose folder a path is, the register, or `NOWHERE`; empty for what is none of the cases' business."""
    first, _, rest = path.partition("/")
    if not rest or first == REGISTER:
        return REGISTER if rest else ""
    return case_at(path) or (NOWHERE if first.isdigit() and "/" in rest else "")


def listed(folder: CaseFolder, commit: str, references: Iterable[str] | None = None) -> dict[str, Listed]:
    """The cases of a commit, by reference, in order; and what stands beside them.

    Args:
        references: the cases wanted; None for all.
    """
    wanted = None if references is None else set(references)
    if wanted is not None and len(wanted) <= FEW and NOWHERE not in wanted:
        snapshot = Snapshot(folder, commit)
        found = {reference: _looked_at(snapshot, reference) for reference in wanted}
    else:
        found = _all(folder.git, commit)
    kept = found.keys() if wanted is None else found.keys() & wanted
    return {ref: found[ref] for ref in sorted(kept) if found[ref].files or found[ref].others}


def _looked_at(snapshot: Snapshot, reference: str) -> Listed:
    folders = [REGISTER] if reference == REGISTER else folders_of(snapshot, reference)
    case = Listed("+".join(tree for folder in folders if (tree := snapshot.tree_id(folder))))
    entries = snapshot.entries(REGISTER) if reference == REGISTER else entries_of(snapshot, reference)
    for path, is_file in entries:
        _put(case, path, f"{snapshot.commit}:{path}", is_file)
    return case


def _all(git: Git, commit: str) -> dict[str, Listed]:
    found: dict[str, Listed] = {}
    answer = git.run("ls-tree", "-r", "-t", "-z", "--full-tree", commit)
    for line in answer.decode(errors="surrogateescape").split("\0"):
        about, _, path = line.partition("\t")
        reference = belongs_to(path)
        if reference:
            _note(found.setdefault(reference, Listed()), about.split(" "), path)
    return found


def _note(case: Listed, about: list[str], path: str) -> None:
    _, kind, name = about
    if kind != "tree":
        _put(case, path, name, kind == "blob")
    elif path.count("/") == 1:
        case.tree = f"{case.tree}+{name}" if case.tree else name


def _put(case: Listed, path: str, name: str, is_file: bool) -> None:
    if is_file and is_record_path(path):
        case.files[path] = name
    else:
        case.others.append(no_record(path, is_file))


def changed_paths(git: Git, before: str, commit: str) -> list[str] | None:
    """Every path that differs between two commits, whichever is the older; None if git doesn't have both."""
    # For attributes that don't matter here, git would first read its own index: at 150,000 files most of the time.
    place = workshop_of(git.root) / "no-index"
    nowhere = {} if os.path.lexists(place) else {"GIT_INDEX_FILE": str(place)}
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
            whose = "the register" if reference == REGISTER else reference
            raise UnfitFolder(f"git has lost a record of {whose}.", "To look into it: git fsck --strict")
        found[reference][path] = content
    return found
