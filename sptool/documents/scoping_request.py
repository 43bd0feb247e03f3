"""What one agency is asked before a rapid review, with the form's questions and the reminder (framework, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args, get_origin

from pydantic import BaseModel

from sptool.documents.context import Addressee, CaseFacts, Material, agency_name
from sptool.documents.days import day_of
from sptool.documents.identifying import FAMILY, WITH_ADDRESS
from sptool.documents.kinds import COLLEAGUE, Document, EachAgency, unless, whenever_there_is_one
from sptool.documents.words import PLACES, Known, listed, period
from sptool.errors import StepRefused
from sptool.framework.models import Framework, Question
from sptool.records.case import Case
from sptool.records.fields import ProseMark
from sptool.records.header import HEADER
from sptool.records.plain import annotation_at, branches, marks
from sptool.records.referral import Referral
from sptool.records.review import AgencyReturn, Chaser, InformationRequest
from sptool.text.english import in_full
from sptool.workflow.state import Request, outstanding_requests, requests
from sptool.workflow.subjects import in_words

# Answered by whoever records the return, not by the agency.
_OURS = HEADER | {"happened_on", "out_of_order", "local", "agency", "answer"}


@dataclass(frozen=True)
class ScopingRequest(CaseFacts):
    """What the template of the information request can name, besides what every document has.

    Args:
        request_id: what the agency's return is matched by.
        return_by: by when it is asked to answer.
        period: the time that it is asked to look back over.
        known: what else is known of the incident.
        particular: what is asked of this agency alone.
        asked_of_all: what is asked of every agency, besides the form.
        rapid_review_by: the last day for holding the rapid review.
        about_the_return: the form's questions about the return itself.
        questions: the form's questions about the case.
    """

    to: Addressee
    agency: str
    request_id: str
    return_by: str | None
    period: str | None
    summary: str | None
    known: tuple[Known, ...]
    particular: str | None
    asked_of_all: str | None
    rapid_review_by: str | None
    about_the_return: tuple[FormQuestion, ...]
    questions: tuple[FormQuestion, ...]


def agencies_asked(case: Case) -> tuple[str, ...]:
    """The ids of the agencies that were asked, each once."""
    return tuple(dict.fromkeys(request.agency for request in requests(case)))


def agencies_silent(case: Case) -> tuple[str, ...]:
    """The ids of those that have not answered, each once."""
    return tuple(dict.fromkeys(request.agency for request in outstanding_requests(case)))


def gather(material: Material) -> ScopingRequest:
    """The facts of the newest request to one agency.

    Raises:
        StepRefused: that agency was not asked.
    """
    asked = [request for request in requests(material.case) if request.agency == material.agency]
    record = material.case.by_id.get(asked[-1].record) if asked else None
    if not isinstance(record, InformationRequest):
        raise StepRefused("This agency has not been asked for information.", f"sptool scope {material.case.ref}")
    request, referral = asked[-1], material.case.latest(Referral)
    return ScopingRequest(
        **vars(CaseFacts.common(material)),
        to=_addressee(material),
        agency=agency_name(material, request.agency),
        request_id=request.key,
        return_by=_return_by(request, material),
        period=period(record.period_from, record.period_to),
        summary=referral.summary if referral else None,
        known=tuple(_known(material.case)),
        particular=next((to.particular for to in record.requests if to.agency == request.agency), None),
        asked_of_all=record.questions,
        rapid_review_by=_rapid_review_by(material),
        about_the_return=about_the_return(),
        questions=questions(material.framework),
    )


DOCUMENT = Document(
    id="scoping-request",
    title="Scoping and information request",
    audience="each agency that is asked",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=unless(InformationRequest, "No agency has been asked for information yet.", "sptool scope {case}"),
    called_for=whenever_there_is_one,
    tells_of=(),
    each_agency=EachAgency(agencies_asked, agencies_silent),
    identifies=WITH_ADDRESS,
    whom=FAMILY,
)


def _addressee(material: Material) -> Addressee:
    name = agency_name(material, material.agency)
    agency = next((one for one in material.framework.agencies if one.name == name), None)
    seats = agency.seats if agency else ()
    line = f"{listed(seats)}, {name}" if seats else name
    return Addressee(line, f"Dear {seats[0]}" if len(seats) == 1 else "Dear colleagues")


def _return_by(request: Request, material: Material) -> str | None:
    due = material.deadline("returns", request.key)
    if due and due.due_on:
        return day_of(due)
    return in_full(request.return_by) if request.return_by else None


def _rapid_review_by(material: Material) -> str | None:
    due = material.deadline("rapid-review")
    if due is None or due.state != "open" or due.due_on is None or due.due_on < material.today:
        return None
    return day_of(due)


def _known(case: Case) -> list[Known]:
    facts = case.facts
    found = []
    if facts.incident_on and facts.incident_on != "unknown":
        found.append(Known("Date of the incident", in_full(facts.incident_on)))
    if place := PLACES.get(facts.place or ""):
        found.append(Known("Place", place))
    if facts.parallel_processes:
        processes = listed([in_words(process) for process in facts.parallel_processes])
        found.append(Known("Other processes under way", processes.capitalize()))
    return found


@dataclass(frozen=True)
class FormQuestion:
    """A question to an agency.

    Args:
        parts: what it asks for in each case, such as each practice episode.
    """

    text: str
    parts: tuple[str, ...] = ()
    hint: str | None = None


def about_the_return() -> tuple[FormQuestion, ...]:
    """The short questions: who wrote, checked and signed the return, and what it covers."""
    return tuple(_question(name) for name in _fields() if not _is_about_the_case(name))


def questions(framework: Framework) -> tuple[FormQuestion, ...]:
    """The questions about the case, and those that the partnership adds."""
    own = tuple(_own_question(question) for question in framework.questions_for(AgencyReturn.kind))
    return tuple(_question(name) for name in _fields() if _is_about_the_case(name)) + own


def _fields() -> tuple[str, ...]:
    return tuple(name for name in AgencyReturn.model_fields if name not in _OURS)


def _is_about_the_case(name: str) -> bool:
    """Whether the answer is told in prose."""
    annotation = annotation_at(AgencyReturn, (name,))
    return _entry(name) is not None or any(isinstance(mark, ProseMark) for mark in marks(annotation))


def _question(name: str) -> FormQuestion:
    field, entry = AgencyReturn.model_fields[name], _entry(name)
    parts = tuple(part.title or "" for part in entry.model_fields.values()) if entry else ()
    return FormQuestion(field.title or "", parts, field.description)


def _entry(name: str) -> type[BaseModel] | None:
    """The model of a list's entries, such as a practice episode; None for a plain answer."""
    for branch in branches(annotation_at(AgencyReturn, (name,))):
        entry = get_args(branch)[0] if get_origin(branch) is tuple else None
        if isinstance(entry, type) and issubclass(entry, BaseModel):
            return entry
    return None


def _own_question(question: Question) -> FormQuestion:
    choices = ("Yes", "No") if question.type == "yes-no" else question.choices
    return FormQuestion(question.ask, choices, question.hint or None)


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
