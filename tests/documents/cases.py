"""The cases that documents are tried on at first, all invented. Those that go further are in `journeys`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sptool.documents.rendering import NO_OVERRIDES, Rendered, render
from sptool.records.case import Case
from sptool.records.particulars import Person
from tests import making

TODAY = date(2026, 3, 9)
FRAMEWORK = making.shipped_framework()
PARTNERSHIP = "Hillingdon Safeguarding Partnership"
PEOPLE = (
    Person(
        id="child-a",
        role="child",
        name="Robin Examplechild",
        aliases=("Robbie Madeup",),
        date_of_birth=date(2025, 8, 1),
        address="1 Nowhere Street\nTestshire",
    ),
    Person(id="child-b", role="child", name="Casey Examplechild"),
    Person(id="parent-c", role="parent", name="Sascha Examplechild"),
    Person(id="caller", role="caller", name="Quinn Pretend"),
)


def written(
    document: str,
    case: Case,
    today: date = TODAY,
    training: bool = True,
    overrides: Mapping[str, bytes] = NO_OVERRIDES,
    agency: str | None = None,
    people: Sequence[Person] = (),
) -> Rendered:
    return render(
        document,
        case,
        FRAMEWORK,
        today=today,
        partnership=PARTNERSHIP,
        training=training,
        overrides=overrides,
        agency=agency,
        people=people,
    )


def letter(case: Case, today: date = TODAY) -> str:
    return written("decision-letter", case, today).markdown


def infant() -> Case:
    """One child, seriously harmed; notified; the agencies asked."""
    return making.case_of(
        making.new_referral(
            caller="school",
            caller_role="designated safeguarding lead",
            children=[{"id": "child-a", "outcome": "seriously-harmed", "age": "7 months"}],
            incident_on="2026-02-27",
            place="in-area",
            parallel_processes=["police-investigation", "family-court"],
        ),
        making.decision(
            rationale="Child A can't yet move about.\n\nNobody has explained it:\n- not the carers\n- not the home",
            not_known="Who was with Child A that night.",
        ),
        making.notified(),
        making.asked_agencies(
            "2026-03-06",
            requests=[
                {"agency": "police", "particular": "Calls to the address since 1 January."},
                {"agency": "cnwl", "return_by": "2026-03-13"},
            ],
            period_from="2025-01-01",
            questions="Was the family known to you?",
        ),
    )


def siblings_not_notified() -> Case:
    """Two children; the threshold is not met; the group looks at what can be learned."""
    return making.case_of(
        making.new_referral(caller="icb", children=[{"id": "child-a"}, {"id": "child-b"}], at_risk_now="not-known"),
        making.decision(
            outcome="do-not-notify",
            criteria=[making.answers("in-area-or-resident"), making.answers(child="child-b", rest="not-known")],
            rationale="Neither child came to serious harm.",
            then="task-and-finish",
        ),
    )


def looked_after() -> Case:
    """The death of a looked-after child without abuse or neglect; a restriction holds."""
    return making.case_of(
        making.new_referral(
            caller="member-of-the-public",
            children=[{"id": "child-a", "outcome": "died", "died_on": "2026-03-01", "looked_after": "yes"}],
        ),
        making.decision(
            criteria=[making.answers("died-or-seriously-harmed", "in-area-or-resident", *making.GROUND_TWO)],
            rationale="Child A died of an illness and was looked after.",
            then="nothing-further",
            then_reason="The illness was known and well treated.",
        ),
        making.constraint(what_not_to_do="Canary: don't speak with the neighbour.", asked_by="Canary inspector"),
    )
