"""Checks that answers fit the case and its framework: codes, references to records, dates in the future."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sptool.errors import Problem
from sptool.framework.lists import did_you_mean
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.fields import AheadMark, CaseMark, ChildMark, FromFramework, OfficerMark, RefersTo
from sptool.records.header import Record
from sptool.records.learning import Nomination
from sptool.records.plain import shown_path
from sptool.records.referral import Facts
from sptool.records.walk import Leaf, leaves
from sptool.text.dates import why_no_day
from sptool.text.plain import Path
from sptool.working_days import EARLIEST, LATEST

Found = tuple[Path, str]
"""Where a problem is, and what it is, in plain English and without the value."""


@dataclass(frozen=True)
class Surroundings:
    """What a record is checked against.

    Args:
        case: the case before the record.
        officers: the ids of the register's officers.
        cases: the references of every case of the folder.
        replaced: the record whose place the new one takes, which `case` is given without; None for none.
    """

    case: Case
    framework: Framework
    today: date
    officers: Collection[str] = ()
    cases: Collection[str] = ()
    replaced: Record | None = None


def misfits(record: Record, around: Surroundings) -> list[Found]:
    """Every answer that doesn't fit the case, the framework or the calendar."""
    return [*_wrong_leaves(record, around), *_local_answers(record, around.framework)]


def _wrong_leaves(record: Record, around: Surroundings) -> Iterator[Found]:
    for leaf in leaves(record):
        if isinstance(leaf.value, date) and (why := _wrong_day(leaf, leaf.value, around.today)):
            yield leaf.path, why
        for mark in leaf.marks:
            check = _CHECKS.get(type(mark))
            if check and (why := check(mark, str(leaf.value), record, around)):
                yield leaf.path, why


def _wrong_day(leaf: Leaf, day: date, today: date) -> str | None:
    if isinstance(day, datetime):  # when it was recorded, which the program writes itself
        return None
    if not EARLIEST <= day <= LATEST:
        return f"this date lies before {EARLIEST.year} or after {LATEST.year}"
    if day > today and not any(isinstance(mark, AheadMark) for mark in leaf.marks):
        return "this date lies in the future"
    return None


def _code(mark: object, value: str, record: Record, around: Surroundings) -> str | None:
    if not isinstance(mark, FromFramework):
        return None
    return around.framework.why_not_allowed(mark.name, value, record.happened_on, mark.also)


def _reference(mark: object, value: str, record: Record, around: Surroundings) -> str | None:
    del record
    found = around.case.by_id.get(value)
    if isinstance(mark, RefersTo) and (found is None or (mark.kinds and found.kind not in mark.kinds)):
        wanted = [known.id for known in around.case.standing if known.kind in mark.kinds or not mark.kinds]
        allowed = f" This case has: {', '.join(wanted)}." if wanted else " This case has none."
        kinds = " or ".join(kind.replace("-", " ") for kind in mark.kinds) or "record"
        return f"there is no such {kinds} in this case.{allowed}"
    return None


def _child(mark: object, value: str, record: Record, around: Surroundings) -> str | None:
    del mark
    if isinstance(record, Nomination):
        return None
    new = record.children if isinstance(record, Facts) else ()
    known = [child.id for child in (*around.case.children, *new)]
    if value in known:
        return None
    return f"this case has no such child. Known: {', '.join(known)}. Add a child with `sptool update`"


def _officer(mark: object, value: str, record: Record, around: Surroundings) -> str | None:
    del mark, record
    if value in around.officers:
        return None
    return f"no officer has this id.{did_you_mean(value, around.officers)} Known: {', '.join(sorted(around.officers))}"


def _case(mark: object, value: str, record: Record, around: Surroundings) -> str | None:
    del mark
    if value == record.case:
        return "a case can't be linked to itself"
    return None if value in around.cases else "there is no such case in this folder"


_CHECKS: dict[type, Callable[[object, str, Record, Surroundings], str | None]] = {
    FromFramework: _code,
    RefersTo: _reference,
    ChildMark: _child,
    OfficerMark: _officer,
    CaseMark: _case,
}


def _local_answers(record: Record, framework: Framework) -> Iterator[Found]:
    """The partnership's own questions, validated by its edition."""
    questions = {question.id: question for question in framework.questions_for(record.kind)}
    for name in record.local.keys() - questions.keys():
        yield ("local", name), f"the framework has no such question.{did_you_mean(name, questions)}"
    for name, question in questions.items():
        answer = record.local.get(name)
        if answer is None:
            if question.required:
                yield ("local", name), f"this must be answered: {question.ask}"
        elif question.choices and answer not in question.choices:
            yield ("local", name), f"choose one of: {', '.join(question.choices)}"
        elif question.type == "yes-no" and answer not in ("yes", "no"):
            yield ("local", name), "answer yes or no"
        elif question.type == "date" and not _is_date(str(answer)):
            yield ("local", name), why_no_day(str(answer))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def as_problems(found: list[Found]) -> list[tuple[Path, Problem]]:
    """The problems found, with the field's name as messages show it."""
    return [(path, Problem(what, shown_path(path))) for path, what in found]
