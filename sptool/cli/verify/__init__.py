"""`sptool verify`: what the history proves, from its objects alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.desk.proof.verification import LONG_AFTER, checkpoint_files, established
from sptool.desk.session import Session

if TYPE_CHECKING:
    from sptool.audit.report import Report
    from sptool.audit.verifying import Progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(verify)


def verify(
    context: typer.Context,
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A checkpoint: that the history has only grown since. Repeatable."),
    ] = None,
    certificate: Annotated[
        str, typer.Option(metavar="FILE", help="Also one page to send on: a .md, .docx, .pdf or .html file.")
    ] = "",
    dates: Annotated[bool, typer.Option("--dates", help="List every date that was due, worked out again.")] = False,
    values: Annotated[bool, typer.Option("--values", help="Show what differs, not only in which field.")] = False,
    long_after: Annotated[
        int, typer.Option(min=0, max=400, help="Note entries written down more working days later than this.")
    ] = LONG_AFTER,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Verify the history: what it proves, what is only claimed, and what can't be proved.

    Everything is read from git's objects; no file of the working tree counts. Exits with 1 unless everything that can
    be checked holds.
    """
    from sptool.cli.practice import say_if_practice
    from sptool.cli.screen import say_json
    from sptool.cli.verify.page import say_report
    from sptool.desk.proof.verification import report_data

    session = open_session(context)
    say_if_practice(session)
    with _shown_progress() as progress:
        report = established(session, checkpoint_files(against or ()), long_after, progress)
    if certificate:
        _certify(session, report, certificate)
    if as_json:
        say_json(report_data(report, values=values))
    else:
        say_report(report, values=values, dates=dates)
    if not report.holds:
        raise typer.Exit(1)


def _certify(session: Session, report: Report, out: str) -> None:
    from sptool.desk.letters.files import Placed, place_for, put
    from sptool.desk.proof.verification import as_certificate

    place = place_for("certificate.pdf", out, session.folder.root)
    put(session.talk, [Placed(place, as_certificate(session, place.name, report))])


@contextmanager
def _shown_progress() -> Iterator[Progress]:
    """A bar on a terminal, and nothing elsewhere."""
    import sys

    from sptool.audit.verifying import unwatched

    if not sys.stderr.isatty():
        yield unwatched
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Verifying", total=None)
        yield lambda stage, done, of: bar.update(task, description=stage, completed=done, total=of or None)
