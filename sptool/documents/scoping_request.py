"""The request that asks one agency for what it knows, before a rapid review (framework, section 3)."""

from __future__ import annotations

from dataclasses import dataclass

from sptool.documents.context import Addressee, CaseFacts, Material, agency_name
from sptool.documents.days import day_of
from sptool.documents.identifying import FAMILY, WITH_ADDRESS
from sptool.documents.kinds import COLLEAGUE, Document, EachAgency, unless, whenever_there_is_one
from sptool.documents.return_form import FormQuestion, about_the_return, questions
from sptool.documents.words import PLACES, Known, listed, period
from sptool.errors import StepRefused
from sptool.records.case import Case
from sptool.records.referral import Referral
from sptool.records.scoping import InformationRequest
from sptool.text.english import in_full
from sptool.workflow.state import Request, outstanding_requests, requests
from sptool.workflow.subjects import in_words


@dataclass(frozen=True)
class ScopingRequest(CaseFacts):
    """What the template of the information request can name, besides what every document has.

    Args:
        request_id: what the agency's return is matched by.
        return_by: by when it is asked to answer.
        period: the time that it is asked to look back over.
        summary: what happened, in one line.
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
