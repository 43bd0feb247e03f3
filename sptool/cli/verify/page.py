"""The report of a verification on the screen. It decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING

from sptool.cli.screen import WIDTH, heading, say, say_item
from sptool.desk.proof.verification import STATES, conclusion, counted, due_summary, told
from sptool.text.english import number

if TYPE_CHECKING:
    from sptool.audit.findings import Finding
    from sptool.audit.report import Report

MOST_SHOWN = 40


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
