"""The need to know proforma: what an agency tells the partnership, blank and filled (framework, section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sptool.documents.context import CaseFacts, DocumentFacts, Folder, Material
from sptool.documents.identifying import FAMILY, WITH_ADDRESS
from sptool.documents.kinds import COLLEAGUE, Document, FolderDocument, unless
from sptool.documents.parts import TELL_FACTS, Part, local_part, of_child, of_facts
from sptool.documents.words import code_in_words
from sptool.framework.models import Question as OwnQuestion
from sptool.records.fields import FromFramework
from sptool.records.notification import NotificationDecision
from sptool.records.particulars import Person
from sptool.records.questions import Question, questions
from sptool.records.referral import Child, Referral

SAFETY = "Is any child at risk now?"
PARTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        SAFETY: {
            "at_risk_now": "Is any child at risk now?",
            "safety_action": "What has been done for the children's immediate safety",
        },
        "Who refers": {
            "caller": "Agency",
            "caller_role": "Role",
            "happened_on": "Date of the referral",
            "received_by": "How it arrived",
            "safeguarding_lead_agreed": "Does the agency's safeguarding lead agree?",
        },
        "What happened": {
            "summary": "What happened, in one line",
            "incident_on": "Date of the incident",
            "place": "Where it happened",
            "normally_resident": "Is the child normally resident in our area?",
            "abuse_or_neglect_basis": "Why abuse or neglect is known or suspected",
        },
        "Who knew what, when": {
            "agency_aware_on": "The agency became aware",
            "harm_known_on": "The harm was known",
            "abuse_suspected_on": "Abuse or neglect was first suspected",
            "la_aware_on": "The local authority became aware of both",
            "aware_judged_by": "Who judged when the local authority became aware",
            "aware_basis": "On what basis",
        },
        "The family": {"family": "Who else is in the family"},
        "Who and what is involved": {
            "agencies_known": "Agencies that know the family",
            "media_interest": "Is there media interest?",
            "parallel_processes": "Other processes under way",
            "parallel_note": "What should be known about those processes",
        },
        "The referrer's view": {
            "referrer_view": "Does the referrer think that the criteria for a notification are met?",
            "referrer_reasons": "Why the referrer thinks so",
            "potential_learning": "What might be learned",
        },
    }
)
CHILD: Mapping[str, str] = MappingProxyType(
    {
        "outcome": "What happened to the child",
        "died_on": "Date of death",
        "nature_of_harm": "Nature of the harm",
        "age": "Age",
        "sex": "Sex",
        "ethnicity": "Ethnicity",
        "disability": "Disability",
        "placement": "Where the child lives or lived",
        "looked_after": "Looked after by a local authority",
        "care_leaver": "Care leaver aged up to 24",
        "child_in_need_plan": "Child in need plan",
        "child_protection_plan": "Child protection plan",
        "siblings": "Siblings and their ages",
    }
)
PERSON: Mapping[str, str] = MappingProxyType(
    {
        "id": "Label used in this form, such as Child A or Parent B",
        "role": "Who this is",
        "name": "Name",
        "aliases": "Other names used",
        "date_of_birth": "Date of birth",
        "address": "Address",
        "contact": "Telephone or e-mail",
    }
)
OURS = frozenset({"received_by", "aware_judged_by", "aware_basis"})
"""Answered by the partnership team, so not asked on the blank form."""
HINTS: Mapping[str, str] = MappingProxyType(
    {"id": "", "caller": "", "died_on": "If the child died.", "happened_on": "The day on which you send this form."}
)
"""What helps to answer a question on paper, where that differs from what helps at the keyboard."""
_OWN = "The partnership's own questions"


@dataclass(frozen=True)
class BlankQuestion:
    """A question of a blank form."""

    text: str
    hint: str | None
    choices: tuple[str, ...]


@dataclass(frozen=True)
class BlankPart:
    """A part of a blank form.

    Args:
        about: what it asks about: safety comes first; a part about a child or person is filled in once for each.
    """

    title: str
    about: Literal["safety", "incident", "child", "person"]
    questions: tuple[BlankQuestion, ...]


@dataclass(frozen=True)
class BlankProforma(DocumentFacts):
    """What the template of the blank proforma can name, besides what every document has.

    Args:
        harm: what serious harm means, one thought each.
    """

    parts: tuple[BlankPart, ...]
    harm: tuple[str, ...]


@dataclass(frozen=True)
class Proforma(CaseFacts):
    """What the template of the filled proforma can name, besides what every document of a case has.

    Args:
        parts: its parts, without those about each child.
    """

    parts: tuple[Part, ...]
    about_children: tuple[Part, ...]
    all_known: bool


def gather(material: Material) -> Proforma:
    """The facts of the filled proforma, as far as they are known now."""
    case, framework = material.case, material.framework
    own = local_part(_OWN, case.all(Referral)[-1], framework)
    parts = (*(of_facts(title, names, case, framework) for title, names in PARTS.items()), own)
    children = tuple(of_child(child, CHILD, framework) for child in case.children)
    return Proforma(
        **vars(CaseFacts.common(material)),
        parts=parts,
        about_children=children,
        all_known=not any(part.missing for part in (*parts, *children)),
    )


DOCUMENT = Document(
    id="need-to-know",
    title="Need to know proforma",
    audience="whoever decides about the notification",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=unless(Referral, "This case has no referral yet.", "sptool next {case}"),
    called_for=(NotificationDecision,),
    tells_of=TELL_FACTS,
    each_agency=None,
    identifies=WITH_ADDRESS,
    whom=FAMILY,
)


def gather_blank(folder: Folder) -> BlankProforma:
    """The facts of the blank proforma: the questions of the edition in force."""
    incident = tuple(
        BlankPart(title, "safety" if title == SAFETY else "incident", tuple(_blank(Referral, names, folder)))
        for title, names in PARTS.items()
    )
    own = tuple(_own(question) for question in folder.framework.questions_for(Referral.kind))
    return BlankProforma(
        **vars(DocumentFacts.of_folder(folder)),
        parts=(
            *incident,
            *([BlankPart(_OWN, "incident", own)] if own else []),
            BlankPart("Each child", "child", tuple(_blank(Child, CHILD, folder))),
            BlankPart("Who they are", "person", tuple(_blank(Person, PERSON, folder))),
        ),
        harm=folder.framework.serious_harm.points,
    )


BLANK = FolderDocument(
    id="need-to-know-form",
    title="Need to know proforma, blank",
    audience="any agency that refers",
    salutation=COLLEAGUE,
    gather=gather_blank,
    identifies=(),
)


def _blank(model: type[Referral | Child | Person], names: Mapping[str, str], folder: Folder) -> Iterator[BlankQuestion]:
    asked = {question.name: question for question in questions(model)}
    for name, text in names.items():
        if name not in OURS:
            question = asked[name]
            yield BlankQuestion(
                text, HINTS.get(name, question.hint.replace("`", "'")) or None, _choices(question, folder)
            )


def _choices(question: Question, folder: Folder) -> tuple[str, ...]:
    if question.shape == "date":
        return ()
    lists = [mark.name for mark in question.marks if isinstance(mark, FromFramework)]
    if lists and question.shape == "several":
        return tuple(entry.name for entry in folder.framework.choices(lists[0], folder.today))
    return tuple(code_in_words(word) for word in question.choices)


def _own(question: OwnQuestion) -> BlankQuestion:
    choices = ("Yes", "No") if question.type == "yes-no" else question.choices
    return BlankQuestion(question.ask, question.hint or None, choices)
