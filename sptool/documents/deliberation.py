"""What documents tell of a decision and of the rapid review meeting: who took part, why, and who thought otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sptool.documents.words import listed, named
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.notification import Deliberation
from sptool.records.review import RapidReview
from sptool.text.english import in_full
from sptool.workflow.state import root_of

_POSITIONS = {
    "agrees": "Agrees",
    "disagrees": "Disagrees",
    "no-view-yet": "Has no view yet",
    "not-asked": "Was not asked",
}


@dataclass(frozen=True)
class PositionFacts:
    """Where one safeguarding partner stands.

    Args:
        position: in words, such as "Agrees".
        note: in its own words.
    """

    partner: str
    position: str
    note: str | None


@dataclass(frozen=True)
class Earlier:
    """The decision that this one replaces, and why it was looked at again."""

    decided_on: str
    reason: str


@dataclass(frozen=True)
class DeliberationFacts:
    """How a decision was taken.

    Args:
        no_position: the partners whose position is not recorded, as a sentence lists them.
        earlier: set if it replaces an earlier decision.
    """

    decided_on: str
    decided_by: str
    rationale: str
    participants: str | None
    positions: tuple[PositionFacts, ...]
    no_position: str | None
    dissent: str | None
    not_known: str | None
    earlier: Earlier | None


def deliberation(decision: Deliberation, case: Case, framework: Framework) -> DeliberationFacts:
    """How a decision of a case was taken."""
    given = {one.partner for one in decision.positions}
    silent = [
        one.name for one in framework.safeguarding_partners if one.valid(decision.happened_on) and one.id not in given
    ]
    return DeliberationFacts(
        decided_on=in_full(decision.happened_on),
        decided_by=decision.decided_by,
        rationale=decision.rationale,
        participants=listed(decision.participants) if decision.participants else None,
        positions=_positions(decision, framework),
        no_position=listed(silent) if silent else None,
        dissent=decision.dissent,
        not_known=decision.not_known,
        earlier=earlier(decision, case),
    )


def _positions(decision: Deliberation, framework: Framework) -> tuple[PositionFacts, ...]:
    return tuple(
        PositionFacts(framework.name_of("safeguarding-partners", one.partner), _POSITIONS[one.position], one.note)
        for one in decision.positions
    )


def earlier(decision: Deliberation, case: Case) -> Earlier | None:
    """The decision before a reconsideration. A correction of the record is no new decision."""
    first = case.by_id[root_of(case, decision.id)]
    if first.replaces is None or first.replaces.record not in case.by_id:
        return None
    return Earlier(in_full(case.by_id[first.replaces.record].happened_on), first.replaces.reason)


@dataclass(frozen=True)
class MeetingFacts:
    """A rapid review meeting.

    Args:
        participants: the roles of those who took part in the decision.
        identified: whether the identifying details are complete, on the case's particulars.
        recommends: what the meeting recommends about a local review.
    """

    held_on: str
    participants: str
    also_covers: str | None
    identified: bool
    arrangements: str | None
    facts: str | None
    inequality: str | None
    immediate_learning: str | None
    sharing_learning: str | None
    potential_learning: str | None
    themes: str | None
    recommends: Literal["lcspr", "no-lcspr"]
    recommends_national: Literal["yes", "no"] | None
    grounds: str


def meeting_facts(held: RapidReview, framework: Framework) -> MeetingFacts:
    """A rapid review meeting as documents tell it."""
    return MeetingFacts(
        held_on=in_full(held.happened_on),
        participants=listed(held.decision_participants),
        also_covers=listed(held.covers_cases) if held.covers_cases else None,
        identified=held.identifying_details == "in-the-particulars",
        arrangements=held.safeguarding_arrangements,
        facts=held.facts,
        inequality=held.inequality,
        immediate_learning=held.immediate_learning,
        sharing_learning=held.sharing_learning,
        potential_learning=held.potential_learning,
        themes=named(held.themes, "themes", framework),
        recommends=held.recommends,
        recommends_national=held.recommends_national,
        grounds=held.recommendation_reasons,
    )
