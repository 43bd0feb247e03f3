"""What documents are made from: a case, or every case of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sptool.desk.session import Session
    from sptool.documents.context import Folder, Material
    from sptool.records.case import Case


def folder_of(session: Session) -> Folder:
    """Everything in a case folder that a document of no one case is made from."""
    from sptool.documents.context import Folder

    settings, today = session.folder.settings, session.clock.today
    materials = tuple(_materials(session))
    return Folder(materials, session.book.current_edition, today, settings.partnership, settings.training)


def _materials(session: Session) -> Iterator[Material]:
    for case in session.book.cases():
        yield material_of(session, case)


def material_of(session: Session, case: Case, agency: str = "") -> Material:
    """What the documents of one case are made from, and those for one agency."""
    from sptool.documents.context import Material
    from sptool.workflow.standing import Standing

    settings, edition = session.folder.settings, session.edition(case)
    standing = Standing(case, edition, session.clock.today, session.calendar_for(edition))
    return Material(standing, settings.partnership, settings.training, agency)
