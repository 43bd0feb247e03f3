"""What the template of the forum report can name."""

from __future__ import annotations

from dataclasses import dataclass

from sptool.documents.action_plan import ActionFacts
from sptool.documents.context import DocumentFacts


@dataclass(frozen=True)
class ThemeFacts:
    """A theme, and in how many cases it came up; a small number isn't given as it is."""

    theme: str
    cases: str


@dataclass(frozen=True)
class OutcomeFacts:
    """What the Task & Finish group decided to do with a case. Which case it was does not stand here."""

    decided_on: str
    approaches: str
    learning: str | None


@dataclass(frozen=True)
class BriefingFacts:
    """A briefing that was issued."""

    issued_on: str
    themes: str
    key_information: str


@dataclass(frozen=True)
class WorkStream:
    """The actions that belong to one theme."""

    theme: str
    actions: tuple[ActionFacts, ...]


@dataclass(frozen=True)
class ReviewFacts:
    """A local review under way or published in the period."""

    reference: str
    commissioned_on: str
    standing: str
    publish_by: str


@dataclass(frozen=True)
class ProgressFacts:
    """How the actions stand: the open ones now, the others as they ended in the period."""

    not_started: int
    on_track: int
    at_risk: int
    awaiting_evidence: int
    late: int
    assured: int
    made_a_difference: int
    not_implemented: int


@dataclass(frozen=True)
class ForumReport(DocumentFacts):
    """What the template of the forum report can name, besides what every document has.

    Args:
        meets: how often it meets, in words.
        boards: the boards that it reports to, as a sentence lists them.
        smallest_number: the smallest number of cases that is given as it is.
        themes: the themes of the period, the most frequent first.
        outcomes: what the Task & Finish group decided in the period.
        briefings: the briefings issued in the period.
        reviews: local reviews under way, and those published in the period.
        work: the actions by theme: the open ones, and those that ended in the period.
        to_escalate: actions that are late, at risk, or not implemented.
    """

    forum: str
    meets: str | None
    members: tuple[str, ...]
    boards: str | None
    period: str
    smallest_number: int
    themes: tuple[ThemeFacts, ...]
    outcomes: tuple[OutcomeFacts, ...]
    briefings: tuple[BriefingFacts, ...]
    reviews: tuple[ReviewFacts, ...]
    work: tuple[WorkStream, ...]
    progress: ProgressFacts
    to_escalate: tuple[ActionFacts, ...]
