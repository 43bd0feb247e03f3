"""The words with which an agency is reminded of a request that it has not answered."""

from __future__ import annotations

from dataclasses import dataclass

from sptool.documents.context import Material, agency_name
from sptool.records.review import Chaser
from sptool.text.english import in_full
from sptool.workflow.state import Request, outstanding_requests


@dataclass(frozen=True)
class Reminder:
    """A reminder to one agency."""

    agency: str
    text: str


def reminders(material: Material, chaser: Chaser) -> tuple[Reminder, ...]:
    """A reminder to each agency that a chaser names and whose request is still open."""
    newest = {request.agency: request for request in outstanding_requests(material.case)}
    return tuple(Reminder(agency, _text(material, newest[agency])) for agency in chaser.agencies if agency in newest)


def _text(material: Material, request: Request) -> str:
    reference = material.case.ref
    return (
        f"For {agency_name(material, request.agency)}\n\nDear colleague,\n\n"
        f"On {in_full(request.asked_on)} we asked you for information under our reference {reference}. "
        f"We have not had your answer. {_by_when(material, request)}\n\n"
        "Please send what you have, even if it is not complete, and tell us when the rest will follow. "
        "If you have had no involvement, tell us so: a nil return is an answer. "
        "If you believe that you can't share something, tell us that.\n\n"
        "If what you know suggests that a child may be at risk, call children's social care now, and in an "
        "emergency 999. Don't wait for your answer to be complete.\n\n"
        "The request is attached again. Please quote our reference in your answer, and put no names in its subject.\n\n"
        f"Yours sincerely,\n\nThe partnership team\n{material.partnership}\n"
    )


def _by_when(material: Material, request: Request) -> str:
    due = material.deadline("returns", request.key)
    if due is None or due.due_on is None:
        return "The rapid review needs it."
    if due.due_on < material.today:
        return f"We needed it by {in_full(due.due_on)}."
    return f"We need it by {in_full(due.due_on)}."
