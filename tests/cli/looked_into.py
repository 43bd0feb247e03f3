"""A plainly fictional case with everything that an auditor looks for."""

from __future__ import annotations

from sptool.records.case import Case
from tests.making import (
    added,
    asked_agencies,
    case_of,
    confirmed,
    correction,
    decision,
    make,
    met,
    new_referral,
    note,
    notified,
    question,
    reconsideration,
    reply,
    resolution,
    review_decision,
    update,
    with_past,
    withdrawal,
)

REFERRAL = new_referral(
    incident_on="unknown",
    media_interest="not-known",
    children=[{"id": "child-a", "outcome": "seriously-harmed", "looked_after": "not-known"}],
)
QUESTION = question()
DECISION = decision(
    "2026-03-04",
    not_known="Whether the school had been told.",
    dissent="The police would have waited.",
    positions=[{"partner": "police", "position": "disagrees", "note": "Too soon."}],
    recorded_at="2026-03-09T10:30:00Z",
)
SENT = notified("2026-03-10", late_reason="The strategy discussion was awaited.")
REPLY = reply(QUESTION, "2026-03-11")
NEW = update("2026-03-12", what="=A second hospital saw Child A in January.")
CORRECTED = correction(REFERRAL, "2026-03-13", summary="It was Child A's arm.", incident_on="2026-02-26")
CONFIRMED = confirmed(DECISION, "2026-03-16")
WRONG = note("2026-03-17")
WITHDRAWN = withdrawal(WRONG, "2026-03-18")


def looked_into() -> Case:
    """Decided with dissent, notified late, put right and confirmed since; one note withdrawn."""
    return case_of(REFERRAL, QUESTION, DECISION, SENT, REPLY, NEW, CORRECTED, CONFIRMED, WRONG, WITHDRAWN)


def decided_twice() -> Case:
    """Two officers decided without knowing of each other; one decision was set aside, the other taken afresh."""
    first, second = decision(recorded_by="officer-one"), decision(outcome="do-not-notify", recorded_by="officer-two")
    base = case_of(REFERRAL)
    case = Case.of(base.ref, [*base.records, with_past(first, REFERRAL), with_past(second, REFERRAL)])
    settled = added(case, resolution(first, second, "2026-03-06"))
    return added(settled, reconsideration(first, "2026-03-09", rationale="Thought of again."), update("2026-03-11"))


def in_conflict() -> Case:
    """The same, before it was settled."""
    return Case.of(decided_twice().ref, decided_twice().records[:3])


def reviewed() -> Case:
    """A case that went as far as the decision about a local review, which somebody must look at again."""
    meeting = met("2026-03-20", facts="Three services saw Child A.")
    asked = asked_agencies("2026-03-06", "police", "school")
    case = case_of(REFERRAL, DECISION, SENT, asked, meeting, review_decision())
    return added(case, correction(meeting, facts="Two services saw Child A."), make(type(NEW), "2026-04-01", what="X"))
