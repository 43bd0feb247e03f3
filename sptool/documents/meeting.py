"""What documents tell of the rapid review meeting: who took part, what it found, what it recommends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sptool.documents.words import listed, named
from sptool.framework.models import Framework
from sptool.records.review import RapidReview
from sptool.text.english import in_full


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
