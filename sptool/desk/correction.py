"""Corrections and withdrawals: a new record that says why and who asked; the original stays readable."""

from __future__ import annotations

from dataclasses import replace

from sptool.desk.answers import Answers
from sptool.desk.conversation import Conversation, Option, must_say_something
from sptool.desk.interview import pick_questions
from sptool.desk.session import Session
from sptool.desk.wanted import Given, Wanted
from sptool.errors import UsageError
from sptool.records.anytime import Withdrawal
from sptool.records.case import Case
from sptool.records.header import HEADER, Record
from sptool.records.kinds import KINDS
from sptool.records.plain import to_plain
from sptool.records.questions import questions
from sptool.records.referral import Referral
from sptool.text.plain import Plain
from sptool.workflow.steps import STEPS
from sptool.workflow.subjects import step_title

FIELD = "replaces"
REASONS = ("reason", "asked_by")
WHAT = {
    "correction": "Why is it corrected?",
    "reconsideration": "Why is it decided afresh?",
    "withdrawal": "Why is it withdrawn?",
}


def correction(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """The correction or withdrawal of one record.

    The new record has a whole body: what is not given anew is carried over from the original.

    Raises:
        UsageError: the record is not there, or was replaced already.
    """
    case = session.case(wanted.reference)
    original = _original(session, case, str(given.get("record") or ""), bool(given.get("withdraw")))
    if given.get("withdraw"):
        today: dict[str, Plain] = {"happened_on": session.clock.today.isoformat()}
        return replace(wanted, defaults=today, replaces={"record": original.id, "as": "withdrawal"})
    body = {name: value for name, value in to_plain(original).items() if name not in HEADER}
    if session.talk.can_ask and not wanted.source and not wanted.flags:
        body, suggest = _reopened(session.talk, original, body)
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
    if found is None or ("withdrawal" if withdraw else "correction") not in STEPS[found.kind].put_right_by:
        raise UsageError("This case has no such record to correct.", f"To see its records: sptool show {case.ref}")
    newer = case.replacements.get(record_id)
    if newer is not None and isinstance(newer, Withdrawal):
        undo = f"sptool correct {case.ref} {newer.id} --withdraw"
        raise UsageError("This record was withdrawn.", f"If that was a mistake, withdraw the withdrawal: {undo}")
    if newer is not None:
        raise UsageError("This record was replaced already.", f"Correct the newer one: {newer.id}")
    return found


def _chosen(session: Session, case: Case) -> str:
    if not session.talk.can_ask:
        raise UsageError("Say which record.", f"sptool correct {case.ref} RECORD")
    listed = [record for record in case.records if record.id not in case.replacements]
    options = [
        Option(record.id, f"{record.happened_on.isoformat()} {step_title(record)} ({record.id})") for record in listed
    ]
    return session.talk.choose("Which record is wrong?", options)


def _reopened(
    talk: Conversation, original: Record, body: dict[str, Plain]
) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """The body with the wrong answers blank, to be asked again, and what they were."""
    asked = questions(KINDS[original.kind])
    wrong = {question.name for question in pick_questions(talk, "Which answers are wrong?", list(asked))}
    kept = {name: "" if name in wrong else value for name, value in body.items()}
    return {**kept, **dict.fromkeys(wrong, "")}, {name: body[name] for name in wrong if name in body}


def with_reason(session: Session, wanted: Wanted, answers: Answers) -> tuple[Wanted, Answers]:
    """The step with the reason for replacing an earlier record, from the YAML or asked for."""
    if wanted.replaces is None:
        return wanted, answers
    data = dict(answers.data)
    said = data.pop(FIELD, None)
    given = dict(said) if isinstance(said, dict) else {}
    if not given.get("reason"):
        given |= _asked(session, wanted)
    return replace(wanted, replaces={**given, **wanted.replaces}), replace(answers, data=data)


def _asked(session: Session, wanted: Wanted) -> dict[str, Plain]:
    """The reason from the officer; where nobody can be asked, its lack is found with everything else."""
    if not session.talk.can_ask or wanted.source:
        return {}
    kind = str((wanted.replaces or {}).get("as"))
    found: dict[str, Plain] = {"reason": session.talk.prose(WHAT[kind], required=True)}
    return found | ({"asked_by": _who_asked(session)} if kind == "reconsideration" else {})


def _who_asked(session: Session) -> str:
    return session.talk.line("Who asked for it? A role.", check=must_say_something)


def command_of(wanted: Wanted) -> str:
    """What is typed for a step, without its answers."""
    replaced = (wanted.replaces or {}).get("record")
    match (wanted.replaces or {}).get("as"):
        case "correction":
            return f"sptool correct {wanted.reference} {replaced}"
        case "withdrawal":
            return f"sptool correct {wanted.reference} {replaced} --withdraw"
        case "reconsideration":
            return f"sptool decide {wanted.reference} --reconsider"
    if wanted.kind == Referral.kind and wanted.reference:
        return f"sptool new-referral --nomination {wanted.reference}"
    form = " --from FORM" if wanted.from_form else ""
    return STEPS[wanted.kind].typed(wanted.reference) + form
