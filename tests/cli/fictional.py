"""Two plainly fictional cases for the screens: one in full course, one that has hardly begun."""

from __future__ import annotations

from sptool.records.anytime import Link
from sptool.records.case import Case
from tests.cli.folders import REFS
from tests.making import (
    asked_agencies,
    case_of,
    chased,
    constraint,
    correction,
    decision,
    make,
    new_referral,
    notified,
    question,
    returned,
    update,
)

REFERRAL = new_referral(
    lead_officer="officer-one",
    children=[{"id": "child-a", "outcome": "seriously-harmed", "age": "7 months"}],
    incident_on="2026-02-26",
    media_interest="no",
)
CORRECTED = correction(REFERRAL, "2026-03-13", la_aware_on="2026-02-27")
DECISION = decision(
    "2026-03-04",
    not_known="Whether the school had been told.",
    dissent="The police would have waited for the strategy discussion.",
    positions=[{"partner": "police", "position": "disagrees", "note": "Too soon."}],
    recorded_at="2026-03-09T10:30:00Z",
)
NOTIFIED = notified("2026-03-10", late_reason="The strategy discussion was awaited.", partners_told_on="2026-03-05")
ASKED = asked_agencies("2026-03-11", "police", "school")
NEW = update("2026-03-12", what="Child A was seen by the health visitor in January.")
LINK = make(Link, "2026-03-13", name="link", to=REFS[1], relation="same-family")


def in_full_course() -> Case:
    """Notified late; a correction of the clock since the decision; one return outstanding."""
    return case_of(
        REFERRAL,
        question("2026-03-03"),
        DECISION,
        NOTIFIED,
        ASKED,
        returned("2026-03-12"),
        chased("2026-03-12", "school"),
        NEW,
        CORRECTED,
        constraint("2026-03-13"),
        LINK,
    )


def hardly_begun() -> Case:
    """A child is at risk now, and nobody knows since when the local authority was aware."""
    return case_of(new_referral("2026-03-13", la_aware_on="unknown", at_risk_now="yes", caller="anonymous"))
