"""The agenda of a rapid review (framework, section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sptool.documents.context import CaseFacts, Material, agency_name
from sptool.documents.days import by_day
from sptool.documents.identifying import FAMILY, NAME_AND_BIRTH
from sptool.documents.kinds import COLLEAGUE, Document
from sptool.documents.words import CriteriaFacts, criteria_facts, listed
from sptool.framework.models import Criterion
from sptool.records.case import Case
from sptool.records.notification import Notification
from sptool.records.referral import Referral
from sptool.records.review import AgencyReturn, InformationRequest, RapidReview
from sptool.text.english import in_full
from sptool.workflow.refusals import Refusal
from sptool.workflow.state import Request, agencies_to_ask, requests

_ANSWERED = {"nil": "Nil return", "attached": "Return received", "written-here": "Return received"}


@dataclass(frozen=True)
class Invited:
    """An agency that is invited, and how far its information has come.

    Args:
        seats: who sits there for it, as roles.
        information: whether it was asked and has answered.
    """

    agency: str
    seats: str
    information: str


@dataclass(frozen=True)
class RapidReviewAgenda(CaseFacts):
    """What the template of the agenda can name, besides what every document of a case has.

    Args:
        held_on: when the meeting was held, if it was.
        panel_by: by when the rapid review goes to the Panel.
        outstanding: the agencies that have not answered, one after the other.
        criteria: the criteria for a local review.
        circumstances: what to have regard to besides.
        national: the criteria for a national review.
        needed: what the meeting has to leave behind.
    """

    held_on: str | None
    aim_on: str | None
    hold_by: str | None
    panel_by: str | None
    notified_on: str | None
    summary: str | None
    invited: tuple[Invited, ...]
    outstanding: str | None
    criteria: CriteriaFacts
    circumstances: CriteriaFacts
    national: CriteriaFacts
    needed: tuple[str, ...]


def not_yet(case: Case) -> Refusal | None:
    """Why there is no rapid review to prepare, or None if there is."""
    if case.latest(Notification) is None and case.latest(RapidReview) is None:
        return Refusal("No notification is recorded yet.", f"sptool notify {case.ref}")
    return None


def gather(material: Material) -> RapidReviewAgenda:
    """The facts of the agenda."""
    case, framework = material.case, material.framework
    sent, held, referral = case.latest(Notification), case.latest(RapidReview), case.latest(Referral)
    due = material.deadline("rapid-review")
    silent = [agency_name(material, one.agency) for one in requests(case) if one.answered_on is None]
    return RapidReviewAgenda(
        **vars(CaseFacts.common(material)),
        held_on=in_full(held.happened_on) if held else None,
        aim_on=in_full(due.aim_on) if due and due.aim_on and due.aim_on >= material.today else None,
        hold_by=by_day(material, "rapid-review"),
        panel_by=by_day(material, "panel"),
        notified_on=in_full(sent.happened_on) if sent else None,
        summary=referral.summary if referral else None,
        invited=tuple(_invited(material)),
        outstanding="; ".join(dict.fromkeys(silent)) or None,
        criteria=_asked(framework.criteria.local_review, material),
        circumstances=_asked(framework.criteria.circumstances, material),
        national=_asked(framework.criteria.national_review, material),
        needed=tuple(entry.name for entry in framework.rapid_review_content),
    )


DOCUMENT = Document(
    id="rapid-review-agenda",
    title="Rapid review agenda",
    audience="the agencies that are invited",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=not_yet,
    called_for=(RapidReview,),
    tells_of=(Notification, InformationRequest, AgencyReturn),
    each_agency=None,
    identifies=NAME_AND_BIRTH,
    whom=FAMILY,
)


def _asked(criteria: tuple[Criterion, ...], material: Material) -> CriteriaFacts:
    return criteria_facts(criteria, {}, material.framework)


def _invited(material: Material) -> Iterator[Invited]:
    case, framework = material.case, material.framework
    asked = {request.agency: request for request in requests(case)}
    for agency in dict.fromkeys([*agencies_to_ask(case, framework, material.today), *asked]):
        name = agency_name(material, agency)
        seats = next((one.seats for one in framework.agencies if one.name == name), ())
        told = information(asked.get(agency), case)
        yield Invited(name, listed(seats) if seats else "A safeguarding lead", told)


def information(request: Request | None, case: Case) -> str:
    """Whether an agency was asked and has answered, in words."""
    if request is None:
        return "Not asked"
    answer = case.by_id.get(request.answered_by)
    if isinstance(answer, AgencyReturn):
        return f"{_ANSWERED[answer.answer]}, {in_full(answer.happened_on)}"
    return f"Asked on {in_full(request.asked_on)}, no answer yet"
