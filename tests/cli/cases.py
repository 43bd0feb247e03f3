"""Answers that tests of the step commands share: one plainly fictional case, step by step."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

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
    return begun(desk, f"referred {json.dumps(more)}", lambda: _referred(desk, **more))


def notified(desk: Desk) -> str:
    """A case that was notified on Wednesday, 4 March 2026."""
    return begun(desk, "notified", lambda: _notified(desk))


def decided(desk: Desk) -> str:
    """A case with a local review decision, made on Thursday, 19 March 2026."""
    return begun(desk, "decided", lambda: _decided(desk))


def _referred(desk: Desk, **more: object) -> str:
    return desk.record("new-referral", answers={**REFERRAL, **more}).case


def _notified(desk: Desk) -> str:
    case = referred(desk)
    desk.record("decide", case, answers=NOTIFY, today="2026-03-03")
    desk.record("notify", case, happened_on="2026-03-04", grounds=["one"], today="2026-03-04")
    return case


def _decided(desk: Desk) -> str:
    case = notified(desk)
    desk.record("rapid-review", case, answers=HELD, today="2026-03-18")
    desk.record("decide", case, answers=NO_REVIEW, today="2026-03-19")
    return case


_BEGUN: dict[tuple[str, str, str], tuple[str, Path]] = {}


def begun(desk: Desk, how: str, take: Callable[[], str]) -> str:
    """The reference of a case whose first steps are taken: really, for the first test; copied from there for others.

    Args:
        desk: the desk; whatever else a test has put there stays.
        how: which steps.
        take: takes them, and says the reference.
    """
    repository = desk.folder / ".git"
    tip, settings = ((repository / name).read_text() for name in ("refs/heads/main", "config"))
    if (tip, settings, how) not in _BEGUN:
        case, kept = take(), _shelf() / str(len(_BEGUN))
        for part in (desk.folder, desk.home):
            shutil.copytree(part, kept / part.name, symlinks=True)
        _BEGUN[tip, settings, how] = (case, kept)
        return case
    case, kept = _BEGUN[tip, settings, how]
    for part in (desk.folder, desk.home):
        shutil.copytree(kept / part.name, part, symlinks=True, dirs_exist_ok=True)
    return case


@cache
def _shelf() -> Path:
    place = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place
