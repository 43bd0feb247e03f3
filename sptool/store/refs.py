"""The refs that sptool moves: main, and one for the particulars of each case."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sptool.errors import UnfitFolder
from sptool.store.git import PARTICULARS, Git

_BY_NAME = 100  # refs: how many git is asked for one by one


def particulars_ref(case: str) -> str:
    """The name of the ref that holds a case's particulars."""
    return f"{PARTICULARS}{case}"


def case_of(ref: str) -> str:
    """The reference of the case whose particulars a ref holds; empty for any other ref."""
    from sptool.records.references import is_reference  # takes long to load; whoever writes has loaded it

    reference = ref.removeprefix(PARTICULARS)
    return reference if ref.startswith(PARTICULARS) and is_reference(reference) else ""


def cases_held(git: Git, among: Collection[str]) -> set[str]:
    """Those of these cases whose particulars ref is here. A few are asked for by name: a folder can have thousands."""
    if not among:
        return set()
    refs = [particulars_ref(case) for case in among] if len(among) <= _BY_NAME else [PARTICULARS]
    listed = git.run("for-each-ref", "--format=%(refname)", *refs).decode(errors="replace")
    return {ref.removeprefix(PARTICULARS) for ref in listed.splitlines()}.intersection(among)


def tips(git: Git, refs: Sequence[str]) -> dict[str, str]:
    """The commits on which these refs stand; a ref that doesn't exist is left out.

    Raises:
        UnfitFolder: a case's ref is only another name for some other ref, which would be moved or deleted for it.
    """
    listed = git.run("for-each-ref", "--format=%(refname) %(objectname) %(symref)", *refs).decode()
    found = {name: (tip, stands_for) for name, tip, stands_for in (line.split(" ", 2) for line in listed.splitlines())}
    for ref in refs:
        if case_of(ref) and found.get(ref, ("", ""))[1]:
            raise UnfitFolder(
                "The ref that should keep this case's particulars apart is only another name for some other ref.",
                f"To take that name away, and nothing else: git symbolic-ref --delete {ref}",
            )
    return {ref: found[ref][0] for ref in refs if ref in found}


def holds(git: Git, tip: str, commit: str) -> bool:
    """Whether a commit is here, and a tip is that commit or leads to it.

    Args:
        tip: a ref's name or a commit's id.
        commit: an id, of whatever or nothing.
    """
    found = git.run("cat-file", "--batch-check", stdin=f"{commit}^{{commit}}\n{tip}^{{commit}}\n".encode())
    if b" missing\n" in found:
        return False
    return leads_to(git, tip, commit)


def leads_to(git: Git, tip: str, commit: str) -> bool:
    """Whether a commit is another one or an ancestor of it; told by what git prints, so that a failure is no answer.

    Args:
        tip: the later commit.
        commit: the earlier one.

    Raises:
        GitFailed: git can't say.
    """
    return tip == commit or not git.run("rev-list", "--max-count=1", commit, f"^{tip}", "--")
