"""The sheet to copy into the government's notification form. sptool never submits anything.

The parts follow the known headings of that form: who notifies, the reason, the children, the family, the incident,
and who is involved. It takes up to four children, one notification for one incident, and it times out after 20
minutes (domain, stage 4), so everything has to be at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sptool.documents.answers import Known
from sptool.documents.citing import cited
from sptool.documents.context import CaseFacts, Material
from sptool.documents.deliberation import DeliberationFacts, deliberation
from sptool.documents.days import by_day
from sptool.documents.need_to_know import CHILD
from sptool.documents.parts import Part, fact, of_child, of_facts
from sptool.documents.words import listed
from sptool.errors import StepRefused
from sptool.framework.models import Framework
from sptool.records.anytime import Link
from sptool.records.case import Case
from sptool.records.notification import Notification, NotificationDecision
from sptool.records.referral import Referral
from sptool.workflow.criteria import notification_points_to
from sptool.workflow.explain import in_full
from sptool.workflow.names import label_of
from sptool.workflow.refusals import Refusal

MOST_CHILDREN = 4  # that the government's form takes
_FAMILY = {"family": "Family members and how they are related"}
_INCIDENT = {
    "incident_on": "Date of the incident",
    "place": "Where it happened",
    "normally_resident": "Normally resident in our area",
    "summary": "What happened",
    "abuse_or_neglect_basis": "Why abuse or neglect is known or suspected",
}
_INVOLVED = {
    "agencies_known": "Agencies that know the family",
    "parallel_processes": "Other processes under way",
    "parallel_note": "What should be known about them",
    "media_interest": "Media interest",
}
_SAFETY = {"at_risk_now": "Is any child at risk now?", "safety_action": "What has been done"}
_GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "one": "Abuse or neglect is known or suspected, and the child died or was seriously harmed",
        "two": "A looked-after child died, whatever the cause",
    }
)


@dataclass(frozen=True)
class Reason:
    """Why a notification is made.

    Args:
        child: whom it is about, by label.
        ground: the ground, or a criterion that calls for a notification by itself.
        source: the law or framework, with the clause.
    """

    child: str
    ground: str
    source: str


@dataclass(frozen=True)
class NotificationSheet(CaseFacts):
    """What the template of the notification sheet can name, besides what every document of a case has.

    Args:
        sent_on: when the notification was sent; None while it is still to be sent.
        notify_by: the last day for it, with what should be known about that day.
        notifier: who notifies.
        reasons: the grounds, child by child.
        about_children: a part for each child.
        too_many_children: whether there are more than the form takes.
        most_children: how many it takes.
        family: the part about the family.
        incident: the part about the incident.
        involved: the part about agencies, other processes and the media.
        safety: the part about the children's safety.
        decision: how it was decided to notify.
        told: who else is told.
        missing: everything that is still missing, with its part.
        all_known: whether nothing is.
    """

    sent_on: str | None
    notify_by: str | None
    notifier: Part
    reasons: tuple[Reason, ...]
    about_children: tuple[Part, ...]
    too_many_children: bool
    most_children: int
    family: Part
    incident: Part
    involved: Part
    safety: Part
    decision: DeliberationFacts
    told: Part
    missing: tuple[Part, ...]
    all_known: bool


def not_yet(case: Case) -> Refusal | None:
    """Why there is no notification to prepare, or None if there is."""
    decision = case.latest(NotificationDecision)
    if decision is None:
        return Refusal("It is not yet decided whether to notify.", f"sptool decide {case.ref}")
    if decision.outcome != "notify":
        return Refusal("The decision is not to notify.", f"sptool decide {case.ref} --reconsider")
    return None


def gather(material: Material) -> NotificationSheet:
    """The facts of the notification sheet.

    Raises:
        StepRefused: it is not decided to notify.
    """
    case, framework = material.case, material.framework
    decision, sent = case.latest(NotificationDecision), case.latest(Notification)
    if decision is None:
        raise StepRefused("It is not yet decided whether to notify.", f"sptool decide {case.ref}")
    parts = _parts(material)
    missing = tuple(part for part in parts if part.missing)
    notifier, family, incident, involved, safety, told, *children = parts
    return NotificationSheet(
        **vars(CaseFacts.common(material)),
        sent_on=in_full(sent.happened_on) if sent else None,
        notify_by=by_day(material, "notify"),
        notifier=notifier,
        reasons=tuple(_reasons(decision, framework)),
        about_children=tuple(children),
        too_many_children=len(children) > MOST_CHILDREN,
        most_children=MOST_CHILDREN,
        family=family,
        incident=incident,
        involved=involved,
        safety=safety,
        decision=deliberation(decision, case, framework),
        told=told,
        missing=missing,
        all_known=not missing,
    )


def _parts(material: Material) -> tuple[Part, ...]:
    case, framework = material.case, material.framework
    return (
        _notifier(material),
        of_facts("The family", _FAMILY, case, framework),
        of_facts("The incident", _INCIDENT, case, framework),
        of_facts("Who and what is involved", _INVOLVED, case, framework),
        of_facts("Safety now", _SAFETY, case, framework),
        _told(case, framework),
        *(of_child(child, CHILD, framework) for child in case.children),
    )


def _notifier(material: Material) -> Part:
    case, sent = material.case, material.case.latest(Notification)
    linked = _linked(case)
    asked = {
        "Local authority": material.framework.name_of("agencies", "local-authority"),
        "Who notifies, as a role": sent.sent_by if sent else None,
        "When the local authority became aware": fact("la_aware_on", case, material.framework),
        "Our reference": case.ref,
        "The Panel's reference": sent.reference if sent else None,
    }
    rows = [Known(what, value) for what, value in asked.items() if value]
    rows += [Known("Linked cases", listed(linked))] if linked else []
    later = () if sent else ("Who notifies, as a role", "The Panel's reference")
    missing = tuple(what for what, value in asked.items() if not value and what not in later)
    return Part("Who notifies", tuple(rows), missing=missing)


def _linked(case: Case) -> list[str]:
    referral = case.latest(Referral)
    first = [link.case for link in referral.linked_cases] if referral else []
    return list(dict.fromkeys([*first, *(link.to for link in case.all(Link))]))


def _reasons(decision: NotificationDecision, framework: Framework) -> Iterator[Reason]:
    for given in decision.criteria:
        label = label_of(given.child)
        for ground in notification_points_to([given], framework).grounds:
            first = next(one for one in framework.criteria.notification if one.ground == ground)
            yield Reason(label, _GROUNDS.get(ground, first.name), cited(first, framework))
        for criterion in framework.criteria.notification:
            if criterion.ground is None and given.answers.get(criterion.id) == "met":
                yield Reason(label, criterion.name, cited(criterion, framework))


def _told(case: Case, framework: Framework) -> Part:
    sent = case.latest(Notification)
    done = sent.told if sent else ()
    rows = [Known(one.name, "Told" if one.id in done else "To be told") for one in framework.bodies_told]
    on = sent.partners_told_on if sent else None
    partners = f"Told on {in_full(on)}" if on else "To be told"
    return Part("Who is told", (*rows, Known("The other safeguarding partners", partners)))
