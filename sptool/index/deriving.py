"""What the index holds of one case, worked out from its records: their words and codes, and all that no day changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from sptool.framework.models import Framework
from sptool.index.tables import ReadFrom
from sptool.records.case import Case
from sptool.records.fields import FromFramework, LineMark, ProseMark
from sptool.records.header import Record
from sptool.records.plain import branches, marks
from sptool.records.references import REFERENCE
from sptool.records.walk import full_annotation
from sptool.workflow.deadlines import CalendarFor
from sptool.workflow.glance import CaseSummary, Loud, OpenDeadline
from sptool.workflow.loud import unreadable
from sptool.workflow.standing import Standing


@dataclass
class Answers:
    """What a record says.

    Args:
        words: its texts in an officer's own words, in the order of its fields.
        codes: the codes that it takes from the framework's lists, by the list's name.
    """

    words: list[str] = field(default_factory=list)
    codes: dict[str, frozenset[str]] = field(default_factory=dict)

    def add_code(self, mark: FromFramework, code: str) -> None:
        """Notes a code, unless it is one that a field allows besides its list."""
        if code not in mark.also:
            self.codes[mark.name] = self.codes.get(mark.name, frozenset()) | {code}


Take = Callable[[Any, Answers], None]
"""Notes what a value says."""


def answers_of(record: Record) -> Answers:
    """What a record says, the partnership's own questions included."""
    answers = Answers()
    _take_model(record, answers)
    answers.words += [answer for answer in record.local.values() if isinstance(answer, str)]
    return answers


def _take_model(model: BaseModel, answers: Answers) -> None:
    for name, take in _plan(type(model)).items():
        value = getattr(model, name)
        if value:
            take(value, answers)


@cache
def _plan(model: type[BaseModel]) -> Mapping[str, Take]:
    """The fields of a model that can say something, each with how it is noted."""
    taken = {name: _taking(full_annotation(info)) for name, info in model.model_fields.items()}
    return MappingProxyType({name: take for name, take in taken.items() if take is not None})


def _taking(annotation: Any) -> Take | None:
    for branch in branches(annotation):
        if isinstance(branch, type) and issubclass(branch, BaseModel):
            return _take_model if _plan(branch) else None
        if get_origin(branch) is tuple:
            return _each(_taking(get_args(branch)[0]))
        if get_origin(branch) is dict:
            return _pairs(*(_taking(part) for part in get_args(branch)))
    said = marks(annotation)
    lists = [mark for mark in said if isinstance(mark, FromFramework)]
    if lists:
        return _code(lists)
    return _words if any(isinstance(mark, ProseMark | LineMark) for mark in said) else None


def _words(value: Any, answers: Answers) -> None:
    answers.words.append(str(value))


def _code(lists: list[FromFramework]) -> Take:
    def take(value: Any, answers: Answers) -> None:
        for mark in lists:
            answers.add_code(mark, str(value))

    return take


def _each(inner: Take | None) -> Take | None:
    def take(values: Any, answers: Answers) -> None:
        for value in values:
            if value is not None and inner is not None:
                inner(value, answers)

    return take if inner else None


def _pairs(of_key: Take | None, of_value: Take | None) -> Take | None:
    def take(values: Any, answers: Answers) -> None:
        for key, value in values.items():
            for inner, said in ((of_key, key), (of_value, value)):
                if inner is not None and said is not None:
                    inner(said, answers)

    return take if of_key or of_value else None


BETWEEN = " · "
"""Stands between the answers of a record, so that two of them never read as one."""


@dataclass(frozen=True)
class SaidRecord:
    """A record with its words.

    Args:
        happened_on: the day, as YYYY-MM-DD.
    """

    ref: str
    id: str
    kind: str
    title: str
    happened_on: str
    stands: bool
    text: str


@dataclass(frozen=True)
class Derived:
    """The rows of one case.

    Args:
        ref: the case's reference, or what stands for one.
        case: what a list shows of it; None for what is no case.
        read_from: what its rows were made from; None likewise.
        deadlines: what is open, in the order in which a screen shows it.
        loud: what can't wait, the most urgent first.
        named: the references that its records name.
    """

    ref: str
    case: CaseSummary | None
    read_from: ReadFrom | None
    deadlines: tuple[OpenDeadline, ...]
    loud: tuple[Loud, ...]
    named: tuple[str, ...]
    records: tuple[SaidRecord, ...]


def derived(case: Case, framework: Framework, calendar_for: CalendarFor, tree: str, files: Iterable[bytes]) -> Derived:
    """What the index holds of a case.

    Args:
        framework: the edition that it was opened under; for one without a readable record, any.
        tree: what changes whenever anything is recorded about the case.
    """
    standing = Standing(case, framework, date.max, calendar_for)
    said = {record.id: answers_of(record) for record in case.records}
    standing_ids = {record.id for record in case.standing}
    codes = [answers.codes for record_id, answers in said.items() if record_id in standing_ids]
    return Derived(
        ref=case.ref,
        case=_case(standing, codes),
        read_from=_read_from(standing, tree),
        deadlines=standing.open_deadlines,
        loud=standing.loud,
        named=_named(case.ref, files),
        records=tuple(
            SaidRecord(
                ref=case.ref,
                id=one.id,
                kind=one.kind,
                title=one.title,
                happened_on=one.happened_on.isoformat(),
                stands=one.id in standing_ids,
                text=BETWEEN.join(said[one.id].words),
            )
            for one in case.records
        ),
    )


def derived_beside(name: str, case: Case) -> Derived:
    """What the index holds of what is no case: only what can't wait.

    Args:
        name: `register`, or what else stands for a reference.
        case: what stands there, as if it were a case.
    """
    return Derived(name, None, None, (), tuple(unreadable(case)), (), ())


def _case(standing: Standing, codes: Sequence[Mapping[str, frozenset[str]]]) -> CaseSummary:
    case = standing.case
    return CaseSummary(
        ref=case.ref,
        stage=standing.stage,
        is_closed=standing.is_closed,
        lead=standing.lead,
        opened_on=case.records[0].happened_on if case.records else None,
        edition=standing.framework.edition if case.records else "",
        themes=_codes(codes, "themes"),
        agencies=_codes(codes, "agencies"),
    )


def _codes(codes: Sequence[Mapping[str, frozenset[str]]], name: str) -> tuple[str, ...]:
    return tuple(sorted({code for one in codes for code in one.get(name, ())}))


def _read_from(standing: Standing, tree: str) -> ReadFrom:
    case, edition = standing.case, standing.framework
    named = (edition.sha256, edition.edition) if case.records else ("", "")
    return ReadFrom(case.ref, tree, *named, tuple(sorted(item.path for item in case.unread)))


def _named(reference: str, files: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(sorted(set(_references(files)) - {reference}))


def _references(files: Iterable[bytes]) -> Iterator[str]:
    for content in files:
        yield from (found.group() for found in REFERENCE.finditer(content.decode(errors="replace")))
