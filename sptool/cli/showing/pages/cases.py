"""The list of cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from sptool.cli.dates import british
from sptool.cli.screen import say, say_json, say_table
from sptool.cli.session import Session
from sptool.cli.showing.pages.standing import NOT_READABLE, Standing, standings
from sptool.cli.showing.pages.wording import number, part, say_parts, wrapped
from sptool.errors import UsageError
from sptool.records.case import Case
from sptool.records.fields import FromFramework
from sptool.records.walk import leaves
from sptool.text.plain import Plain
from sptool.workflow.deadlines import Deadline
from sptool.workflow.waiting import STAGES


@dataclass(frozen=True)
class Sought:
    """Which cases were asked for. What is empty doesn't matter.

    Args:
        which: `open`, `closed` or `all`.
        stage: a part of the stage's name.
        theme: a theme's id.
        agency: an agency's id.
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


def sought_cases(session: Session, sought: Sought) -> list[Standing]:
    """The cases asked for.

    Raises:
        UsageError: no stage, theme, agency or officer is called so.
    """
    _refuse_unknown(session, sought)
    return [standing for standing in standings(session) if _fits(standing, sought)]


def _refuse_unknown(session: Session, sought: Sought) -> None:
    edition = session.book.current_edition
    if sought.stage and not any(_in_stage(stage, sought.stage) for stage in (*STAGES, NOT_READABLE)):
        raise UsageError("There is no such stage.", f"The stages are: {'; '.join(STAGES)}.")
    if sought.agency:
        edition.choice("agencies", sought.agency)
    if sought.theme:
        edition.choice("themes", sought.theme)
    if sought.officer and sought.officer not in session.book.officers:
        known = ", ".join(sorted(session.book.officers)) or "none yet"
        raise UsageError("No officer in the register has this id.", f"Known: {known}.")


def _in_stage(stage: str, wanted: str) -> bool:
    return wanted.replace("-", " ").casefold() in stage.casefold()


def _fits(standing: Standing, sought: Sought) -> bool:
    case = standing.case
    return (
        (sought.which == "all" or standing.is_closed == (sought.which == "closed"))
        and (not sought.stage or _in_stage(standing.stage, sought.stage))
        and (not sought.theme or sought.theme in _codes(case, "themes"))
        and (not sought.agency or sought.agency in _codes(case, "agencies"))
        and (not sought.officer or sought.officer == standing.lead)
        and (sought.year is None or case.ref.split("-")[1] == str(sought.year))
    )


def _codes(case: Case, name: str) -> set[str]:
    """Every code of a list that the case's standing records hold."""
    return {
        str(leaf.value)
        for record in case.standing
        for leaf in leaves(record)
        if any(
            isinstance(mark, FromFramework) and mark.name == name and leaf.value not in mark.also for mark in leaf.marks
        )
    }


def say_cases(found: Sequence[Standing], sought: Sought) -> None:
    """Prints the cases row by row, and apart what can't wait in any of them."""
    if not found:
        kind = {"open": "open ", "closed": "closed "}.get(sought.which, "")
        said = f"There is no {kind}case like that." if sought.narrows else f"There are no {kind}cases."
        say(f"{said} To see every case: sptool list --all" if sought.narrows or kind else said)
        return
    say_table(("Case", "Stage", "Next date", "Lead officer"), (_row(standing) for standing in found), (0, 2))
    say_parts(part("Look at these first", _loud_lines(found)))
    say()
    say(f"{number(len(found), 'case')}.")


def _row(standing: Standing) -> tuple[str, str, str, str]:
    following = next_deadline(standing)
    return standing.case.ref, standing.stage, _next_date(standing, following), standing.lead or "none"


def next_deadline(standing: Standing) -> Deadline | None:
    """The first deadline that isn't a mere reminder; without one the first reminder."""
    dated = [one for one in standing.still_open if one.due_on]
    return next((one for one in dated if one.rule.can_be_late), dated[0] if dated else None)


def _next_date(standing: Standing, following: Deadline | None) -> str:
    if following is None or following.due_on is None:
        return "none"
    return british(following.due_on) + (" late" if following.is_late(standing.today) else "")


def _loud_lines(found: Sequence[Standing]) -> Iterator[str]:
    for standing in found:
        for one in standing.loud:
            yield from wrapped(f"{one.case}  {one.what}", hanging=2)


def say_cases_json(found: Sequence[Standing]) -> None:
    """Prints the cases for other programs."""
    say_json([_as_data(standing) for standing in found])


def _as_data(standing: Standing) -> dict[str, Plain]:
    case, following = standing.case, next_deadline(standing)
    loud: list[Plain] = [{"kind": one.kind, "what": one.what} for one in standing.loud]
    return {
        "case": case.ref,
        "stage": standing.stage,
        "closed": standing.is_closed,
        "lead_officer": standing.lead or None,
        "opened_on": case.records[0].happened_on.isoformat() if case.records else None,
        "edition": standing.framework.edition,
        "next_deadline": following.id if following else None,
        "next_due": following.due_on.isoformat() if following and following.due_on else None,
        "themes": list[Plain](sorted(_codes(case, "themes"))),
        "agencies": list[Plain](sorted(_codes(case, "agencies"))),
        "look_first": loud,
    }
