"""The parts that stories are put together from: what happens between one decision and the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.generating.patterns import LEAD
from benchmarks.generating.told import (
    DIRECTOR,
    FAR,
    GROUND_ONE,
    Answer,
    Day,
    Earlier,
    Told,
    agreed,
    criteria,
    long,
    medium,
    short,
)

AGENCIES = ("local-authority", "police", "hillingdon-hospital", "cnwl", "icb", "school", "gp", "housing", "ambulance")
THEMES = (
    *("daily-life-and-voice", "family-engagement", "critical-thinking", "changing-risk", "information-sharing"),
    *("leadership-and-culture", "race-ethnicity-culture", "disability-and-health", "domestic-abuse", "neglect"),
    *("parental-mental-health", "parental-substance-use", "child-mental-health", "babies-under-one"),
    *("harm-outside-the-home", "not-in-school"),
)


@dataclass(frozen=True)
class Variation:
    """What differs between two cases of the same story.

    Args:
        number: 0, 1, 2 and so on.
        ending: `closed`, `ready` to be closed, or `open`: at work on an action whose date lies ahead.
    """

    number: int
    ending: str

    def some(self, of: Sequence[str], how_many: int) -> list[str]:
        """Some entries of a list, other ones for other variations."""
        start = self.number * 5 + how_many
        return [of[(start + step) % len(of)] for step in range(how_many)]

    def one(self, of: Sequence[str]) -> str:
        """One entry of a list."""
        return self.some(of, 1)[0]

    @property
    def agencies(self) -> list[str]:
        """The agencies that are asked: three to six."""
        return self.some(AGENCIES, 3 + self.number % 4)


def referral(varied: Variation, **more: Answer) -> Told:
    """The referral, on the day on which the local authority became aware."""
    outcome = "died" if varied.number % 4 == 3 else "seriously-harmed"
    answers: Mapping[str, Answer] = {
        "at_risk_now": "no",
        "safety_action": medium("safety"),
        "la_aware_on": Day(0),
        "incident_on": Day(-1),
        "place": "in-area",
        "children": [child(varied, outcome=outcome)],
        "family": short("family"),
        "agencies_known": varied.agencies,
        "caller": varied.one(AGENCIES),
        "summary": medium("summary"),
        "received_by": ("phone", "email", "need-to-know-proforma")[varied.number % 3],
        "lead_officer": LEAD,
        **more,
    }
    return Told("referral", 0, answers, name="referral")


def child(varied: Variation, label: str = "child-a", outcome: str = "seriously-harmed") -> Answer:
    """A child of the case."""
    age = ("7 months", "2", "5", "11", "15", "16")[varied.number % 6]
    return {"id": label, "outcome": outcome, "nature_of_harm": short(f"harm-{label}"), "age": age}


def clarified(day: int) -> list[Told]:
    """A question to the school, and its reply."""
    return [
        Told("clarification-question", day, {"asked_of": "school", "question": short("question")}, name="question"),
        Told("clarification-reply", day + 1, {"answers": Earlier("question"), "reply": medium("reply")}),
    ]


def to_notify(day: int, *, children: Sequence[str] = ("child-a",), grounds: str = "one", late: bool = False) -> Told:
    """The decision to notify."""
    met = GROUND_ONE if grounds == "one" else ("looked-after-death",)
    answers: dict[str, Answer] = {
        "criteria": [criteria(*met, child=label) for label in children],
        "outcome": "notify",
        "rationale": long("rationale"),
        "decided_by": DIRECTOR,
        "participants": ["Detective Inspector", "Designated Nurse for Safeguarding"],
        "positions": agreed(),
        "not_known": short("not-known"),
        **({"late_reason": short("late")} if late else {}),
    }
    return Told("notification-decision", day, answers, name="decision")


def not_to_notify(day: int, then: str) -> Told:
    """The decision not to notify, and what the partnership does instead."""
    answers: dict[str, Answer] = {
        "criteria": [criteria("in-area-or-resident")],
        "outcome": "do-not-notify",
        "rationale": long("rationale"),
        "decided_by": DIRECTOR,
        "positions": agreed(),
        "then": then,
        **({"then_reason": medium("then")} if then == "nothing-further" else {}),
    }
    return Told("notification-decision", day, answers, name="decision")


def notified(day: int, *, ground: str = "one", late: bool = False) -> list[Told]:
    """The notification, and the rationale to the referrer."""
    answers: dict[str, Answer] = {
        "grounds": [ground],
        "sent_by": "Head of Service, Safeguarding",
        "told": ["panel", "ofsted", "department-for-education"],
        "partners_told_on": Day(day),
        "reference": "FICTIONAL-0001",
        **({"late_reason": short("late-again")} if late else {}),
    }
    return [Told("notification", day, answers), shared(day)]


def shared(day: int) -> Told:
    """The rationale to the referrer."""
    return Told("rationale-shared", day, {"shared": "shared", "how": "letter"})


def scoped(varied: Variation, day: int) -> list[Told]:
    """The request to the agencies, what they return over the next days, and a chaser to the last."""
    asked = varied.agencies
    request: dict[str, Answer] = {
        "requests": [{"agency": agency} for agency in asked],
        "period_from": Day(day - 200),
        "period_to": Day(day),
        "questions": medium("questions"),
    }
    answered = [returned(varied, agency, day + 2 + place) for place, agency in enumerate(asked)]
    chased = Told("chaser", answered[-2].day, {"agencies": [asked[-1]], "how": "email"})
    return [Told("information-request", day, request), *answered[:-1], chased, answered[-1]]


def returned(varied: Variation, agency: str, day: int) -> Told:
    """What an agency returns: now and then nothing."""
    if (varied.number + len(agency)) % 5 == 0:
        return Told("agency-return", day, {"agency": agency, "answer": "nil", "author_role": "Named lead"})
    answers: dict[str, Answer] = {
        "agency": agency,
        "answer": "written-here",
        "author_role": "Named lead",
        "involvement": long(f"involvement-{agency}"),
        "voice": medium(f"voice-{agency}"),
        "good_practice": short(f"good-{agency}"),
        "gaps": medium(f"gaps-{agency}"),
        "multi_agency_learning": medium(f"together-{agency}"),
    }
    return Told("agency-return", day, answers, lag=1 if agency == "police" else 0)


def met(varied: Variation, day: int, recommends: str) -> list[Told]:
    """The rapid review, and the leadership group told of it."""
    answers: dict[str, Answer] = {
        "agencies_involved": varied.agencies,
        "decision_participants": ["Head of Service", "Detective Inspector", "Designated Nurse for Safeguarding"],
        "recommends": recommends,
        "recommendation_reasons": medium("grounds"),
        "safeguarding_arrangements": medium("arrangements"),
        "facts": long("facts"),
        "recommends_national": "no",
        "immediate_learning": medium("immediate"),
        "sharing_learning": short("sharing"),
        "potential_learning": medium("potential"),
        "inequality": short("inequality"),
        "themes": varied.some(THEMES, 2),
    }
    about: dict[str, Answer] = {"who": "leadership", "about": ["rapid-review", "recommendations"]}
    return [Told("rapid-review", day, answers), Told("informed", day + 1, about)]


def review_decided(day: int, outcome: str, then: str) -> Told:
    """The partners' decision on a local review."""
    answered = "met" if outcome == "lcspr" else "not-met"
    codes = ("improvements", "recurrent-themes", "working-together")
    answers: dict[str, Answer] = {
        "criteria": dict.fromkeys(codes, answered),
        "outcome": outcome,
        "rationale": long("review-rationale"),
        "decided_by": "The three safeguarding partners",
        "positions": agreed(),
        "national": "not-recommended",
        "then": then,
        "family_told_on": Day(day),
    }
    return Told("local-review-decision", day, answers, name="review-decision")


