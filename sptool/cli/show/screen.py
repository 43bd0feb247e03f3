"""Puts together what `sptool show` was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sptool.cli.screen import say, say_json
from sptool.cli.show.case_page import case_parts
from sptool.cli.show.identified import identified_data, identified_parts, warn
from sptool.cli.show.one_record import record_data, record_parts
from sptool.cli.wording import say_parts
from sptool.desk.as_data.case import case_data
from sptool.desk.held import Identified, identify
from sptool.desk.session import Session
from sptool.desk.standings import Standing
from sptool.desk.unfinished import tell_if_unfinished
from sptool.errors import UsageError
from sptool.records.header import Record
from sptool.text.english import british


@dataclass(frozen=True)
class Seen:
    """What was asked for.

    Args:
        as_of: the day at whose end it is seen; None for now.
        record: the id of one record, or empty for the whole case.
    """

    standing: Standing
    as_of: date | None
    record: str
    identify: bool


def say_seen(session: Session, seen: Seen, as_json: bool) -> None:
    """Prints a case or one of its records.

    Raises:
        UsageError: the case has no such record.
    """
    record = _record(seen.standing, seen.record) if seen.record else None
    tell_if_unfinished(session, session.case(seen.standing.case.ref))
    found = _identified(session, seen, record) if seen.identify else None
    (_as_json if as_json else _as_screen)(seen, record, found)


def _identified(session: Session, seen: Seen, record: Record | None) -> Identified:
    case = seen.standing.case
    found = identify(session.folder, session.case(case.ref), (record,) if record else case.records)
    warn(found)
    return found


def _record(standing: Standing, typed: str) -> Record:
    known = standing.case.by_id
    wanted = typed.strip().casefold()
    if wanted in known:
        return known[wanted]
    for item in standing.case.unread:
        if item.id == wanted:
            raise UsageError(
                f"This record can't be {item.how}.", f'To look at its file: git log -p -- "*{wanted}.yaml"'
            )
    raise UsageError("This case has no such record.", f"To see its records: sptool show {standing.case.ref}")


def _as_screen(seen: Seen, record: Record | None, found: Identified | None) -> None:
    known = f", as known at the end of {british(seen.as_of)}" if seen.as_of else ""
    say(f"{seen.standing.case.ref}{known}")
    say_parts(record_parts(record, seen.standing) if record else case_parts(seen.standing))
    if found:
        say_parts(identified_parts(found))


def _as_json(seen: Seen, record: Record | None, found: Identified | None) -> None:
    data = record_data(record, seen.standing) if record else case_data(seen.standing)
    data["as_of"] = seen.as_of.isoformat() if seen.as_of else None
    if found:
        data["particulars"] = identified_data(found)
    say_json(data)
