"""`sptool list`: the cases, by stage, theme, agency, officer or year."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date
from typing import Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, say_if_practice, say_json, say_table, tell
from sptool.cli.wording import part, say_parts, wrapped
from sptool.desk.indexed import asked
from sptool.desk.session import Session
from sptool.errors import UsageError
from sptool.index.asking import KnownCase, known_cases, loud_beside
from sptool.text.english import british, number
from sptool.text.plain import Plain
from sptool.workflow.glance import NOT_READABLE, STAGES, CaseSummary, Loud, OpenDeadline


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("list")(list_cases)


def list_cases(
    context: typer.Context,
    stage: Annotated[str, typer.Option(help="Only cases at this stage; a part of its name is enough.")] = "",
    theme: Annotated[str, typer.Option(help="Only cases with this theme, by its id.")] = "",
    agency: Annotated[str, typer.Option(help="Only cases in which this agency plays a part, by its id.")] = "",
    officer: Annotated[str, typer.Option(help="Only cases that this officer leads, by their id.")] = "",
    year: Annotated[int | None, typer.Option(help="Only cases opened in this year.")] = None,
    closed: Annotated[bool, typer.Option("--closed", help="Only closed cases.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Open and closed cases.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """List the open cases, each with its stage, its next date and who leads it."""
    session = open_session(context)
    say_if_practice(session)
    which = "all" if every else "closed" if closed else "open"
    sought = Sought(which, stage, theme, agency, officer, year)
    found = sought_cases(session, sought)
    if as_json:
        say_cases_json(session, found)
    else:
        say_cases(found, sought, session.clock.today)


@dataclass(frozen=True)
class Sought:
    """Which cases were asked for. What is empty doesn't matter.

    Args:
        which: `open`, `closed` or `all`.
        stage: a part of the stage's name.
        officer: the lead officer's id.
        year: the year in which the case was opened.
    """

    which: str
    stage: str = ""
    theme: str = ""
    agency: str = ""
    officer: str = ""
    year: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether more than open or closed was asked for."""
        return any(astuple(self)[1:])


@dataclass(frozen=True)
class Sorted:
    """What was found.

    Args:
        beside: what can't wait and is no case's, whatever was asked for.
    """

    cases: list[KnownCase]
    beside: list[Loud]


def sought_cases(session: Session, sought: Sought) -> Sorted:
    """The cases asked for.

    Raises:
        UsageError: no stage, theme, agency or officer is called so.
    """
    refuse_unknown(session, sought)

    def question(index: sqlite3.Connection) -> Sorted:
        return Sorted([case for case in known_cases(index) if _fits(case.summary, sought)], loud_beside(index))

    return asked(session, question)


def refuse_unknown(session: Session, sought: Sought) -> None:
    """Refuses what no stage, theme, agency or officer is called.

    Raises:
        UsageError: with the nearest that there is.
    """
    if sought.stage and not any(in_stage(stage, sought.stage) for stage in (*STAGES, NOT_READABLE)):
        raise UsageError("There is no such stage.", f"The stages are: {'; '.join(STAGES)}.")
    if sought.agency:
        session.book.current_edition.choice("agencies", sought.agency)
    if sought.theme:
        session.book.current_edition.choice("themes", sought.theme)
    if sought.officer and sought.officer not in session.book.officers:
        known = ", ".join(sorted(session.book.officers)) or "none yet"
        raise UsageError("No officer in the register has this id.", f"Known: {known}.")


def in_stage(stage: str, wanted: str) -> bool:
    """Whether a stage is meant by a part of its name."""
    return wanted.replace("-", " ").casefold() in stage.casefold()


def _fits(case: CaseSummary, sought: Sought) -> bool:
    return (
        (sought.which == "all" or case.is_closed == (sought.which == "closed"))
        and (not sought.stage or in_stage(case.stage, sought.stage))
        and (not sought.theme or sought.theme in case.themes)
        and (not sought.agency or sought.agency in case.agencies)
        and (not sought.officer or sought.officer == case.lead)
        and (sought.year is None or case.ref.split("-")[1] == str(sought.year))
    )


def say_cases(found: Sorted, sought: Sought, today: date) -> None:
    """Prints the cases row by row, and apart what can't wait in any of them."""
    if found.cases:
        say_table(("Case", "Stage", "Next date", "Lead officer"), (_row(case, today) for case in found.cases), (0, 2))
    loud = [*found.beside, *(one for case in found.cases for one in case.loud)]
    say_parts(part("Look at these first", _loud_lines(loud)))
    if loud or found.cases:
        say()
    say(_summary(found, sought))


def _summary(found: Sorted, sought: Sought) -> str:
    if not found.cases:
        kind = {"open": "open ", "closed": "closed "}.get(sought.which, "")
        said = f"There is no {kind}case like that." if sought.narrows else f"There are no {kind}cases."
        return f"{said} To see every case: sptool list --all" if sought.narrows or kind else said
    return f"{number(len(found.cases), 'case')}."


def _row(case: KnownCase, today: date) -> tuple[str, str, str, str]:
    about = case.summary
    return about.ref, about.stage, _next_date(next_deadline(case), today), about.lead or "none"


def next_deadline(case: KnownCase) -> OpenDeadline | None:
    """The first deadline that isn't a mere reminder; without one the first reminder."""
    dated = [one for one in case.open if one.due_on]
    return next((one for one in dated if one.can_be_late), dated[0] if dated else None)


def _next_date(following: OpenDeadline | None, today: date) -> str:
    if following is None or following.due_on is None:
        return "none"
    return british(following.due_on) + (" late" if following.is_late(today) else "")


def _loud_lines(loud: Iterable[Loud]) -> Iterator[str]:
    for one in loud:
        yield from wrapped(f"{one.case}  {one.what}", hanging=2)


def say_cases_json(session: Session, found: Sorted) -> None:
    """Prints the cases for other programs; what can't wait and is no case's goes to the messages."""
    for one in found.beside:
        tell(f"{one.case}: {one.what}")
    say_json([_as_data(case, case.summary.edition or session.book.current_edition.edition) for case in found.cases])


def _as_data(case: KnownCase, edition: str) -> dict[str, Plain]:
    about, following = case.summary, next_deadline(case)
    loud: list[Plain] = [{"kind": one.kind, "what": one.what} for one in case.loud]
    return {
        "case": about.ref,
        "stage": about.stage,
        "closed": about.is_closed,
        "lead_officer": about.lead or None,
        "opened_on": about.opened_on.isoformat() if about.opened_on else None,
        "edition": edition,
        "next_deadline": following.id if following else None,
        "next_due": following.due_on.isoformat() if following and following.due_on else None,
        "themes": list[Plain](about.themes),
        "agencies": list[Plain](about.agencies),
        "look_first": loud,
    }
