"""`sptool retention`: what is due for review. Nothing is ever deleted by itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, say_json, say_table
from sptool.desk.session import Session

if TYPE_CHECKING:
    from sptool.records.case import Case


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(retention)


def retention(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False
) -> None:
    """Show which closed cases are due for a retention review, and which are under a legal hold."""
    session = open_session(context)
    rows = [row for case in session.book.cases() if (row := _row(session, case))]
    if as_json:
        say_json([dict(zip(("case", "review_on", "state"), row, strict=True)) for row in rows])
    elif rows:
        say_table(("Case", "Review on", "State"), rows)
        say("Nothing is deleted by itself. To erase particulars lawfully: sptool erase REF")
    else:
        say("No closed case and no legal hold.")


def _row(session: Session, case: Case) -> tuple[str, str, str] | None:
    from sptool.records.closing import Closure, Erasure
    from sptool.workflow.state import is_closed, is_on_hold
    from sptool.working_days import add_months

    closure = case.latest(Closure)
    if is_on_hold(case):
        return case.ref, "", "legal hold: nothing may be erased"
    if closure is None or not is_closed(case):
        return None
    years = session.edition(case).retention.review_after_years
    review_on = add_months(closure.happened_on, 12 * years)
    if case.latest(Erasure):
        return case.ref, review_on.isoformat(), "particulars erased"
    return case.ref, review_on.isoformat(), _state(review_on, session.clock.today)


def _state(review_on: date, today: date) -> str:
    return "due for review" if review_on <= today else "kept"
