"""The stories that generated cases run through, each with its share of all cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from benchmarks.generating import parts
from benchmarks.generating.parts import AGENCIES, THEMES, Variation
from benchmarks.generating.patterns import OTHER_CASE
from benchmarks.generating.told import DIRECTOR, Answer, Day, Earlier, Told, agreed, criteria, medium, short

ACTION_ENDINGS = ("closed", "ready", "open")
OTHER_ENDINGS = ("closed", "ready")


@dataclass(frozen=True)
class Story:
    """One course that cases take.

    Args:
        tell: the steps, for a variation.
        weight: how many cases take it, against the others.
        endings: how it can end.
    """

    tell: Callable[[Variation], list[Told]]
    weight: int
    endings: tuple[str, ...] = OTHER_ENDINGS


def reviewed_in_time(varied: Variation) -> list[Told]:
    """Notified and reviewed; the group takes the learning forward."""
    return [
        parts.referral(varied),
        parts.to_notify(4),
        *parts.notified(5),
        *parts.scoped(varied, 6),
        *parts.met(varied, 16, "no-lcspr"),
        parts.review_decided(18, "no-lcspr", "task-and-finish"),
        *parts.to_the_panel(19),
        *parts.learned(varied, 34),
        *parts.closed(varied, 95, "learning-complete"),
    ]


def reviewed_and_done(varied: Variation) -> list[Told]:
    """Notified and reviewed; nothing further."""
    return [
        parts.referral(varied),
        *parts.clarified(1),
        parts.to_notify(4),
        *parts.notified(4),
        *parts.scoped(varied, 5),
        *parts.met(varied, 15, "no-lcspr"),
        parts.review_decided(16, "no-lcspr", "nothing-further"),
        *parts.to_the_panel(18),
        *parts.closed(varied, 32, "review-complete"),
    ]


def below_the_threshold(varied: Variation) -> list[Told]:
    """Not notified; the group learns from it."""
    return [
        parts.referral(varied, children=[parts.child(varied, outcome="other")]),
        *parts.clarified(1),
        parts.not_to_notify(4, "task-and-finish"),
        parts.shared(5),
        Told("note", 8, {"text": medium("note")}),
        *parts.learned(varied, 20),
        Told("briefing", 70, _briefing(varied)),
        *parts.closed(varied, 85, "learning-complete"),
    ]


def nothing_further(varied: Variation) -> list[Told]:
    """Not notified, and nothing to learn."""
    return [
        parts.referral(varied, children=[parts.child(varied, outcome="other")]),
        *parts.clarified(1),
        parts.not_to_notify(4, "nothing-further"),
        parts.shared(5),
        *parts.closed(varied, 9, "nothing-further"),
    ]


def local_review(varied: Variation) -> list[Told]:
    """A local review (LCSPR) is commissioned and published."""
    progress = [
        Told("review-progress", 40 + 20 * turn, {"status": "on-track", "note": medium(f"turn-{turn}")})
        for turn in range(4)
    ]
    return [
        parts.referral(varied, media_interest="yes"),
        parts.to_notify(3),
        *parts.notified(4),
        *parts.scoped(varied, 5),
        *parts.met(varied, 15, "lcspr"),
        parts.review_decided(17, "lcspr", "task-and-finish"),
        *parts.to_the_panel(18),
        Told("review-commissioned", 30, {"reviewer": "An independent reviewer", "terms": medium("terms")}),
        *progress,
        *parts.learned(varied, 88),
        Told("review-published", 112, {"published": "published", "where": "The partnership's website"}),
        *parts.closed(varied, 150, "review-complete"),
    ]


def notified_late(varied: Variation) -> list[Told]:
    """Decided and notified too late, with reasons."""
    return [
        parts.referral(varied),
        parts.to_notify(7, late=True),
        *parts.notified(8, late=True),
        *parts.scoped(varied, 9),
        *parts.met(varied, 20, "no-lcspr"),
        parts.review_decided(21, "no-lcspr", "nothing-further"),
        *parts.to_the_panel(22),
        *parts.closed(varied, 36, "review-complete"),
    ]


def another_area(varied: Variation) -> list[Told]:
    """Another area notifies and takes the case over."""
    decision: dict[str, Answer] = {
        "criteria": [criteria("abuse-or-neglect", "died-or-seriously-harmed")],
        "outcome": "another-area-notifies",
        "rationale": medium("rationale"),
        "decided_by": DIRECTOR,
        "positions": agreed(),
        "another_area": {"area": "A neighbouring area", "told_on": Day(3)},
    }
    return [
        parts.referral(varied, place="elsewhere-in-england"),
        Told("notification-decision", 3, decision),
        parts.shared(3),
        Told("note", 6, {"text": short("note")}),
        *parts.closed(varied, 8, "transferred", receipt="FICTIONAL-RECEIPT"),
    ]


def nominated(varied: Variation) -> list[Told]:
    """Put forward to the group by one of its members."""
    nomination: dict[str, Answer] = {
        "source": "nomination",
        "agency": varied.one(AGENCIES),
        "proposer_role": "Designated Safeguarding Lead",
        "summary": medium("summary"),
        "why_learning": medium("why"),
        "criteria": [criteria()],
    }
    return [
        Told("nomination", 0, nomination),
        *parts.learned(varied, 15),
        Told("briefing", 60, _briefing(varied)),
        *parts.closed(varied, 76, "learning-complete"),
    ]


def looked_after(varied: Variation) -> list[Told]:
    """A looked-after child dies: ground two alone, so no rapid review follows."""
    died: Answer = {"id": "child-a", "outcome": "died", "age": "15", "looked_after": "yes", "died_on": Day(-1)}
    return [
        parts.referral(varied, children=[died], parallel_processes=["inquest"]),
        parts.to_notify(2, grounds="two"),
        *parts.notified(3, ground="two"),
        Told("informed", 4, {"who": "leadership", "about": ["notification"], "what": short("told")}),
        Told("update", 20, {"what": medium("news"), "source_agency": "police"}),
        *parts.closed(varied, 40, "nothing-further"),
    ]


def siblings(varied: Variation) -> list[Told]:
    """Two children, and an earlier case that belongs with this one."""
    both = ("child-a", "child-b")
    return [
        parts.referral(varied, children=[parts.child(varied, label) for label in both]),
        Told("link", 1, {"to": OTHER_CASE, "relation": "same-family"}),
        parts.to_notify(4, children=both),
        *parts.notified(5),
        *parts.scoped(varied, 6),
        *parts.met(varied, 16, "no-lcspr"),
        parts.review_decided(17, "no-lcspr", "task-and-finish"),
        *parts.to_the_panel(18),
        *parts.learned(varied, 33),
        *parts.closed(varied, 92, "learning-complete"),
    ]


def corrected(varied: Variation) -> list[Told]:
    """The referral is corrected after the decision, which stands all the same."""
    first = parts.referral(varied)
    why: dict[str, Answer] = {"record": Earlier("referral"), "as": "correction", "reason": short("slip")}
    confirmed: dict[str, Answer] = {
        "decision": Earlier("decision"),
        "reason": short("stands"),
        "decided_by": DIRECTOR,
    }
    return [
        first,
        parts.not_to_notify(4, "task-and-finish"),
        parts.shared(5),
        Told("referral", 0, {**first.answers, "family": medium("family-again")}, lag=7, replaces=why),
        Told("decision-confirmed", 8, confirmed),
        *parts.learned(varied, 22),
        *parts.closed(varied, 84, "learning-complete"),
    ]


def panel_disagrees(varied: Variation) -> list[Told]:
    """The Panel disagrees, and the local review decision is taken afresh."""
    afresh = parts.review_decided(30, "lcspr", "task-and-finish")
    why: dict[str, Answer] = {
        "record": Earlier("review-decision"),
        "as": "reconsideration",
        "reason": medium("afresh"),
        "asked_by": "The Panel",
    }
    return [
        parts.referral(varied),
        parts.to_notify(4),
        *parts.notified(5),
        *parts.scoped(varied, 6),
        *parts.met(varied, 16, "no-lcspr"),
        parts.review_decided(17, "no-lcspr", "nothing-further"),
        *parts.to_the_panel(18, "disagrees"),
        Told(afresh.kind, 30, afresh.answers, replaces=why),
        *parts.to_the_panel(31),
        Told("review-commissioned", 45, {"reviewer": "An independent reviewer", "terms": medium("terms")}),
        *parts.learned(varied, 46),
        Told("review-published", 130, {"published": "published", "where": "The partnership's website"}),
        *parts.closed(varied, 140, "review-complete"),
    ]


def held_back(varied: Variation) -> list[Told]:
    """The police ask that something be held back; there is new information, and another officer leads."""
    asked: dict[str, Answer] = {
        "asked_by": "Detective Inspector",
        "what_not_to_do": short("not-to-do"),
        "review_on": Day(30),
    }
    lifted: dict[str, Answer] = {"constraint": Earlier("constraint"), "lifted_by": "Detective Inspector"}
    return [
        parts.referral(varied, parallel_processes=["police-investigation"]),
        Told("constraint", 1, asked, name="constraint"),
        parts.to_notify(4),
        *parts.notified(5),
        *parts.scoped(varied, 6),
        *parts.met(varied, 16, "no-lcspr"),
        Told("constraint-lifted", 17, lifted),
        parts.review_decided(18, "no-lcspr", "nothing-further"),
        *parts.to_the_panel(19),
        Told("update", 40, {"what": medium("news"), "source_agency": "police"}),
        *parts.closed(varied, 60, "review-complete"),
    ]


def _briefing(varied: Variation) -> dict[str, Answer]:
    questions = ("background", "why_it_matters", "key_information", "what_to_look_for", "what_to_do", "how_to_embed")
    answers: dict[str, Answer] = {name: medium(f"briefing-{name.replace('_', '-')}") for name in questions}
    return {**answers, "questions": short("briefing-questions"), "themes": varied.some(THEMES, 2)}


STORIES: Mapping[str, Story] = MappingProxyType(
    {
        "reviewed-in-time": Story(reviewed_in_time, 16, ACTION_ENDINGS),
        "reviewed-and-done": Story(reviewed_and_done, 10),
        "below-the-threshold": Story(below_the_threshold, 17, ACTION_ENDINGS),
        "nothing-further": Story(nothing_further, 9),
        "local-review": Story(local_review, 6, ACTION_ENDINGS),
        "notified-late": Story(notified_late, 6),
        "another-area": Story(another_area, 4),
        "nominated": Story(nominated, 9, ACTION_ENDINGS),
        "looked-after": Story(looked_after, 4),
        "siblings": Story(siblings, 6, ACTION_ENDINGS),
        "corrected": Story(corrected, 5, ACTION_ENDINGS),
        "panel-disagrees": Story(panel_disagrees, 3, ACTION_ENDINGS),
        "held-back": Story(held_back, 5),
    }
)
