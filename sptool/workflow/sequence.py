"""Dates of one record that contradict each other, and entries that are there twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from sptool.records.header import Record
from sptool.records.learning import Nomination
from sptool.records.notification import NotificationDecision
from sptool.records.referral import Facts
from sptool.records.review import InformationRequest, LocalReviewDecision
from sptool.workflow.checking import Found

# For each field: what it can't come before, by field, and how that is called.
_NOT_BEFORE: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "clarification-question": {"reply_by": ("happened_on", "the question")},
        "information-request": {"period_to": ("period_from", "the beginning of the period")},
        "action": {"due_on": ("happened_on", "the day on which the action was agreed")},
        "constraint": {"review_on": ("happened_on", "the day on which it was asked")},
        "learning-outcome": {"complete_by": ("happened_on", "the group's decision")},
        "review-commissioned": {"publish_by": ("happened_on", "the commission")},
        "local-review-decision": {"family_told_on": ("happened_on", "the decision")},
        "panel-reply": {"answered_on": ("happened_on", "the Panel's reply")},
    }
)


def out_of_sequence(record: Record) -> Iterator[Found]:
    """Dates of a record that can't both be right."""
    for later, (earlier, what) in _NOT_BEFORE.get(record.kind, {}).items():
        if _is_before(getattr(record, later), getattr(record, earlier)):
            yield (later,), f"this is before {what}"
    if isinstance(record, InformationRequest):
        for number, asked in enumerate(record.requests):
            if _is_before(asked.return_by, record.happened_on):
                yield ("requests", number, "return_by"), "this is before the request"
    if isinstance(record, Facts):
        yield from _known_before_it_happened(record, getattr(record, "happened_on", None))


def _known_before_it_happened(facts: Facts, told_on: object) -> Iterator[Found]:
    if _is_before(told_on, facts.incident_on):
        yield ("incident_on",), "this is after the day on which we were told of it"
    for number, child in enumerate(facts.children):
        if _is_before(told_on, child.died_on):
            yield ("children", number, "died_on"), "this is after the day on which we were told of it"
        if _is_before(child.died_on, facts.incident_on):
            yield ("children", number, "died_on"), "this is before the incident"


def _is_before(one: object, other: object) -> bool:
    return isinstance(one, date) and isinstance(other, date) and one < other


def twice(record: Record) -> Iterator[Found]:
    """What is answered for twice, so that nobody could say which answer counts."""
    if isinstance(record, NotificationDecision | Nomination):
        yield from _repeated("criteria", [one.child for one in record.criteria], "child")
    if isinstance(record, NotificationDecision | LocalReviewDecision):
        yield from _repeated("positions", [one.partner for one in record.positions], "partner")
    if isinstance(record, InformationRequest):
        yield from _repeated("requests", [one.agency for one in record.requests], "agency")
    if isinstance(record, Facts):
        yield from _repeated("children", [child.id for child in record.children], "child")


def _repeated(field: str, named: Sequence[str], what: str) -> Iterator[Found]:
    for number, name in enumerate(named):
        if name in named[:number]:
            yield (field, number), f"this {what} is there twice: keep one of the two"
