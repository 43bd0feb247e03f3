"""Records, editions and calendars that this very program checked before: made from their content without a check."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TypeVar, get_args

from pydantic import BaseModel

from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework, Rule
from sptool.index.counting import packed
from sptool.records.case import Case, UnreadRecord
from sptool.records.fields import LineMark, ProseMark
from sptool.records.header import Record
from sptool.records.plain import branches, marks, model_of
from sptool.records.walk import full_annotation
from sptool.store.casebook import Casebook, read_record, sorted_out
from sptool.text.plain import Plain
from sptool.text.prose import normalise
from sptool.text.yaml import read_plain
from sptool.workflow.deadlines import CalendarFor
from sptool.working_days import Calendar

Model = TypeVar("Model", bound=BaseModel)


def fold_known(
    reference: str, contents: Mapping[str, bytes], known: Collection[str], others: Iterable[UnreadRecord] = ()
) -> Case:
    """The case made of these files; what is new among them is checked.

    Preparing pydantic to check a kind of record costs more than all else that a changed case needs.

    Args:
        known: the paths of those that could be read when they were checked, and have not changed since.
    """
    read = {
        path: (_known_record(path, content) if path in known else None) or read_record(path, content)
        for path, content in contents.items()
    }
    return sorted_out(reference, read, others)


def _known_record(path: str, content: bytes) -> Record | None:
    data = read_plain(content, path)
    model = model_of(data)
    return None if isinstance(model, str) or not isinstance(data, dict) else as_checked(model, data)


def as_checked(model: type[Model], content: Mapping[str, Plain]) -> Model:
    """What the model made of this content when it was checked.

    Args:
        content: plain data, by the names of the fields or those under which they are written.
    """
    fields = _fields(model)
    values = {fields[name][0]: _value(fields[name][1], value) for name, value in content.items()}
    return model.model_construct(None, **values)


@cache
def _fields(model: type[BaseModel]) -> Mapping[str, tuple[str, object]]:
    """Each field's name and type, by its name and by the one under which it is written."""
    found = {name: (name, full_annotation(info)) for name, info in model.model_fields.items()}
    written = {info.alias: found[name] for name, info in model.model_fields.items() if info.alias}
    return found | written


def _value(annotation: object, value: Plain) -> object:
    for branch in branches(annotation):
        if isinstance(value, list):
            return tuple(_value(get_args(branch)[0], entry) for entry in value)
        if isinstance(value, dict):
            is_model = isinstance(branch, type) and issubclass(branch, BaseModel)
            return as_checked(branch, value) if is_model else _mapped(branch, value)
        if branch in (date, datetime) and isinstance(value, str) and value[:1].isdigit():
            return branch.fromisoformat(value)
    if isinstance(value, str) and any(isinstance(mark, ProseMark | LineMark) for mark in marks(annotation)):
        return normalise(value)
    return value


def _mapped(annotation: object, value: dict[str, Plain]) -> dict[str, object]:
    return {key: _value(get_args(annotation)[1], entry) for key, entry in value.items()}


class Editions:
    """The editions of a folder, each with the calendars of its deadlines.

    Args:
        kept: editions that are known to stand in the folder unchanged, by name and digest.
        counted: calendars worked out before, by the edition's digest and the deadline's id.
    """

    def __init__(
        self,
        book: Casebook,
        kept: dict[tuple[str, str], Framework] | None = None,
        counted: dict[tuple[str, str], Calendar] | None = None,
    ) -> None:
        self._book = book
        self._kept = dict(kept or {})
        self._counted = dict(counted or {})

    def of(self, case: Case) -> Framework:
        """The edition that a case was opened under.

        Raises:
            UnfitFolder: it is missing, or was changed after it was adopted.
        """
        if not case.records:
            return self._book.edition_of(case)
        used = case.records[0].framework
        if (used.edition, used.sha256) not in self._kept:
            self._kept[used.edition, used.sha256] = self._book.edition_of(case)
        return self._kept[used.edition, used.sha256]

    def calendar_for(self, edition: Framework) -> CalendarFor:
        """The calendars of an edition, each made once."""

        def of(rule: Rule) -> Calendar:
            key = (edition.sha256, rule.id)
            if key not in self._counted:
                self._counted[key] = england_calendar(edition, rule.id)
            return self._counted[key]

        return of


def keep(connection: sqlite3.Connection, edition: Framework, calendar_for: CalendarFor) -> None:
    """Writes an edition into the index, with the calendars of its deadlines."""
    content = edition.model_dump_json()
    connection.execute("INSERT OR REPLACE INTO editions VALUES (?, ?, ?)", (edition.sha256, edition.edition, content))
    rows = ((edition.sha256, rule.id, *packed(calendar_for(rule))) for rule in edition.deadlines)
    connection.executemany("INSERT OR REPLACE INTO calendars VALUES (?, ?, ?, ?)", rows)


def kept_editions(connection: sqlite3.Connection) -> dict[tuple[str, str], Framework]:
    """The editions that the index holds, by name and digest."""
    rows = connection.execute("SELECT name, sha256, content FROM editions")
    return {(name, sha256): as_checked(Framework, json.loads(content)) for name, sha256, content in rows}
