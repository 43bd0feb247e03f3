"""Dates and facts of a record that contradict each other, what is known, or a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sptool.records.case import Case
from sptool.records.fields import KeyMark, NotBefore
from sptool.records.header import Record
from sptool.records.notification import Notification, NotificationDecision
from sptool.records.referral import ClarificationReply, Facts, Update
from sptool.records.walk import leaves
from sptool.text.plain import Path
from sptool.workflow.checking import Found, Surroundings
from sptool.workflow.state import root_of

AFTER_THE_INCIDENT = ("agency_aware_on", "harm_known_on", "abuse_suspected_on", "la_aware_on")
BEFORE_AWARE = ("harm_known_on", "abuse_suspected_on")
BOTH_COUNT = "the local authority can't have been aware of both before `{name}`: the later of the two counts"
_PAIRS = (
    *(("incident_on", name, name, "this is before the incident") for name in AFTER_THE_INCIDENT),
    *((name, "la_aware_on", "la_aware_on", BOTH_COUNT.format(name=name)) for name in BEFORE_AWARE),
)
"""Of each pair of days, the earlier, the later, where the problem is shown, and what it is."""


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
            if isinstance(mark, KeyMark) and mark.once:
                if (entry[:-1], leaf.value) in seen:
                    yield entry, f"this {mark.once} is there twice: keep one of the two"
                seen.add((entry[:-1], leaf.value))


def aware_on(case: Case) -> date | None:
    """When the local authority became aware, as far as a day is known."""
    return _day(case.facts, "la_aware_on")


def wrong_facts(record: Facts, around: Surroundings) -> list[Found]:
    """Days that contradict each other, within the record or with what is known besides."""
    found = [*_within(record), *_clock_moved(record, around)]
    if isinstance(record, Record):
        known = _resulting(record, around)
        found += _with_the_known(record, known.facts, {path for path, _ in found})
        found += _after_a_decision(record, known, around)
    return found


def _day(facts: Facts, name: str) -> date | None:
    day = getattr(facts, name)
    return day if isinstance(day, date) else None


def _resulting(record: Record, around: Surroundings) -> Case:
    """The case with the record in it. A correction needs its original to stand at the right place."""
    replaced = () if around.replaced is None else (around.replaced,)
    return Case.of(around.case.ref, (*around.case.records, *replaced, record), around.case.unread)


def _within(record: Facts) -> Iterator[Found]:
    for earlier, later, where, what in _PAIRS:
        if _is_before(_day(record, later), _day(record, earlier)):
            yield (where,), what


def _with_the_known(record: Facts, known: Facts, named: set[tuple[str | int, ...]]) -> Iterator[Found]:
    """What this record says against what an earlier one says. A fact that was superseded since counts no more."""
    for earlier, later, where, what in _PAIRS:
        said = [name for name in (earlier, later) if _day(record, name) and _day(record, name) == _day(known, name)]
        if len(said) != 1 or not _is_before(_day(known, later), _day(known, earlier)) or (said[0],) in named:
            continue
        other = later if said[0] == earlier else earlier
        yield (
            (said[0],),
            what
            if said[0] == where
            else f"this is after what is recorded as `{other}`: if that is wrong, give it as well",
        )


def _clock_moved(record: Facts, around: Surroundings) -> Iterator[Found]:
    """Domain, stage 1: changing the reading needs a reason. A correction has one of its own."""
    before = aware_on(around.case)
    if not isinstance(record, Update | ClarificationReply) or before is None or record.aware_basis:
        return
    if record.la_aware_on not in (None, before):
        yield ("aware_basis",), "the clock's first day changes: say on what basis"


def _after_a_decision(record: Record, known: Case, around: Surroundings) -> Iterator[Found]:
    """A correction of what a decision or notification knew can't say that nobody was aware yet.

    New information can: a later harm starts the clock afresh, and may prompt a reconsideration.
    """
    aware = aware_on(known)
    if around.replaced is None or aware is None or getattr(record, "la_aware_on", None) != aware:
        return
    root = root_of(known, record.id)
    for kind in (NotificationDecision, Notification):
        for done in known.all(kind):
            if root in known.pasts[root_of(known, done.id)] and done.happened_on < aware:
                yield (
                    ("la_aware_on",),
                    f"the {done.title} ({done.id}) is dated before this day. If that date is wrong, "
                    f"correct it first: sptool correct {known.ref} {done.id}",
                )
