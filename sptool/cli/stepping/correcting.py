"""Corrections and withdrawals: a new record with a reason; the original stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sptool.cli.recording.flow import Wanted, can_ask
from sptool.cli.session import Session
from sptool.errors import UsageError
from sptool.records.case import Case
from sptool.records.header import HEADER, Record
from sptool.records.kinds import KINDS
from sptool.records.plain import to_plain
from sptool.records.questions import questions
from sptool.text.plain import Plain
from sptool.workflow.subjects import step_title

NEVER_CORRECTED = ("withdrawal", "erasure")
ONLY_WITHDRAWN = ("erasure",)


def correction(session: Session, wanted: Wanted, typed: Mapping[str, Any]) -> Wanted:
    """The correction or withdrawal of one record.

    The new record has a whole body: what is not given anew is carried over from the original.

    Raises:
        UsageError: the record is not there, or was replaced already.
    """
    case = session.case(wanted.reference)
    original = _original(session, case, str(typed.get("word") or ""), bool(typed.get("withdraw")))
    if typed.get("withdraw"):
        today = {"happened_on": session.clock.today.isoformat(), **wanted.flags}
        return replace(wanted, flags=today, replaces={"record": original.id, "as": "withdrawal"})
    body = {name: value for name, value in to_plain(original).items() if name not in HEADER}
    if can_ask(session) and not wanted.source and not wanted.flags:
        body, suggest = _reopened(original, body)
    else:
        suggest = {}
    return replace(
        wanted,
        kind=original.kind,
        defaults=body,
        suggest=suggest,
        replaces={"record": original.id, "as": "correction"},
    )


def _original(session: Session, case: Case, record_id: str, withdraw: bool) -> Record:
    if not record_id:
        record_id = _chosen(session, case)
    found = case.by_id.get(record_id)
    if found is None or found.kind in (ONLY_WITHDRAWN if withdraw else NEVER_CORRECTED):
        raise UsageError("This case has no such record to correct.", f"To see its records: sptool show {case.ref}")
    newer = case.replacements.get(record_id)
    if newer is not None and newer.kind == "withdrawal":
        undo = f"sptool correct {case.ref} {newer.id} --withdraw"
        raise UsageError("This record was withdrawn.", f"If that was a mistake, withdraw the withdrawal: {undo}")
    if newer is not None:
        raise UsageError("This record was replaced already.", f"Correct the newer one: {newer.id}")
    return found


def _chosen(session: Session, case: Case) -> str:
    if not can_ask(session):
        raise UsageError("Say which record.", f"sptool correct {case.ref} RECORD")
    from sptool.cli.recording.options import Option
    from sptool.cli.recording.prompts import choose

    listed = [record for record in case.records if record.id not in case.replacements]
    options = [
        Option(record.id, f"{record.happened_on.isoformat()} {step_title(record)} ({record.id})") for record in listed
    ]
    return choose("Which record is wrong?", options)


def _reopened(original: Record, body: dict[str, Plain]) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """The body with the wrong answers blank, to be asked again, and what they were."""
    from sptool.cli.recording.prompts import pick

    asked = questions(KINDS[original.kind])
    wrong = {question.name for question in pick("Which answers are wrong?", list(asked))}
    kept = {name: "" if name in wrong else value for name, value in body.items()}
    return {**kept, **dict.fromkeys(wrong, "")}, {name: body[name] for name in wrong if name in body}
