"""Cases that went further, all invented: reviewed, decided on, learned from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.learning import Briefing
from tests import making
from tests.documents.cases import infant, looked_after, siblings_not_notified

BRIEFED = (
    "background",
    "why_it_matters",
    "key_information",
    "what_to_look_for",
    "what_to_do",
    "how_to_embed",
    "questions",
)


def reviewed() -> Case:
    """The infant's case, taken to its end: no local review, the Panel agrees, actions and a briefing."""
    involved = ["local-authority", "police", "cnwl", "icb"]
    before = making.added(
        infant(),
        making.returned("2026-03-12", "police", answer="written-here", involvement="Called to the address once."),
        making.returned("2026-03-13", "cnwl"),
        making.met(
            agencies_involved=involved,
            decision_participants=["Head of Service", "Detective Inspector", "Designated Nurse for Safeguarding"],
            recommendation_reasons="The learning is known; a local review would not find more.",
            identifying_details="in-the-particulars",
            safeguarding_arrangements="Child A lives with a grandparent under an interim order.",
            facts="Three services saw Child A in two months.\n\nEach saw something small. Nobody saw the whole.",
            immediate_learning="A bruise on a baby who can't move about is passed on the same day.",
            sharing_learning="A reminder to every general practice this week.",
            potential_learning="How a contact closed with advice reaches the health visitor.",
            inequality="Parent B speaks little English. No interpreter was booked.",
            recommends_national="no",
            themes=["babies-under-one", "information-sharing"],
        ),
        making.review_decision(
            circumstances={"single-agency": "not-met", "more-than-one-area": "not-met"},
            national="not-recommended",
            against_criteria="One criterion is met. A review is not the proportionate way to improve what is known.",
            participants=["Director", "Borough Commander"],
            then="task-and-finish",
            family_told_on="2026-03-27",
        ),
        making.submitted(),
        making.told(),
        making.panel_replied(text="The Panel agrees and commends the plan for interpreters."),
        making.outcome(
            approaches=["action-plan", "briefings"],
            learning="Small signs in a baby count for more together than apart.",
            themes=["babies-under-one"],
        ),
    )
    return making.added(before, *_learning())


def _learning() -> tuple[Record, ...]:
    guide = making.action(what="Send every practice the guide to bruises in babies.", theme="babies-under-one")
    contacts = making.action(due_on="2026-05-29", theme="information-sharing", what="Tell the health visitor.")
    interpreters = making.action(what="Book interpreters by default.", agency="icb", owner="Named GP")
    return (
        guide,
        contacts,
        interpreters,
        making.action_update(guide, "2026-06-10", "complete-awaiting-evidence"),
        making.action_update(contacts, "2026-06-10", "at-risk", note="The system can't send messages yet."),
        making.action_update(interpreters, "2026-06-10", "not-implemented", reason="Another programme does it."),
        making.assured(guide, difference="made-a-difference", difference_evidence="Seven were passed on, against two."),
        making.make(
            Briefing,
            "2026-06-12",
            background="A baby was seen three times before anybody put the signs together.",
            why_it_matters="Babies who can't move about rarely bruise themselves.",
            key_information="A bruise on such a baby is passed on the same day, whatever the explanation.",
            what_to_look_for="- Any mark on a baby under six months\n- An explanation that changes",
            what_to_do="Ring children's social care and say why. Write down whom you spoke to.",
            how_to_embed="Ten minutes in the next team meeting, with the guide on the table.",
            questions="Who in our team would ring?\nWhat would make it hard to?",
            themes=["babies-under-one"],
        ),
    )


def siblings_reviewed() -> Case:
    """Two children, one of whom died; a thin rapid review; a local review against dissent; the Panel asks."""
    return making.added(_siblings_asked_about(), *_siblings_decided_on())


