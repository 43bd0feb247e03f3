"""The sheet to copy into the government's notification form. sptool never submits anything.

The parts follow the known headings of that form: who notifies, the reason, the children, the family, the incident,
and who is involved. It takes up to four children, one notification for one incident, and it times out after 20
minutes (domain, stage 4), so everything has to be at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from sptool.documents.context import CaseFacts, Material
from sptool.documents.days import by_day
from sptool.documents.deliberation import deliberation
from sptool.documents.identifying import FAMILY, WITH_ADDRESS
from sptool.documents.kinds import COLLEAGUE, Document
from sptool.documents.need_to_know import CHILD
from sptool.documents.parts import TELL_FACTS, Part, fact, of_child, of_facts
from sptool.documents.words import Known, cited, listed
from sptool.framework.models import Framework
from sptool.records.anytime import Link
from sptool.records.case import Case
from sptool.records.notification import Notification, NotificationDecision
from sptool.records.referral import Child, Referral
from sptool.text.english import in_full
from sptool.workflow.criteria import notification_points_to
from sptool.workflow.events import EVENTS, PARTNERS_TOLD
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
    "parallel_note": "What should be known about those processes",
    "media_interest": "Media interest",
}
_SAFETY = {
    "at_risk_now": "Is any child at risk now?",
    "safety_action": "What has been done for the children's immediate safety",
}
_GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "one": "Abuse or neglect is known or suspected, and the child died or was seriously harmed",
        "two": "A looked-after child died, whatever the cause",
    }
)


@dataclass(frozen=True)
class NotificationSheet(CaseFacts):
    """What the template of the notification sheet can name, besides what every document of a case has.

    Args:
        sent_on: when the notification was sent; None while it is still to be sent.
        notify_by: the last day for it, with what should be known about that day.
        too_many_children: whether there are more than the form takes.
        most_children: how many it takes.
        parts: the sheet's parts in the order of the form, with what is still missing in each.
    """

    sent_on: str | None
    notify_by: str | None
    too_many_children: bool
    most_children: int
    parts: tuple[Part, ...]
    complete: bool


def not_yet(case: Case) -> Refusal | None:
    """Why there is no notification to prepare, or None if there is."""
    decision = case.latest(NotificationDecision)
    if decision is None:
        return Refusal("It is not yet decided whether to notify.", f"sptool decide {case.ref}")
    if decision.outcome != "notify":
        return Refusal("The decision is not to notify.", f"sptool decide {case.ref} --reconsider")
    return None


def gather(material: Material) -> NotificationSheet:
    """The facts of the notification sheet."""
    case = material.case
    sent = case.latest(Notification)
    parts = _parts(case.all(NotificationDecision)[-1], material)
    return NotificationSheet(
        **vars(CaseFacts.common(material)),
        sent_on=in_full(sent.happened_on) if sent else None,
        notify_by=by_day(material, "notify"),
        too_many_children=len(case.children) > MOST_CHILDREN,
        most_children=MOST_CHILDREN,
        parts=parts,
        complete=not any(part.missing for part in parts),
    )


DOCUMENT = Document(
    id="notification-sheet",
    title="Notification sheet",
    audience="whoever fills in the government's form",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=not_yet,
    called_for=(Notification,),
    tells_of=(*TELL_FACTS, NotificationDecision),
    each_agency=None,
    identifies=WITH_ADDRESS,
    whom=FAMILY,
)


def _parts(decision: NotificationDecision, material: Material) -> tuple[Part, ...]:
    case, framework = material.case, material.framework
    return (
        _notifier(material),
        _reason(decision, framework),
        *(_child(child, material) for child in case.children),
        of_facts("The family", _FAMILY, case, framework),
        of_facts("The incident", _INCIDENT, case, framework),
        of_facts("Who and what is involved", _INVOLVED, case, framework),
        of_facts("Safety now", _SAFETY, case, framework),
        _decided(decision, material),
        _told(case, framework),
    )


def _child(child: Child, material: Material) -> Part:
    told = of_child(child, CHILD, material.framework)
    ref = material.case.ref
    in_this_copy = any(person.id == child.id for person in material.people)
    held = "See Who is who" if in_this_copy else f"Look them up: sptool show {ref} --identify"
    where = Known("Name, date of birth, address", held)
    return replace(told, rows=(where, *told.rows))


def _notifier(material: Material) -> Part:
    case, sent = material.case, material.case.latest(Notification)
    linked = _linked(case)
    partners = {partner.id: partner for partner in material.framework.safeguarding_partners}
    asked = {
        "Local authority": material.framework.name_of("agencies", partners["local-authority"].agency),
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


def _reason(decision: NotificationDecision, framework: Framework) -> Part:
    rows = tuple(_reasons(decision, framework))
    unclear = "A ground that is met: the answers to the criteria show none. Check them before you notify"
    return Part("Reason for the notification", rows, missing=() if rows else (unclear,))


def _reasons(decision: NotificationDecision, framework: Framework) -> Iterator[Known]:
    for given in decision.criteria:
        label = label_of(given.child)
        for ground in notification_points_to([given], framework).grounds:
            yield Known(label, _ground(ground, framework))
        for criterion in framework.criteria.notification:
            if criterion.ground is None and given.answers.get(criterion.id) == "met":
                yield Known(label, f"{criterion.name} ({cited(criterion, framework)})")


def _ground(ground: str, framework: Framework) -> str:
    """A ground with its source: that of its only criterion, or the law that all its criteria belong to."""
    first, *others = (one for one in framework.criteria.notification if one.ground == ground)
    source = framework.sources[first.source[0]].cite if others else cited(first, framework)
    return f"{_GROUNDS.get(ground, first.name)} ({source})"


def _decided(decision: NotificationDecision, material: Material) -> Part:
    told = deliberation(decision, material.case, material.framework)
    rows = [Known("Decided on", told.decided_on), Known("Decided by", told.decided_by)]
    rows += [Known(one.partner, one.position) for one in told.positions]
    rows += [Known("No position recorded", told.no_position)] if told.no_position else []
    texts = {"Why": told.rationale, "What was not known when it was decided": told.not_known}
    return Part("The decision to notify", tuple(rows), tuple(Known(what, text) for what, text in texts.items() if text))


def _told(case: Case, framework: Framework) -> Part:
    sent = case.latest(Notification)
    done = sent.told if sent else ()
    otherwise = "Not recorded as told" if sent else "To be told"
    rows = [Known(one.name, "Told" if one.id in done else otherwise) for one in framework.bodies_told]
    days = [one.on for one in EVENTS[PARTNERS_TOLD].occurrences(case, framework) if one.on]
    partners = f"Told on {in_full(min(days))}" if days else otherwise
    return Part("Who is told", (*rows, Known("The other safeguarding partners", partners)))
