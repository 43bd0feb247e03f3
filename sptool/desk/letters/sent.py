"""What is done with a document once it is made: an e-mail, a reminder, the record that it was sent, a look at it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sptool.desk.letters.files import Placed, place_for, put
from sptool.errors import UsageError

if TYPE_CHECKING:
    from sptool.desk.letters.made import Made
    from sptool.desk.session import Session
    from sptool.desk.wanted import Given, Recorded
    from sptool.documents.formats.about import Format
    from sptool.documents.scoping_request import Reminder
    from sptool.records.review import Chaser
    from sptool.text.plain import Plain


def draft_of(made: Made, beside: Path) -> list[Placed]:
    """The e-mail draft that a document is attached to, and its words as plain text, beside the document.

    Args:
        beside: where the document itself is written.
    """
    from sptool.documents.formats.draft import as_draft, subject_of, text_of

    text = text_of(made.about, made.name, made.text.reader, made.text.document.salutation)
    also = [(form.name, form.content, form.to) for form in made.enclosed]
    draft = as_draft(made.about, text, made.name, made.content, made.to, also)
    plain = f"Subject: {subject_of(made.about)}\n\n{text}"
    private = bool(made.text.people)
    return [
        Placed(beside.with_suffix(".eml"), draft, private),
        Placed(beside.with_suffix(".txt"), plain.encode(), private),
    ]


def record_sent(session: Session, reference: str, made: Made, to: str, on: str) -> Recorded:
    """Records that a document was sent, and keeps its very bytes on the case's particulars ref.

    Args:
        to: to whom, as a role.
        on: when, as typed; empty for today.
    """
    from sptool.desk.private_files import FileToKeep
    from sptool.desk.step import record
    from sptool.desk.wanted import Typed, Wanted
    from sptool.records.anytime import DocumentSent

    day = Typed("--on", {"happened_on": on or session.clock.today.isoformat()}, on)
    also: dict[str, Plain] = {
        "document": made.text.document.id,
        "to": to,
        "format": made.to,
        "template": made.look_sha256,
        **_what_went(made),
    }
    went = [(made.to, made.content), *((form.to, form.content) for form in made.enclosed)]
    sent = [FileToKeep("document", f".{to}", content) for to, content in went]
    flags = (day, Typed("sptool render", also))
    # As `refuse_unready` has settled.
    return record(session, Wanted(DocumentSent.kind, reference, flags, files=sent, names_nobody=True))


def _what_went(made: Made) -> dict[str, Plain]:
    """The digest of the bytes; of a copy that identifies instead whom and how, for its digest would confirm a name."""
    people = made.text.people
    if not people:
        return {"sha256": sha256(made.content).hexdigest()}
    from sptool.documents.identifying import details_of

    details = dict.fromkeys(detail for person in people for detail in details_of(person))
    return {"identified": [person.id for person in people], "details": list(details)}


def refuse_unready(session: Session, reference: str, to: str, on: str, vouched: bool) -> None:
    """Refuses a recording that would fail once the document is written.

    Args:
        to: to whom it was sent, as a role.
        vouched: whether the officer gave their word already that the role names nobody.

    Raises:
        UsageError: nobody was named, or there is no case, or the day is none, or the officer is unknown.
        Interrupted: the officer is not sure that the role names nobody.
    """
    from sptool.desk.at_hand import at_hand
    from sptool.desk.names_check import settle_doubt
    from sptool.text.dates import day_typed
    from sptool.workflow.names_held import in_words

    if not reference:
        raise UsageError("Only a document of a case can be recorded as sent.", "Leave out --record.")
    if not to:
        raise UsageError("Say to whom it was sent, as a role.", "--sent-to ROLE")
    if on:
        day_typed(on, session.clock.today, "--on")
    _ = session.officer
    if not vouched:
        settle_doubt(session.talk, in_words(at_hand(session.book, reference, session.naming(reference)).gaps))


def after_chaser(session: Session, done: Recorded, given: Given) -> str:
    """With `--email`, writes a draft for each agency of a chaser, in the current folder, never among the records."""
    from sptool.records.review import Chaser

    if given.get("email") and isinstance(done.record, Chaser):
        chaser = done.record
        put(
            session.talk,
            [file for reminder in _reminders(session, chaser) for file in _drafts(session, chaser, reminder)],
        )
        session.talk.tell("Nothing was sent. Open each draft, address it and send it yourself.")
    return ""


def _reminders(session: Session, chaser: Chaser) -> tuple[Reminder, ...]:
    from sptool.desk.letters.made import material_of
    from sptool.documents.scoping_request import reminders

    return reminders(material_of(session, session.case(chaser.case)), chaser)


def _drafts(session: Session, chaser: Chaser, reminder: Reminder) -> list[Placed]:
    """The draft with the request attached, and its words as plain text beside it."""
    from sptool.documents.formats.draft import as_draft, subject_of

    made = _request(session, chaser.case, reminder.agency)
    also = [(form.name, form.content, form.to) for form in made.enclosed]
    draft = as_draft(made.about, reminder.text, made.name, made.content, made.to, also)
    names = ", ".join((made.name, *(form.name for form in made.enclosed)))
    plain = f"Subject: {subject_of(made.about)}\n\n{reminder.text}\nAttached: {names}\n"
    # The record's id keeps the drafts of two reminders apart.
    named = f"{chaser.case}-chaser-{reminder.agency}-{chaser.id}"
    beside = place_for(f"{named}.eml", "", session.folder.root)
    return [Placed(beside, draft), Placed(beside.with_suffix(".txt"), plain.encode())]


def _request(session: Session, reference: str, agency: str) -> Made:
    from sptool.desk.letters.made import Asked, made
    from sptool.documents.formats.pandoc import is_installed
    from sptool.documents.scoping_request import DOCUMENT

    to: Format = "docx" if is_installed() else "md"
    return made(session, Asked(reference, DOCUMENT.id, agency, to))[0]
