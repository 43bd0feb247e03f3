"""The report of a verification for other programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sptool.text.plain import Plain

if TYPE_CHECKING:
    from sptool.audit.findings import Finding
    from sptool.audit.report import Report


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
