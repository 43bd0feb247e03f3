"""Lets git change something, and goes by what is there afterwards, not by how git ended.

git fails, too, at what it does beside the thing itself: its log can't be written, a lock is in its way, it is killed
when all is done. What is done must not be reported as failed, or people do it twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sptool.errors import CaseChanged, SptoolError, Undecided
from sptool.store.git import Git, GitFailed
from sptool.store.links import refuse_detours
from sptool.store.refs import leads_to, tips

Complaint = GitFailed | OSError
"""Why git, or the computer on its behalf, did not come to a good end."""


def bring_about(
    git: Git, *args: str, there: Callable[[], bool], stdin: bytes = b"", settings: Mapping[str, str] | None = None
) -> Complaint | None:
    """Has git change something.

    Args:
        args: git's command line, without `git`.
        there: whether the change is there; asked only if git says that it failed.
        settings: environment variables for this one run.

    Returns:
        What git complained of although the change is there; None if it did not complain.

    Raises:
        GitFailed: the change is not there.
        OSError: the same; git could not be run.
    """
    try:
        git.run(*args, stdin=stdin, settings=settings)
    except (GitFailed, OSError) as complaint:
        if not there():
            raise
        return complaint
    return None


def configure(git: Git, name: str, value: str) -> None:
    """Sets something in the folder's own configuration.

    Raises:
        GitFailed: it is not set.
        UnfitFolder: it would be set in another place.
    """
    refuse_detours(git.root / ".git")
    asking = ("config", "--local", "--default", "", "--get", name)
    bring_about(git, "config", name, value, there=lambda: git.run(*asking).decode().rstrip("\n") == value)


def move_ref(
    git: Git, ref: str, new: str, old: str | None, settings: Mapping[str, str] | None = None
) -> Complaint | None:
    """Moves a ref from one commit to another.

    Args:
        ref: the ref's full name.
        new: the commit that it moves to.
        old: the commit that it must stand on; None if it must not exist.
        settings: environment variables that say who moves it.

    Returns:
        What git complained of although the ref has moved; None if it did not complain.

    Raises:
        GitFailed: it has not moved.
        CaseChanged: somebody else moved it meanwhile.
        Undecided: git failed, and can't say either where the ref stands.
    """

    def moved() -> bool:
        try:
            tip = tips(git, [ref]).get(ref)
            if tip is not None and leads_to(git, tip, new):
                return True
        except (SptoolError, OSError) as error:
            raise Undecided from error
        if tip != old:
            raise CaseChanged(
                "Something else was recorded at the same moment, so this step was not.",
                "See what is new, then type the command again.",
            )
        return False

    return bring_about(git, "update-ref", "--no-deref", ref, new, old or "0" * len(new), there=moved, settings=settings)


def delete_ref(git: Git, ref: str, old: str = "") -> None:
    """Deletes a ref; one that is gone already stays so.

    Args:
        ref: the ref's full name.
        old: the commit that it must stand on, if that matters.

    Raises:
        GitFailed: it is still there.
    """
    bring_about(
        git, "update-ref", "--no-deref", "-d", ref, *([old] if old else []), there=lambda: ref not in tips(git, [ref])
    )
