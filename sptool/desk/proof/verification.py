"""What the history of a folder proves, in words for a screen, for other programs, and as one page to send on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from sptool.audit.findings import Finding, Report
from sptool.audit.verifying import Asked, Progress, unwatched, verify
from sptool.desk.clock import end_of_day
from sptool.desk.session import Session
from sptool.errors import UsageError
from sptool.text.english import british
from sptool.text.plain import Plain

LONG_AFTER = 10
_LARGEST = 4 * 1024 * 1024  # bytes; a checkpoint of 10,000 cases has 200,000
STATES = {
    "met": "in time",
    "met-late": "late",
    "open": "open",
    "stopped": "stopped",
    "clock-unknown": "not known since when",
}
MOST_SHOWN = 8
TITLE = "Verification of the history"
_CLOSING = (
    "*Proved* follows from git's objects alone. *Claimed* is an officer's word, which nothing contradicts. "
    "*Not provable* can't be decided from what is here. To check it yourself: `sptool verify` in a copy of the folder."
)


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


def report_data(report: Report, *, values: bool = False) -> dict[str, object]:
    """Everything that was established, as plain data.

    Args:
        values: whether to show what differs, and not only in which field.
    """
    return {
        "newest": report.newest,
        "made_on": report.made_on.isoformat(),
        "partnership": report.partnership,
        "training": report.training,
        "holds": report.holds,
        "against_checkpoint": report.against,
        "commits": report.commits,
        "records": report.records,
        "cases": report.cases,
        "claims": [asdict(claim) for claim in report.claims],
        "findings": [_finding(one, values) for one in report.findings],
        "kept_apart": dict(report.kept_apart),
        "erased_by": dict(report.erased_by),
        "calendar": report.calendar,
        "due": [asdict(one) for one in report.due],
    }


def _finding(one: Finding, values: bool) -> dict[str, Plain]:
    found: dict[str, Plain] = {
        "check": one.check,
        "verdict": one.verdict,
        "what": one.what,
        "commit": one.commit,
        "path": one.path,
        "fields": list(one.fields),
    }
    if values:
        found["differences"] = [
            {"field": odd.field, "should_be": odd.should_be, "found": odd.found} for odd in one.differences
        ]
    return found


def as_certificate(session: Session, name: str, report: Report) -> bytes:
    """The page, in the format that its file's name ends in."""
    from sptool.desk.letters.made import chosen_format
    from sptool.documents.formats.about import About
    from sptool.documents.formats.converting import in_format

    about = About(TITLE, "", report.partnership, report.made_on)
    return in_format(chosen_format("", name), certificate(report, session.folder.settings.prefix), about)


def certificate(report: Report, prefix: str) -> str:
    """The page's text in Markdown."""
    from sptool.documents.literal import literal, mark

    practice = "**Practice folder: no real cases.**\n\n" if report.training else ""
    rows = "\n".join(f"| {mark(one.statement)} | **{one.verdict}** | {mark(one.because)} |" for one in report.claims)
    return literal(
        f"{practice}**{mark(report.partnership)}**\n\n# {TITLE}\n\n"
        f"**Day:** {british(report.made_on)}\\\n**Case folder:** {mark(prefix)}, {counted(report)}\\\n"
        f"**Newest commit:** `{report.newest}`\n\n"
        f"**{mark(conclusion(report))}**\n\n"
        f"| What is claimed | Verdict | Why |\n|:---------------------|:----------|:---------------------|\n{rows}\n\n"
        f"{mark(due_summary(report))}\n\n{_findings(report)}{_CLOSING}\n"
    )


def _findings(report: Report) -> str:
    from sptool.documents.literal import mark

    if not report.failures:
        return ""
    listed = "\n".join(f"- {mark(told(one))}" for one in report.failures[:MOST_SHOWN])
    more = len(report.failures) - MOST_SHOWN
    rest = f"\n- {more:,} more: `sptool verify`" if more > 0 else ""
    return f"## What stands against it\n\n{listed}{rest}\n\n"
