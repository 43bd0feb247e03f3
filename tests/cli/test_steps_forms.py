"""Every form goes back through `--from`: blank it lacks what is required and nothing else, filled in it is recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sptool.records.kinds import CASE_KINDS
from sptool.workflow.steps import STEPS
from tests.cli.filling import filled, required_of
from tests.cli.running import Desk, desk, pattern

__all__ = ["desk", "pattern"]

MET = {"abuse-or-neglect": "met", "died-or-seriously-harmed": "met", "in-area-or-resident": "met"}
AGREED = " ".join(f"--position {partner}=agrees" for partner in ("local-authority", "police", "icb"))
KNOWN_TO_THE_COMMAND = {"happened_on", "answers", "constraint", "action", "hold", "replaces"}


@dataclass(frozen=True)
class Form:
    """A form on its way through a case.

    Args:
        kind: the kind of record.
        words: what is typed; REF stands for the case, ID for the newest record of the kind `about`.
        given: answers besides the first that is allowed.
        about: a kind of record.
    """

    kind: str
    words: str
    given: dict[str, str] = field(default_factory=dict)
    about: str = ""


NAMED = (
    Form("referral", "new-referral", {"at_risk_now": "no"}),
    Form("clarification-question", "clarify ask REF"),
    Form("clarification-reply", "clarify reply REF"),
    Form("update", "update REF"),
    Form("constraint", "constrain REF"),
    Form("constraint-lifted", "constrain REF --lift"),
    Form("notification-decision", "decide REF", {"outcome": "notify", **MET}),
    Form("notification", "notify REF"),
    Form("rationale-shared", "share-rationale REF"),
    Form("document-sent", "sent REF", {"document": "decision-letter"}),
    Form("information-request", "scope REF"),
    Form("chaser", "chase REF", {"agencies": "local-authority"}),
    Form("agency-return", "agency-return REF"),
    Form("rapid-review", "rapid-review REF"),
    Form("local-review-decision", f"decide REF {AGREED}", {"outcome": "lcspr", "improvements": "met"}),
    Form("submission", "submit REF"),
    Form("panel-reply", "panel-reply REF", {"position": "agrees"}),
    Form("informed", "inform REF"),
    Form("review-commissioned", "review commission REF"),
    Form("review-progress", "review progress REF"),
    Form("review-published", "review publish REF"),
    Form("nomination", "nominate"),
    Form("learning-outcome", "outcome REF"),
    Form("action", "action add REF", {"owner": "The owner"}),
    Form("action-update", "action update REF"),
    Form("action-assurance", "action assure REF", {"assured_by": "Somebody else"}),
    Form("briefing", "brief REF"),
    Form("note", "note REF"),
    Form("link", "link REF"),
    Form("lead-officer", "lead REF"),
    Form("legal-hold", "hold REF"),
    Form("legal-hold", "hold REF --lift", {"hold": "lifted"}),
    Form("withdrawal", "correct REF ID --withdraw", about="note"),
    Form("attachment", "attach REF --file FILE"),
    Form("closure", "close REF"),
    Form("reopening", "reopen REF"),
    Form("erasure", "erase REF"),
)
ELSEWHERE = {"decision-confirmed", "resolution"}  # of corrections and conflicts


def _pathway() -> Iterator[Form]:
    """Every form, in an order in which one case can take them; a kind that is not named above comes before closing."""
    unnamed = CASE_KINDS.keys() - {form.kind for form in NAMED} - ELSEWHERE
    for form in NAMED:
        if form.kind == "closure":
            yield from (Form(kind, STEPS[kind].typed("REF").removeprefix("sptool ")) for kind in sorted(unnamed))
        yield form


def _record(desk: Desk, form: Form, reference: str) -> str:
    """Tries the blank form, then the filled one; returns the case."""
    blank = desk.call("form", form.kind, *([reference] if reference else []), code=0).out
    words = form.words.replace("REF", reference).replace("FILE", str(desk.file(b"Bytes", "minutes.txt")))
    typed = words.replace("ID", _newest(desk, form.about) if form.about else "ID").split()
    _refused_blank(desk, form, blank, typed)
    ran = desk.call(*typed, "--from", desk.file(filled(blank, form.given)), code=0)
    assert f"Recorded {ran.case}: " in ran.out
    return ran.case


def _newest(desk: Desk, kind: str) -> str:
    path = desk.git("log", "-1", "--name-only", "--format=", f"--grep=Step: {kind}").strip()
    return path.removesuffix(".yaml").rpartition("-")[2]


def _refused_blank(desk: Desk, form: Form, blank: str, typed: list[str]) -> None:
    before = desk.state()
    ran = desk.call(*typed, "--from", desk.file(blank), code=2)
    named = set(re.findall(r"(?:line \d+|--from), ([a-z_.]+): ", ran.err))
    assert named <= required_of(blank) | {"replaces.reason"}
    assert required_of(blank) - named <= KNOWN_TO_THE_COMMAND
    assert desk.state() == before


def test_every_form_comes_back_blank_and_filled_in(desk: Desk) -> None:
    reference = ""
    for form in _pathway():
        case = _record(desk, form, reference)
        reference = reference or case
        if form.kind == "nomination":
            reference = case
    desk.assert_sound()
