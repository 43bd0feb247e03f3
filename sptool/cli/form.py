"""`sptool form`: a blank form for any kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say
from sptool.desk.session import Session
from sptool.errors import UnfitFolder, UsageError

if TYPE_CHECKING:
    from sptool.workflow.checking import Surroundings


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(form)


def form(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="The kind of record; left out: all are listed.")] = "",
    reference: Annotated[str, typer.Argument(metavar="[REF]", help="Fit it to this case.")] = "",
    replaces: Annotated[
        bool, typer.Option("--replaces", help="For a correction, or a decision taken afresh: with the reason.")
    ] = False,
    agency: Annotated[str, typer.Option(help="For an agency return: whose open request it answers.")] = "",
) -> None:
    """Print a blank form as YAML, with every question. Filled in, it goes back through --from."""
    from sptool.desk.blank_form import blank_form
    from sptool.framework.lists import did_you_mean
    from sptool.records.anytime import DECISIONS
    from sptool.records.kinds import CASE_KINDS
    from sptool.records.review import AgencyReturn
    from sptool.workflow.state import outstanding_requests
    from sptool.workflow.steps import STEPS

    if not kind:
        for name, model in CASE_KINDS.items():
            say(f"{name:<24}{STEPS[name].typed('REF'):<36}{model.title}")
        return
    if kind not in CASE_KINDS:
        raise UsageError(f"There is no such kind of record.{did_you_mean(kind, CASE_KINDS)}", "sptool form")
    around = _surroundings(open_session(context), reference)
    afresh = kind in DECISIONS and around.case.latest(CASE_KINDS[kind]) is not None
    if agency and (
        kind != AgencyReturn.kind or agency not in [one.agency for one in outstanding_requests(around.case)]
    ):
        raise UsageError("This agency has no open request in this case.", "sptool form agency-return REF --agency ID")
    say(blank_form(kind, around, replaces=replaces or afresh, agency=agency).rstrip())


def _surroundings(session: Session, reference: str) -> Surroundings:
    """What the form is fitted to: a case, else the folder's framework, else the one that is shipped."""
    from sptool.desk.edition import shipped_edition
    from sptool.records.case import Case
    from sptool.workflow.checking import Surroundings

    today = session.clock.today
    try:
        book = session.book
    except (UnfitFolder, UsageError):
        if reference:
            raise
        return Surroundings(Case(""), shipped_edition(), today)
    case = session.case(session.reference(reference)) if reference else Case("")
    return Surroundings(case, book.edition_of(case), today, tuple(book.officers), book.references)
