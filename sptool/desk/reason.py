"""Why a record takes the place of an earlier one, and who asked for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sptool.desk.answers import Answers
from sptool.desk.conversation import must_say_something
from sptool.records.referral import Referral
from sptool.text.plain import Plain
from sptool.workflow.steps import STEPS

if TYPE_CHECKING:
    from sptool.desk.session import Session
    from sptool.desk.wanted import Wanted

FIELD = "replaces"
REASONS = ("reason", "asked_by")
WHAT = {
    "correction": "Why is it corrected?",
    "reconsideration": "Why is it decided afresh?",
    "withdrawal": "Why is it withdrawn?",
}


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
