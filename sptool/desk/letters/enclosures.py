"""What goes out with a document: with an information request, the blank form on which the agency answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sptool.desk.session import Session
    from sptool.documents.formats.about import Format
    from sptool.documents.rendering import Rendered


@dataclass(frozen=True)
class Enclosed:
    """A file that goes out with a document."""

    name: str
    to: Format
    content: bytes


def enclosed_with(
    session: Session, reference: str, text: Rendered, to: Format, letterhead: bytes | None
) -> tuple[Enclosed, ...]:
    """The files that go out with a document, in the formats that go with its own.

    Args:
        letterhead: the partnership's own Word file; None for the one that ships.
    """
    from sptool.documents.scoping_request import DOCUMENT

    if text.document is not DOCUMENT:
        return ()
    from sptool.desk.letters.material import material_of
    from sptool.documents.returning.blank import FORMS_WITH, STEM, blank_form
    from sptool.workflow.state import requests

    case = session.case(reference)
    request = [one for one in requests(case) if one.agency == text.agency][-1].key
    material = material_of(session, case, text.agency)
    return tuple(
        Enclosed(f"{case.ref}-{STEM}-{text.agency}.{form}", form, blank_form(material, request, form, letterhead))
        for form in FORMS_WITH.get(to, ())
    )