def to_the_panel(day: int, position: str = "agrees") -> list[Told]:
    """The submission, the Panel's reply, and the leadership group told of it."""
    reply: dict[str, Answer] = {"position": position, "text": medium("panel-said")}
    about: dict[str, Answer] = {"who": "leadership", "about": ["panel-reply"]}
    return [
        Told("submission", day, {"sent_by": "Partnership officer"}),
        Told("panel-reply", day + 8, reply),
        Told("informed", day + 10, about),
    ]


def learned(varied: Variation, day: int) -> list[Told]:
    """What the Task & Finish group decides, one action, and how it ends: as the variation says."""
    outcome: dict[str, Answer] = {
        "approaches": varied.some(("action-plan", "learning-review", "multi-agency-audit", "briefings"), 2),
        "rationale": medium("proportion"),
        "decided_by": "Task & Finish group",
        "learning": long("learning"),
        "themes": varied.some(THEMES, 2),
    }
    action: dict[str, Answer] = {
        "what": short("action"),
        "owner": "Head of Service, Quality",
        "agency": varied.one(AGENCIES),
        "due_on": Day(day + 60),
        "success": short("success"),
        "theme": varied.one(THEMES),
    }
    return [
        Told("learning-outcome", day, outcome),
        Told("action", day + 1, action, name="action"),
        *_carried_out(varied, day + 1),
    ]


def _carried_out(varied: Variation, day: int) -> list[Told]:
    about = {"action": Earlier("action")}
    on_track = Told("action-update", day + 25, {**about, "status": "on-track", "note": short("on-track")})
    if varied.ending == "open":
        later: dict[str, Answer] = {**about, "status": "at-risk", "note": medium("at-risk"), "due_on": Day(FAR)}
        return [on_track, Told("action-update", day + 50, later)]
    assurance: dict[str, Answer] = {
        **about,
        "assured_by": "Designated Nurse for Safeguarding",
        "evidence": medium("assured"),
        "difference": ("made-a-difference", "too-early-to-say", "no-difference-seen")[varied.number % 3],
    }
    return [on_track, Told("action-assurance", day + 55, assurance)]


def closed(varied: Variation, day: int, reason: str, **more: Answer) -> list[Told]:
    """The end of a case, if it has one."""
    if varied.ending != "closed":
        return []
    return [Told("closure", day, {"reason": reason, "note": short("closing"), **more})]
