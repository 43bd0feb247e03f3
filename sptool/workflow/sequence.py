"""Dates of one record that contradict each other, and entries that are there twice; its model marks which can."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sptool.records.fields import KeyMark, NotBefore
from sptool.records.header import Record
from sptool.records.referral import Facts
from sptool.records.walk import leaves
from sptool.text.plain import Path
from sptool.workflow.checking import Found


def out_of_sequence(record: Record) -> Iterator[Found]:
    """Dates of a record that can't both be right."""
    for leaf in leaves(record):
        for mark in leaf.marks:
            if isinstance(mark, NotBefore) and _is_before(leaf.value, getattr(record, mark.field)):
                yield leaf.path, f"this is before {mark.what}"
    if isinstance(record, Facts):
        yield from _known_before_it_happened(record, record.happened_on)


def _known_before_it_happened(facts: Facts, told_on: date) -> Iterator[Found]:
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
    seen: set[tuple[Path, object]] = set()
    for leaf in leaves(record):
        entry = leaf.path[:-1]
        for mark in leaf.marks:
            if isinstance(mark, KeyMark):
                if (entry[:-1], leaf.value) in seen:
                    yield entry, f"this {mark.what} is there twice: keep one of the two"
                seen.add((entry[:-1], leaf.value))
