"""The framework editions and calendars that the index was worked out with, kept so that neither is read again."""

from __future__ import annotations

import json
import sqlite3

from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework, Rule
from sptool.index.known import as_checked
from sptool.index.tables import packed
from sptool.records.case import Case
from sptool.store.casebook import Casebook
from sptool.workflow.deadlines import CalendarFor
from sptool.working_days import Calendar


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
