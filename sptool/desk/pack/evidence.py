"""The objects of main that prove the records of one case, and no other case's records.

A commit's id is a digest of its tree's id, a tree's of the ids in it, a record's blob of its bytes. So the commits, the
folders on the way down, and the records themselves prove each other; what else main holds stays out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sptool.records.header import REGISTER
from sptool.records.references import case_folder
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN
from sptool.store.reading import Snapshot

FRAMEWORK = "framework"


def evidence(folder: CaseFolder, newest: str, reference: str, commits: Mapping[str, str]) -> bytes:
    """A git pack of the objects that prove one case; the same objects give the same bytes.

    Args:
        newest: the commit on which main stands.
        commits: the id of the commit of each step of the case.
    """
    names = _names(folder, newest, reference, sorted({newest, *commits.values()}))
    ids = "".join(f"{oid}\n" for oid in sorted(set(_ids(folder, names))))
    packing = ("-c", "pack.threads=1", "pack-objects", "--stdout", "--quiet", "--window=0", "--no-reuse-delta")
    return folder.git.run(*packing, stdin=ids.encode())


def _names(folder: CaseFolder, newest: str, reference: str, commits: Iterable[str]) -> Iterator[str]:
    """Git's names for the objects on the way from each commit down to the case, and for the files at the newest."""
    own = case_folder(reference)
    year = own.partition("/")[0]
    for commit in commits:
        yield from (commit, f"{commit}^{{tree}}", f"{commit}:{year}", f"{commit}:{own}")
    yield from (f"{newest}:{shared}" for shared in (REGISTER, FRAMEWORK))
    snapshot = Snapshot(folder, newest)
    for under in (own, REGISTER, FRAMEWORK):
        yield from (f"{newest}:{path}" for path in snapshot.paths(under))
    yield from (f"{newest}:{FRAMEWORK}/templates" for _ in snapshot.paths(f"{FRAMEWORK}/templates")[:1])


def _ids(folder: CaseFolder, names: Iterable[str]) -> Iterator[str]:
    """The id of each object that is there."""
    asked = "".join(f"{name}\n" for name in names).encode(errors="surrogateescape")
    answer = folder.git.run("cat-file", "--batch-check=%(objectname)", stdin=asked).decode(errors="surrogateescape")
    yield from (line for line in answer.splitlines() if not line.endswith(" missing"))


def bundle(folder: CaseFolder) -> bytes:
    """The whole history of main as a git bundle, which git clones like a folder."""
    return folder.git.run("-c", "pack.threads=1", "bundle", "create", "--quiet", "-", MAIN)
