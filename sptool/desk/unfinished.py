"""Erasures that are on record and not finished here: what should be gone is still in this folder."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sptool.store.git import Git
from sptool.store.refs import cases_held
from sptool.store.workshop import read, workshop_of
from sptool.workflow.glance import Loud

if TYPE_CHECKING:
    from sptool.desk.session import Session
    from sptool.records.case import Case


def unfinished_erasures(session: Session, with_erasure: Collection[str]) -> tuple[Loud, ...]:
    """What can't wait about erasures, in any case. Where there is none, it costs one look at the disk.

    Args:
        with_erasure: the cases that hold a record of an erasure.
    """
    suspects = cases_held(Git(session.root), with_erasure) | _begun(session)
    return tuple(loud for case in sorted(suspects) if (loud := _unfinished(session, case)))


def _begun(session: Session) -> set[str]:
    if read(workshop_of(session.root), "erasing") is None:
        return set()
    from sptool.store.erasing import half_done  # reads records, which takes long to load

    return {half_done(session.folder)} - {""}


def _unfinished(session: Session, reference: str) -> Loud | None:
    from sptool.records.case import is_on_hold
    from sptool.store.erasing import left_of

    case = session.case(reference)
    if not left_of(session.folder, case).is_unfinished:
        return None
    what = "Its particulars are erased on record, and still here: that erasure was not finished."
    if is_on_hold(case):
        return Loud(reference, "erasure-unfinished", f"{what} A legal hold stands.", f"sptool show {reference}")
    return Loud(reference, "erasure-unfinished", what, f"sptool erase {reference}")


def tell_if_unfinished(session: Session, case: Case) -> None:
    """Says among the messages that a case's particulars are still here, where they should be gone."""
    from sptool.records.case import erased

    loud = _unfinished(session, case.ref) if erased(case) else None
    if loud:
        session.talk.tell(f"{loud.what} {loud.command}")
