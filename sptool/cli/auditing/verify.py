"""`sptool verify`: what the history proves, from its objects alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.desk.clock import end_of_day
from sptool.desk.session import Session
from sptool.errors import UsageError

if TYPE_CHECKING:
    from sptool.audit.report import Report
    from sptool.audit.verifying import Progress

LONG_AFTER = 10
_LARGEST = 4 * 1024 * 1024  # bytes; a checkpoint of 10,000 cases has 200,000


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
    from sptool.cli.auditing.pages.verification import say_report
    from sptool.cli.auditing.pages.verification_data import say_report_json
    from sptool.cli.showing.practice import say_if_practice

    session = open_session(context)
    say_if_practice(session)
    report = established(session, contents(against or ()), long_after)
    if certificate:
        _certify(session, report, certificate)
    if as_json:
        say_report_json(report, values=values)
    else:
        say_report(report, values=values, dates=dates)
    if not report.holds:
        raise typer.Exit(1)


def established(session: Session, checkpoints: tuple[bytes, ...] = (), long_after: int = LONG_AFTER) -> Report:
    """What the history of the folder proves.

    Args:
        session: this run.
        checkpoints: the bytes of each checkpoint's file.
        long_after: after how many working days an entry counts as written down long after it happened.
    """
    from sptool.audit.verifying import Asked, verify

    clock = session.clock
    # A pretended day begins at nine o'clock; what was recorded later on that day does not lie ahead.
    now = end_of_day(clock.today) if clock.pretended else clock.now
    with _shown_progress() as progress:
        return verify(Asked(session.folder, clock.today, now, checkpoints, long_after), progress)


def contents(files: Iterable[Path]) -> tuple[bytes, ...]:
    """The bytes of each checkpoint's file.

    Raises:
        UsageError: one can't be read, or is far too large for a checkpoint.
    """
    return tuple(_content(file) for file in files)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError:
        raise UsageError("The checkpoint's file can't be read.", "Check its path.") from None
    if len(content) > _LARGEST:
        raise UsageError("The file given is no checkpoint: it is far too large.", "To make one: sptool checkpoint")
    return content


def _certify(session: Session, report: Report, out: str) -> None:
    from sptool.cli.auditing.pages.verification_certificate import as_certificate
    from sptool.desk.letters.files import Placed, place_for, put

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
