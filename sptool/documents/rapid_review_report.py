"""The rapid review as it goes to the Panel, with the framework's minimum content (section 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sptool.documents.context import CaseFacts, Material
from sptool.documents.days import DueFacts, due_table
from sptool.documents.deliberation import MeetingFacts, meeting_facts
from sptool.documents.identifying import FAMILY, WITH_ADDRESS
from sptool.documents.kinds import COLLEAGUE, Document, unless
from sptool.documents.local_review_decision import ReviewDecisionFacts, decision_facts
from sptool.documents.need_to_know import CHILD
from sptool.documents.parts import Part, of_child, of_facts
from sptool.documents.rapid_review_agenda import information
from sptool.documents.words import Known
from sptool.records.notification import Notification
from sptool.records.review import LocalReviewDecision, RapidReview, Submission
from sptool.text.english import in_full
from sptool.workflow.state import requests

_SHOWN = ("notify", "rapid-review", "panel")
_SAFETY = {"safety_action": "What was done at once"}
_FAMILY = {"family": "The family"}
_INVOLVED = {"parallel_processes": "Other processes under way", "parallel_note": "What should be known about them"}
_HELD_IN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "agencies-involved": ("agencies_involved", "decision_participants"),
        "immediate-safeguarding": ("safeguarding_arrangements",),
        "summary-of-facts": ("facts",),
        "immediate-learning": ("immediate_learning", "sharing_learning"),
        "further-learning": ("potential_learning",),
        "inequality": ("inequality",),
    }
)
"""The fields of the rapid review that hold a part of the minimum content, by its id in the framework."""


@dataclass(frozen=True)
class Involved:
    """An agency, whether it took part in the meeting, and how far its information has come."""

    agency: str
    took_part: str
    information: str


@dataclass(frozen=True)
class Content:
    """A part of the minimum content: what it is, and whether the report has it."""

    what: str
    state: Literal["Yes", "Missing", "To be written in"]


@dataclass(frozen=True)
class RapidReviewReport(CaseFacts):
    """What the template of the report can name, besides what every document of a case has.

    Args:
        deadlines: the deadlines up to the Panel, as they stand.
        agencies: the agencies that took part or were asked.
        about_family: what is known of the family and of other processes.
        at_once: what was done for the children's safety at once.
        decision: the partners' decision, once taken.
        content: every part of the minimum content, and whether it is there.
    """

    meeting: MeetingFacts
    notified_on: str | None
    panel_reference: str | None
    deadlines: tuple[DueFacts, ...]
    late_reasons: tuple[Known, ...]
    agencies: tuple[Involved, ...]
    about_children: tuple[Part, ...]
    about_family: tuple[Part, ...]
    at_once: tuple[Part, ...]
    decision: ReviewDecisionFacts | None
    content: tuple[Content, ...]
    complete: bool


def gather(material: Material) -> RapidReviewReport:
    """The facts of the report."""
    case, framework = material.case, material.framework
    held = case.all(RapidReview)[-1]
    sent, decision = case.latest(Notification), case.latest(LocalReviewDecision)
    content = tuple(_content(held, material))
    missing = [f"Still missing from the report: {one.what}." for one in content if one.state != "Yes"]
    return RapidReviewReport(
        **vars(CaseFacts.common(material, *missing)),
        meeting=meeting_facts(held, framework),
        notified_on=in_full(sent.happened_on) if sent else None,
        panel_reference=sent.reference if sent else None,
        deadlines=due_table(material, lambda due: due.id in _SHOWN),
        late_reasons=tuple(_late_reasons(sent, held)),
        agencies=tuple(_agencies(held, material)),
        about_children=tuple(of_child(child, CHILD, framework) for child in case.children),
        about_family=_filled(of_facts("The family", {**_FAMILY, **_INVOLVED}, case, framework)),
        at_once=_filled(of_facts("At once", _SAFETY, case, framework)),
        decision=decision_facts(decision, material) if decision else None,
        content=content,
        complete=not missing,
    )


DOCUMENT = Document(
    id="rapid-review-report",
    title="Rapid review report",
    audience="the Panel",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=unless(RapidReview, "The rapid review is not yet recorded.", "sptool rapid-review {case}"),
    called_for=(LocalReviewDecision, Submission),
    tells_of=(RapidReview, LocalReviewDecision),
    each_agency=None,
    identifies=WITH_ADDRESS,
    whom=FAMILY,
)


def _filled(part: Part) -> tuple[Part, ...]:
    return (part,) if part.rows or part.texts else ()


def _late_reasons(sent: Notification | None, held: RapidReview) -> Iterator[Known]:
    if sent and sent.late_reason:
        yield Known("The notification", sent.late_reason)
    if held.late_reason:
        yield Known("The rapid review", held.late_reason)


def _agencies(held: RapidReview, material: Material) -> Iterator[Involved]:
    framework = material.framework
    asked = {request.agency: request for request in requests(material.case)}
    for agency in dict.fromkeys([*held.agencies_involved, *asked]):
        took_part = "Yes" if agency in held.agencies_involved else "No"
        name = framework.name_of("agencies", agency)
        yield Involved(name, took_part, information(asked.get(agency), material.case))


def _content(held: RapidReview, material: Material) -> Iterator[Content]:
    there = {what: all(getattr(held, name) for name in names) for what, names in _HELD_IN.items()}
    there["identifying-details"] = _identified(held)
    there["decision-and-grounds"] = material.case.latest(LocalReviewDecision) is not None
    for entry in material.framework.rapid_review_content:
        if entry.id in there:
            yield Content(entry.name, "Yes" if there[entry.id] else "Missing")
        else:
            yield Content(entry.name, "To be written in")


def _identified(held: RapidReview) -> bool:
    return held.identifying_details == "in-the-particulars"
