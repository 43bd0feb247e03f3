"""The result of a verification as one page that can be sent on. It identifies nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sptool.desk.proof.verification import conclusion, counted, due_summary, told
from sptool.text.english import british

if TYPE_CHECKING:
    from sptool.audit.report import Report
    from sptool.desk.session import Session

MOST_SHOWN = 8
TITLE = "Verification of the history"


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


_CLOSING = (
    "*Proved* follows from git's objects alone. *Claimed* is an officer's word, which nothing contradicts. "
    "*Not provable* can't be decided from what is here. To check it yourself: `sptool verify` in a copy of the folder."
)
