"""What the index holds of one case, worked out from its records. Nothing of it depends on the day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sptool.framework.models import Framework
from sptool.index.answers import answers_of
from sptool.records.case import Case
from sptool.records.references import REFERENCE
from sptool.workflow.deadlines import CalendarFor, Deadline
from sptool.workflow.standing import Standing

Value: TypeAlias = "str | int | None"
Row: TypeAlias = "tuple[Value, ...]"
BETWEEN = " · "
"""Stands between the answers of a record, so that two of them never read as one."""


@dataclass(frozen=True)
class Derived:
    """The rows of one case, each without its reference; in the order of the tables' columns.

    Args:
        ref: the case's reference.
        case: its one row.
        deadlines: what is open, in the order in which a screen shows it.
        loud: what can't wait, the most urgent first.
        named: the references that its records name.
        records: what is said of each record, and its words.
    """

    ref: str
    case: Row
    deadlines: tuple[Row, ...]
    loud: tuple[Row, ...]
    named: tuple[str, ...]
    records: tuple[tuple[Row, str], ...]


def derived(case: Case, framework: Framework, calendar_for: CalendarFor, tree: str, files: Iterable[bytes]) -> Derived:
    """What the index holds of a case.

    Args:
        case: the case.
        framework: the edition that it was opened under; for one without a readable record, any.
        calendar_for: the calendar that a rule's days are counted by.
        tree: what changes whenever anything is recorded about the case.
        files: the content of its files.
    """
    standing = Standing(case, framework, date.max, calendar_for)
    said = {record.id: answers_of(record) for record in case.records}
    standing_ids = {record.id for record in case.standing}
    codes = [answers.codes for record_id, answers in said.items() if record_id in standing_ids]
    return Derived(
        ref=case.ref,
        case=_case(standing, tree, codes),
        deadlines=tuple(_deadline(place, one, standing) for place, one in enumerate(standing.still_open)),
        loud=tuple((place, one.kind, one.what, one.command) for place, one in enumerate(standing.loud)),
        named=_named(case.ref, files),
        records=tuple(
            (
                (one.id, one.kind, one.title, one.happened_on.isoformat(), int(one.id in standing_ids)),
                BETWEEN.join(said[one.id].words),
            )
            for one in case.records
        ),
    )


def _case(standing: Standing, tree: str, codes: Iterable[Mapping[str, frozenset[str]]]) -> Row:
    case = standing.case
    kept = list(codes)
    return (
        tree,
        standing.stage,
        int(standing.is_closed),
        standing.lead,
        case.records[0].happened_on.isoformat() if case.records else None,
        standing.framework.edition if case.records else "",
        standing.framework.sha256 if case.records else "",
        _codes(kept, "themes"),
        _codes(kept, "agencies"),
        json.dumps(sorted(item.path for item in case.unread)),
    )


def _codes(codes: Iterable[Mapping[str, frozenset[str]]], name: str) -> str:
    return json.dumps(sorted({code for one in codes for code in one.get(name, ())}))


def _deadline(place: int, one: Deadline, standing: Standing) -> Row:
    return (
        place,
        one.id,
        one.title,
        int(one.can_be_late),
        one.aim_on.isoformat() if one.aim_on else None,
        one.due_on.isoformat() if one.due_on else None,
        one.owner,
        one.agency,
        standing.command(one),
        one.force,
        one.source,
        int(one.provisional),
    )


def _named(reference: str, files: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(sorted(set(_references(files)) - {reference}))


def _references(files: Iterable[bytes]) -> Iterator[str]:
    for content in files:
        yield from (found.group() for found in REFERENCE.finditer(content.decode(errors="replace")))
