"""What the history of a folder proves, and the words in which it is told on a screen and on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sptool.audit.findings import Finding
from sptool.audit.report import Report
from sptool.audit.verifying import Asked, Progress, unwatched, verify
from sptool.desk.clock import end_of_day
from sptool.desk.session import Session
from sptool.errors import UsageError

LONG_AFTER = 10
_LARGEST = 4 * 1024 * 1024  # bytes; a checkpoint of 10,000 cases has 200,000
STATES = {
    "met": "in time",
    "met-late": "late",
    "open": "open",
    "stopped": "stopped",
    "clock-unknown": "not known since when",
}


def established(
    session: Session,
    checkpoints: tuple[bytes, ...] = (),
    long_after: int = LONG_AFTER,
    progress: Progress = unwatched,
) -> Report:
    """What the history of the folder proves.

    Args:
        checkpoints: the bytes of each checkpoint's file.
        long_after: after how many working days an entry counts as written down long after it happened.
    """
    clock = session.clock
    # A pretended day begins at nine o'clock; what was recorded later on that day does not lie ahead.
    now = end_of_day(clock.today) if clock.pretended else clock.now
    return verify(Asked(session.folder, clock.today, now, checkpoints, long_after), progress)


def checkpoint_files(files: Iterable[Path]) -> tuple[bytes, ...]:
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


def counted(report: Report) -> str:
    """How much was verified."""
    counts = {"commit": report.commits, "record": report.records, "case": report.cases}
    return ", ".join(f"{count:,} {what}{'' if count == 1 else 's'}" for what, count in counts.items())


def due_summary(report: Report) -> str:
    """How the dates that were due stand, by number."""
    states = Counter(one.state for one in report.due)
    told = ", ".join(f"{states[state]:,} {words}" for state, words in STATES.items() if states[state])
    late = sum(1 for one in report.due if one.state == "open" and one.is_late)
    overdue = f" (of the open ones {late:,} late)" if late else ""
    listed = told + overdue if told else "none"
    return f"{len(report.due):,} dates worked out again: {listed}. Counted by: {report.calendar}."


def conclusion(report: Report) -> str:
    """The result in one sentence. Without a checkpoint it is never a clean bill."""
    if not report.holds:
        count = len(report.failures)
        return f"NOT EVERYTHING HOLDS: {count:,} finding{'' if count == 1 else 's'}. Begin with the first."
    if not report.against:
        return "Everything that can be checked here holds. Not provable here: that the history was never rewritten."
    return "Everything that can be checked holds, and the history has only grown since the checkpoint."


def told(one: Finding) -> str:
    """A finding in one line: what, in which fields, where, by which commit."""
    fields = f" Fields: {', '.join(one.fields)}." if one.fields else ""
    where = f" File: {one.path}." if one.path else ""
    commit = f" Commit: {one.commit[:12]}." if one.commit else ""
    what = one.what[:1].upper() + one.what[1:].rstrip(".")
    return f"{one.check}: {what}.{fields}{where}{commit}"