def _siblings_asked_about() -> Case:
    return making.case_of(
        making.new_referral(
            caller="police",
            caller_role="detective sergeant",
            children=[
                {"id": "child-a", "outcome": "died", "died_on": "2026-03-01", "age": "4", "sex": "female"},
                {"id": "child-b", "outcome": "seriously-harmed", "age": "9", "nature_of_harm": "Burns to both hands."},
            ],
            at_risk_now="not-known",
            incident_on="2026-03-01",
            media_interest="yes",
            agencies_known=["school", "housing"],
            parallel_processes=["police-investigation", "inquest"],
            linked_cases=[{"case": making.OTHER_REF, "relation": "same-family"}],
        ),
        making.decision(
            criteria=[making.answers(*making.GROUND_ONE), making.answers(*making.GROUND_ONE, child="child-b")],
            positions=[
                {"partner": "local-authority", "position": "agrees"},
                {"partner": "police", "position": "agrees"},
            ],
        ),
        making.notified("2026-03-12", late_reason="The record was not passed on.", reference="INVENTED-17"),
        making.asked_agencies("2026-03-13", "police", "school"),
        making.returned("2026-03-20"),
    )


def _siblings_decided_on() -> tuple[Record, ...]:
    return (
        making.met(
            "2026-04-02", recommends="lcspr", recommendation_reasons="Two agencies did not speak.", themes=["neglect"]
        ),
        making.review_decision(
            "2026-04-08",
            outcome="lcspr",
            criteria={"improvements": "met", "recurrent-themes": "not-known", "working-together": "met"},
            national_criteria={"law-or-guidance": "not-known"},
            national="recommended",
            positions=[
                {"partner": "local-authority", "position": "agrees"},
                {"partner": "police", "position": "disagrees", "note": "The trial should come first."},
            ],
            dissent="The police would wait for the trial.",
            not_known="Whether anybody is charged.",
            family_not_told="The police asked to wait until the interviews are over.",
        ),
        making.submitted("2026-04-09"),
        making.panel_replied(
            "2026-04-20", "asks", text="When does the review begin?", our_answer="In May.", answered_on="2026-04-22"
        ),
        making.commissioned("2026-05-01"),
        making.action(what="Agree how schools are told.", agency="education", owner="Head of Education"),
        making.make(Briefing, "2026-05-20", **dict.fromkeys(BRIEFED, "What the housing officer saw counts.")),
    )


def nominated() -> Case:
    """No referral: a nomination to the Task & Finish group, which decides on a learning review and an audit."""
    return making.case_of(
        making.nomination(),
        making.outcome(
            approaches=["learning-review", "multi-agency-audit"],
            decided_by="Chair of the group",
            themes=["not-in-school", "family-engagement"],
            learning="Who calls whom is written nowhere.",
            complete_by="2026-07-31",
        ),
        making.action(),
        making.make(Briefing, "2026-05-20", **dict.fromkeys(BRIEFED, "Write down who calls whom.")),
    )


def below_the_threshold() -> Case:
    """The siblings who were not notified; the group decides on a learning review with no end agreed."""
    return making.added(
        siblings_not_notified(),
        making.asked_agencies("2026-03-16", "school", "gp", period_from="2025-01-01", period_to="2026-03-01"),
        making.outcome(approaches=["learning-review"]),
    )


def under_review() -> Case:
    """A learning review beside a rapid review that found more to learn."""
    return making.added(reviewed(), making.outcome("2026-05-06", approaches=["learning-review", "briefings"]))


def family_of_the_dead() -> Case:
    """A child who died of suspected neglect; the rapid review is held late, and nothing is decided yet."""
    return making.case_of(
        making.new_referral(children=[{"id": "child-a", "outcome": "died", "died_on": "2026-02-28"}]),
        making.decision(),
        making.notified(),
        making.asked_agencies(),
        making.met(
            "2026-03-26",
            safeguarding_arrangements="No other child lives there.",
            facts="Child A died at home.",
            late_reason="Two agencies could not come.",
            covers_cases=[making.OTHER_REF],
        ),
    )


CASES: Mapping[str, Callable[[], Case]] = {
    "infant": infant,
    "siblings": siblings_not_notified,
    "looked-after": looked_after,
    "reviewed": reviewed,
    "siblings-reviewed": siblings_reviewed,
    "nominated": nominated,
    "below-the-threshold": below_the_threshold,
    "under-review": under_review,
    "family-of-the-dead": family_of_the_dead,
}
