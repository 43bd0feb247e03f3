"""`sptool verify`: what the history proves, from its objects alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer

from sptool.audit.findings import Finding, Report
from sptool.audit.verifying import Progress, unwatched
from sptool.cli.arguments import open_session
from sptool.cli.screen import WIDTH, heading, say, say_if_practice, say_item, say_json
from sptool.desk.proof.verification import (
    LONG_AFTER,
    STATES,
    as_certificate,
    checkpoint_files,
    conclusion,
    counted,
    due_summary,
    established,
    report_data,
    told,
)
from sptool.desk.session import Session
from sptool.text.english import number

MOST_SHOWN = 40


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

    place = place_for("certificate.pdf", out, session.folder.root)
    put(session.talk, [Placed(place, as_certificate(session, place.name, report))])


@contextmanager
def _shown_progress() -> Iterator[Progress]:
    """A bar on a terminal, and nothing elsewhere."""
    import sys

    if not sys.stderr.isatty():
        yield unwatched
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Verifying", total=None)
        yield lambda stage, done, of: bar.update(task, description=stage, completed=done, total=of or None)


def say_report(report: Report, *, values: bool, dates: bool) -> None:
    """Prints what was established.

    Args:
        values: whether to show what differs, and not only in which field.
        dates: whether to list every date that was due.
    """
    say(f"{report.partnership}: {counted(report)}.")
    say(f"Newest commit: {report.newest}")
    say()
    heading("What the history proves")
    for claim in report.claims:
        say_item(f"{claim.verdict.upper()}: {claim.statement} {claim.because}")
    _say_findings("Findings", report.failures, values)
    _say_findings("Worth a look", report.notes, values)
    say()
    heading("What was due")
    say_item(due_summary(report))
    if dates:
        _say_dates(report)
    say()
    say(fill(conclusion(report), WIDTH))


def _say_findings(title: str, findings: Sequence[Finding], values: bool) -> None:
    if not findings:
        return
    say()
    heading(f"{title} ({len(findings):,})")
    for one in findings[:MOST_SHOWN]:
        say_item(told(one))
        for odd in one.differences if values else ():
            say(f"      {odd.field}: should be {odd.should_be!r}")
            say(f"      {' ' * len(odd.field)}  is        {odd.found!r}")
    if len(findings) > MOST_SHOWN:
        say_item(f"... and {len(findings) - MOST_SHOWN:,} more: sptool verify --json")


def _say_dates(report: Report) -> None:
    for case, found in groupby(report.due, key=lambda one: one.case):
        say(f"  {case}")
        for one in found:
            done = f", done {_day(one.done_on)}" if one.done_on else ""
            late = f" by {number(one.late_by, 'working day')}" if one.late_by is not None else ""
            what = f"{one.title}: from {_day(one.started_on)}, due {_day(one.due_on)}{done}"
            say_item(f"  {what}: {STATES[one.state]}{late}. {one.source}, edition {one.edition}.")


def _day(day: date | None) -> str:
    """A date in few characters, so that three fit on a line."""
    return f"{day.day} {day:%b %Y}" if day else "not known"
