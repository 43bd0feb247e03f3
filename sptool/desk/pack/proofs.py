"""What sptool itself states of the history: a checkpoint, and the report of its verification."""

from __future__ import annotations

import json
from dataclasses import replace

from sptool.audit.report import Report
from sptool.desk.as_data.verification import report_data
from sptool.desk.pack.contents import Contents
from sptool.desk.pack.staging import Pack
from sptool.desk.proof.certificate import as_certificate
from sptool.desk.proof.checkpoint import make
from sptool.desk.proof.verification import established
from sptool.desk.session import Session
from sptool.errors import UsageError
from sptool.records.references import REFERENCE

CHECKPOINT = "checkpoint.txt"


def add_checkpoint(session: Session, pack: Pack) -> str | None:
    """Adds a checkpoint of the history as it is now.

    Returns:
        The e-mail address of whoever signed it; empty if it is not signed; None if whoever packs is no officer here
        and can't make one.

    Raises:
        StepRefused: the officer's steps are signed, and the key is not available.
    """
    try:
        _, author = session.officer
    except UsageError:
        return None
    content, _, signed_with = make(session)
    pack.add(CHECKPOINT, content)
    return author.email.casefold() if signed_with else ""


def add_verification(session: Session, pack: Pack, what: Contents, earlier: tuple[bytes, ...]) -> Report:
    """Adds what the verification of the folder found, and the earlier checkpoints that it was held against.

    In a pack of one case the findings and dates of other cases are left out; the verdicts are of the whole folder.

    Args:
        session: this run.
        pack: the pack.
        what: what goes into it.
        earlier: the bytes of each earlier checkpoint.

    Returns:
        The whole report.
    """
    report = established(session, earlier)
    told = report if what.bundled else _of_one_case(report, what.reference)
    data = {**report_data(told), "findings_about_other_cases": len(report.findings) - len(told.findings)}
    written = json.dumps(data, indent=2, ensure_ascii=False, default=str)
    pack.add("verification/report.json", f"{written}\n".encode(errors="replace"))
    for to in what.formats:
        name = f"certificate.{to}"
        pack.add(f"verification/{name}", as_certificate(session, name, told))
    for number, content in enumerate(earlier, 1):
        pack.add(f"checkpoint-earlier{f'-{number}' if number > 1 else ''}.txt", content)
    return report


def _of_one_case(report: Report, reference: str) -> Report:
    findings = tuple(one for one in report.findings if _may_be_told(one.path, reference))
    return replace(report, findings=findings, due=tuple(one for one in report.due if one.case == reference))


def _may_be_told(path: str, reference: str) -> bool:
    """Whether a finding about a file or ref is about the case or about the folder, and not about another case."""
    return REFERENCE.search(path) is None or reference in path
