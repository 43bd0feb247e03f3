"""The particulars that a copy of a document shows when it is asked to: read, checked and told of before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sptool.desk.conversation import Conversation
from sptool.errors import StepRefused, UnfitFolder, UsageError

if TYPE_CHECKING:
    from sptool.desk.held import Held
    from sptool.desk.session import Session
    from sptool.records.particulars import Person


def people_for(session: Session, reference: str, document: str) -> tuple[Person, ...]:
    """Everybody whose particulars a case holds, for a copy that identifies.

    Args:
        reference: the case; empty for a document of no one case.

    Raises:
        UsageError: the document never identifies anybody.
        StepRefused: nobody's particulars are held here (any more).
        UnfitFolder: they can't be relied on.
    """
    from sptool.desk.held import identify
    from sptool.documents.documents import DOCUMENTS
    from sptool.documents.identifying import merged

    if not reference or document not in DOCUMENTS or not DOCUMENTS[document].identifies:
        raise UsageError(
            "This document names nobody, so it has no copy with names.", "To see which ones do: sptool documents"
        )
    case = session.case(reference)
    wanted = [record for record in case.records if record.id not in case.withdrawn | case.set_aside]
    held = [one for one in identify(session.folder, case, wanted).held if _may_name(one)]
    _refuse_unreliable(held, reference)
    found = merged(person for one in held if one.particulars for person in one.particulars.people)
    if not found:
        raise StepRefused(
            "No names are held here for this case, so none can be put in.",
            f"To see what is held: sptool show {reference} --identify",
        )
    return found


def _may_name(held: Held) -> bool:
    from sptool.records.particulars import PARTICULARS_FILE

    return held.file == PARTICULARS_FILE and not held.trouble.startswith("erased")


def _refuse_unreliable(held: list[Held], reference: str) -> None:
    if any(one.trouble for one in held):
        raise UnfitFolder(
            "Some particulars of this case were changed after they were recorded, can't be read, or are not in this "
            "copy of the folder. Nothing was written.",
            f"To see which: sptool show {reference} --identify",
        )


def say_what_is_put_in(talk: Conversation, people: tuple[Person, ...]) -> None:
    """Says whom a copy identifies and by what, never by value, before it is written.

    Raises:
        StepRefused: the document would show nothing of what is held.
    """
    from sptool.documents.identifying import put_in

    if not people:
        raise StepRefused(
            "What is held here is not what this document shows, so there is no copy with names.", "Leave out --identify"
        )
    talk.tell(f"This puts in: {put_in(people)}.")
    talk.tell("Send it only to those who need to know, by a secure way. Then delete your own copy.")
