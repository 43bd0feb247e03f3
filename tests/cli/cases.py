"""Answers that tests of the step commands share: one plainly fictional case, step by step."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cli.running import Desk

GROUND_ONE = ("abuse-or-neglect", "died-or-seriously-harmed", "in-area-or-resident")
EVERY = (*GROUND_ONE, "looked-after-death", "care-leaver-death")
PARTNERS = ("local-authority", "police", "icb")

REFERRAL: Mapping[str, object] = {
    "caller": "hillingdon-hospital",
    "at_risk_now": "no",
    "la_aware_on": "2026-03-02",
    "summary": "Child A came to harm.",
}


def criteria(*met: str, child: str = "child-a") -> dict[str, object]:
    """The notification criteria of a child: some met, the others not."""
    return {"child": child, "answers": {code: "met" if code in met else "not-met" for code in EVERY}}


NOTIFY: Mapping[str, object] = {
    "happened_on": "2026-03-03",
    "criteria": [criteria(*GROUND_ONE)],
    "outcome": "notify",
    "rationale": "The harm and its cause are clear.",
    "decided_by": "Assistant Director",
}
NOT_NOTIFY: Mapping[str, object] = {
    **NOTIFY,
    "criteria": [criteria()],
    "outcome": "do-not-notify",
    "then": "nothing-further",
    "then_reason": "Nothing would be learned.",
}
HELD: Mapping[str, object] = {
    "happened_on": "2026-03-18",
    "agencies_involved": ["police"],
    "decision_participants": ["Detective Inspector"],
    "recommends": "no-lcspr",
    "recommendation_reasons": "No criterion is met.",
}
NO_REVIEW: Mapping[str, object] = {
    "happened_on": "2026-03-19",
    "criteria": {"improvements": "not-met", "recurrent-themes": "not-met", "working-together": "not-met"},
    "outcome": "no-lcspr",
    "rationale": "The learning is already being put into practice.",
    "decided_by": "The safeguarding partners",
    "positions": [{"partner": partner, "position": "agrees"} for partner in PARTNERS],
}


def referred(desk: Desk, **more: object) -> str:
    """A case with its referral."""
    return desk.record("new-referral", answers={**REFERRAL, **more}).case


def notified(desk: Desk) -> str:
    """A case that was notified on Wednesday, 4 March 2026."""
    case = referred(desk)
    desk.record("decide", case, answers=NOTIFY, today="2026-03-03")
    desk.record("notify", case, happened_on="2026-03-04", grounds=["one"], today="2026-03-04")
    return case


def decided(desk: Desk) -> str:
    """A case with a local review decision, made on Thursday, 19 March 2026."""
    case = notified(desk)
    desk.record("rapid-review", case, answers=HELD, today="2026-03-18")
    desk.record("decide", case, answers=NO_REVIEW, today="2026-03-19")
    return case
