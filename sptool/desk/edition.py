"""The framework edition that a screen about the policy itself speaks of."""

from __future__ import annotations

from sptool.desk.session import Session
from sptool.errors import UnfitFolder, UsageError
from sptool.framework.lists import did_you_mean
from sptool.framework.models import Framework
from sptool.resources import shipped
from sptool.workflow.edition import load_edition

SHIPPED = ("templates", "case-folder", "framework", "2022-01.yaml")


def shipped_edition() -> Framework:
    """The edition that comes with the program."""
    path = shipped(*SHIPPED)
    return load_edition(path.read_bytes(), path.name)


def has_folder(session: Session) -> bool:
    """Whether there is a case folder to work in. One that was named must be there."""
    try:
        return bool(session.folder)
    except UnfitFolder:
        if session.given.cases is not None:
            raise
        return False


def edition_or_shipped(session: Session, named: str = "") -> Framework:
    """An edition of the folder, its current one unless named; the shipped one where there is no folder.

    Raises:
        UsageError: the folder has no such edition.
    """
    if not has_folder(session):
        return shipped_edition()
    if not named:
        return session.book.current_edition
    known = session.book.editions
    if named not in known:
        raise UsageError(
            f"This folder has no such edition.{did_you_mean(named, known)}", f"It has: {', '.join(sorted(known))}."
        )
    return known[named]
