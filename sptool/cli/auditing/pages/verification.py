"""The report of a verification on the screen. It decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING

from sptool.cli.screen import WIDTH, heading, say, say_item

if TYPE_CHECKING:
    from sptool.audit.findings import Finding
    from sptool.audit.report import Report

MOST_SHOWN = 40
_STATES = {
    "met": "in time",
    "met-late": "late",
    "open": "open",
    "stopped": "stopped",
    "clock-unknown": "not known since when",
}


def say_report(report: Report, *, values: bool, dates: bool) -> None:
    """Prints what was established.

    Args:
        report: the result.
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


def counted(report: Report) -> str:
    """How much was verified."""
    counts = {"commit": report.commits, "record": report.records, "case": report.cases}
    return ", ".join(f"{count:,} {what}{'' if count == 1 else 's'}" for what, count in counts.items())


def due_summary(report: Report) -> str:
    """How the dates that were due stand, by number."""
    states = Counter(one.state for one in report.due)
    told = ", ".join(f"{states[state]:,} {words}" for state, words in _STATES.items() if states[state])
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


def told(one: Finding) -> str:
    """A finding in one line: what, in which fields, where, by which commit."""
    fields = f" Fields: {', '.join(one.fields)}." if one.fields else ""
    where = f" File: {one.path}." if one.path else ""
    commit = f" Commit: {one.commit[:12]}." if one.commit else ""
    what = one.what[:1].upper() + one.what[1:].rstrip(".")
    return f"{one.check}: {what}.{fields}{where}{commit}"


def _say_dates(report: Report) -> None:
    for case, found in groupby(report.due, key=lambda one: one.case):
        say(f"  {case}")
        for one in found:
            done = f", done {_day(one.done_on)}" if one.done_on else ""
            late = f" by {one.late_by} working day{'' if one.late_by == 1 else 's'}" if one.late_by is not None else ""
            what = f"{one.title}: from {_day(one.started_on)}, due {_day(one.due_on)}{done}"
            say_item(f"  {what}: {_STATES[one.state]}{late}. {one.source}, edition {one.edition}.")


def _day(day: date | None) -> str:
    """A date in few characters, so that three fit on a line."""
    return f"{day.day} {day:%b %Y}" if day else "not known"
