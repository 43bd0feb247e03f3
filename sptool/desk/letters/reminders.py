"""`sptool chase --email`: an e-mail draft for each agency that is chased, with the request attached again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sptool.desk.letters.files import Placed, place_for, put

if TYPE_CHECKING:
    from sptool.desk.letters.made import Made
    from sptool.desk.session import Session
    from sptool.desk.wanted import Given, Recorded
    from sptool.documents.chasing import Reminder
    from sptool.documents.formats.about import Format
    from sptool.records.review import Chaser


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
    from sptool.desk.letters.material import material_of
    from sptool.documents.chasing import reminders

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
