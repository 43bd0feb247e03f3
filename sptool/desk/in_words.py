"""The answers of a record as people read them, question by question, and what is said beside it wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pydantic import BaseModel

from sptool.desk.clock import LONDON
from sptool.desk.standings import Standing
from sptool.framework.models import Framework
from sptool.records.fields import CaseMark, ChildMark, FromFramework, LineMark, OfficerMark, ProseMark, RefersTo
from sptool.records.header import HEADER, Record
from sptool.records.walk import Leaf, leaves
from sptool.text.english import british
from sptool.workflow.names import label_of
from sptool.workflow.subjects import in_words

VERBATIM = (ProseMark, LineMark, CaseMark, RefersTo, OfficerMark)
LOCAL = "local"
_REPLACED = {"correction": "corrected", "reconsideration": "reconsidered", "withdrawal": "withdrawn"}
_REPLACING = {"correction": "corrects", "reconsideration": "reconsiders", "withdrawal": "withdraws"}


@dataclass(frozen=True)
class Answered:
    """One question and what was answered.

    Args:
        lines: the answer; several lines for lists and for what has parts.
    """

    field: str
    question: str
    lines: tuple[str, ...]


def answers_of(model: BaseModel, framework: Framework) -> tuple[Answered, ...]:
    """Everything that was answered, in the order of the questions; without what the program wrote itself.

    Args:
        model: a record, or a part of one.
    """
    own = HEADER if isinstance(model, Record) else frozenset()
    by_field = groupby(leaves(model), key=lambda leaf: str(leaf.path[0]))
    return tuple(
        Answered(field, _question(model, field), tuple(_lines(tuple(found), model, framework)))
        for field, found in by_field
        if field not in own
    )


def _question(model: BaseModel, field: str) -> str:
    info = type(model).model_fields.get(field)
    return (info.title if info else None) or _spoken(field)


def _spoken(field: object) -> str:
    return in_words(field).replace("_", " ")


def _lines(found: Sequence[Leaf], model: BaseModel, framework: Framework) -> Iterator[str]:
    entry: object = None
    label = ""
    for leaf, following in zip(found, [*found[1:], None], strict=True):
        if following is not None and following.path == leaf.path:
            label = _key(leaf, model, framework)  # the key of a mapping comes just before its value
            continue
        numbers = [part for part in leaf.path[1:] if isinstance(part, int)]
        bullet = "" if not numbers else "- " if numbers[0] != entry else "  "
        entry = numbers[0] if numbers else None
        yield f"{bullet}{label or _label(leaf)}{in_plain_words(leaf, framework)}"
        label = ""


def _label(leaf: Leaf) -> str:
    last = leaf.path[-1]
    return "" if len(leaf.path) == 1 or isinstance(last, int) else f"{_spoken(last)}: "


def _key(leaf: Leaf, model: BaseModel, framework: Framework) -> str:
    if leaf.path[0] == LOCAL and isinstance(model, Record):
        asked = {question.id: question.ask for question in framework.questions_for(model.kind)}
        return f"{asked.get(str(leaf.value), leaf.value)}: "
    return f"{in_plain_words(leaf, framework)}: "


def in_plain_words(leaf: Leaf, framework: Framework) -> str:
    """An answer as people read it: a date with its weekday, a code as the name that it stands for."""
    value, marks = leaf.value, leaf.marks
    if isinstance(value, date):
        return british(value)
    if leaf.path[0] == LOCAL or any(isinstance(mark, VERBATIM) for mark in marks):
        return str(value)
    if any(isinstance(mark, ChildMark) for mark in marks) or leaf.path[-1] == "id":
        return label_of(str(value))
    lists = [mark.name for mark in marks if isinstance(mark, FromFramework)]
    name = framework.name_of(lists[0], str(value)) if lists else str(value)
    return in_words(name) if name == value else name


def caller_in_words(code: str, framework: Framework) -> str:
    """An agency's name, or `anonymous` and `member of the public` for whoever is none."""
    name = framework.name_of("agencies", code)
    return in_words(code) if name == code else name


def _when(replacing: Record) -> date:
    """The day on which a record took another's place: a correction has the day of what it corrects as its own."""
    afresh = replacing.replaces is not None and replacing.replaces.kind == "reconsideration"
    return replacing.happened_on if afresh else replacing.recorded_at.astimezone(LONDON).date()


def marks_of(record: Record, standing: Standing) -> Iterator[str]:
    """Everything to be said beside a record, each a few words."""
    if record.out_of_order:
        yield "recorded out of order"
    if record.replaces:
        yield f"{_REPLACING[record.replaces.kind]} {record.replaces.record}"
    following = standing.case.replacements.get(record.id)
    if following is not None and following.replaces:
        yield f"{_REPLACED[following.replaces.kind]} on {british(_when(following))} by {following.id}"
    if record.id in standing.case.set_aside:
        yield "set aside when a conflict was settled"
    for pair in standing.conflicts:
        if record.id in (pair.first.id, pair.second.id):
            other = pair.second if record.id == pair.first.id else pair.first
            yield f"conflicts with {other.id}"
