"""Which commit recorded each step of a case: by path, so that a long history costs little."""

from __future__ import annotations

from collections.abc import Mapping

from sptool.records.references import case_folder
from sptool.store.folder import CaseFolder

_BEGINS = "\x01"


def step_commits(folder: CaseFolder, commit: str, reference: str) -> Mapping[str, str]:
    """The id of the commit that added each record of a case, by the record's id.

    It starts git by itself and shares nothing, so that it can run while the rest is read.
    """
    listed = folder.git.run("ls-tree", "-z", "--name-only", "--full-tree", commit, f"{case_folder(reference)}/")
    count = listed.count(b"\0")
    # As many commits as there are records, and git need not walk on to the beginning of the folder.
    found = _added(folder, commit, reference, f"--max-count={count}")
    return found if len(found) >= count else _added(folder, commit, reference)


def _added(folder: CaseFolder, commit: str, reference: str, *limit: str) -> Mapping[str, str]:
    said = folder.git.run(
        *("log", f"--format={_BEGINS}%H", "--name-only", "--no-renames", "--diff-filter=A", *limit, commit),
        *("--", f"{case_folder(reference)}/"),
    ).decode(errors="surrogateescape")
    found: dict[str, str] = {}
    for told in said.split(_BEGINS)[1:]:
        commit_id, *paths = told.split()
        # Looking back, the oldest comes last: whoever adds a file again doesn't become its author.
        found |= {path.removesuffix(".yaml").rpartition("-")[2]: commit_id for path in paths}
    return found
