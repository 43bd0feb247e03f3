"""`sptool retention`: what is due for review. Nothing is ever deleted by itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, say_json, say_table
from sptool.desk.session import Session
from sptool.records.case import Case, is_on_hold
from sptool.records.closing import Closure, Erasure

Row: TypeAlias = "tuple[str, str, str]"
_ERASED = "particulars erased"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(retention)


def retention(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False
) -> None:
    """Show which closed cases are due for a retention review, and which are under a legal hold."""
    session = open_session(context)
    rows = _as_it_is_here(session, [row for case in session.book.cases() if (row := _row(session, case))])
    if as_json:
        say_json([dict(zip(("case", "review_on", "state"), row, strict=True)) for row in rows])
    elif rows:
        say_table(("Case", "Review on", "State"), rows)
        say("Nothing is deleted by itself. To erase particulars lawfully: sptool erase REF")
    else:
        say("No closed case and no legal hold.")


def _row(session: Session, case: Case) -> Row | None:
    from sptool.workflow.state import is_closed
    from sptool.working_days import add_months

    closure = case.latest(Closure)
    if is_on_hold(case):
        return case.ref, "", "legal hold: nothing may be erased"
    if closure is None or not is_closed(case):
        return None
    years = session.edition(case).retention.review_after_years
    review_on = add_months(closure.happened_on, 12 * years)
    if case.latest(Erasure):
        return case.ref, review_on.isoformat(), _ERASED
    return case.ref, review_on.isoformat(), _state(review_on, session.clock.today)


def _as_it_is_here(session: Session, rows: list[Row]) -> list[Row]:
    """The same rows; where what is erased on record is still here, they say so."""
    from sptool.desk.unfinished import unfinished_erasures

    erased = [case for case, _, state in rows if state == _ERASED]
    still_here = {loud.case: loud.command for loud in unfinished_erasures(session, erased)}
    return [_still_here(row, still_here[row[0]]) if row[0] in still_here else row for row in rows]


def _still_here(row: Row, command: str) -> Row:
    case, review_on, state = row
    return case, review_on, f"erased on record, still here: {command}" if state == _ERASED else state


def _state(review_on: date, today: date) -> str:
    return "due for review" if review_on <= today else "kept"
