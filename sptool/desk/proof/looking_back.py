"""A case's history with what only the folder knows: the commit of each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sptool.desk.clock import LONDON
from sptool.desk.in_words import answers_of
from sptool.desk.session import Session
from sptool.errors import UsageError
from sptool.framework.models import Framework
from sptool.records.header import Record
from sptool.store.step_commits import step_commits
from sptool.text.dates import day_typed
from sptool.workflow.history import History, StepTaken, changes
from sptool.workflow.standing import Standing

Commits = Callable[[], Mapping[str, str]]
NO_ANSWER = ("not answered",)


@dataclass(frozen=True)
class LookedBack:
    """The history of a case as it is shown.

    Args:
        history: the history of the case.
        commits: the id of the commit of each step, by the record's id.
        since: the first day that is shown; None for all.
    """

    history: History
    commits: Mapping[str, str]
    since: date | None = None

    @property
    def standing(self) -> Standing:
        """The case as it stands."""
        return self.history.standing

    @property
    def steps(self) -> tuple[StepTaken, ...]:
        """The steps to show."""
        return tuple(step for step in self.history.steps if not self.since or recorded_on(step.record) >= self.since)

    def commit(self, record: Record) -> str:
        """The id of the commit that recorded a step; empty if main has none, which `sptool verify` looks into."""
        return self.commits.get(record.id, "")


def looked_back(session: Session, reference: str, since: str = "", commits: Commits | None = None) -> LookedBack:
    """The history of the case that was meant.

    Args:
        since: the first day to show, as typed; empty for all.
        commits: gives the commit of each step, where somebody is looking already.

    Raises:
        UsageError: the day is none, or lies ahead.
    """
    first = day_typed(since, session.clock.today, "--since") if since else None
    if first and first > session.clock.today:
        raise UsageError("The day given with --since lies in the future.", "Give a day up to today.")
    case = session.case(reference)
    edition = session.edition(case)
    standing = Standing(case, edition, session.clock.today, session.calendar_for(edition))
    found = commits() if commits else step_commits(session.folder, session.book.commit, reference)
    return LookedBack(History(standing), found, first)


def recorded_on(record: Record) -> date:
    """The day in London on which a step was recorded."""
    return london(record.recorded_at).date()


def london(moment: datetime) -> datetime:
    """A moment by the clocks of London."""
    return moment.astimezone(LONDON)


def days_later(record: Record) -> int:
    """How many days after it happened a step was recorded."""
    return (recorded_on(record) - record.happened_on).days


@dataclass(frozen=True)
class BeforeAndAfter:
    """One answer before and after, as people read it."""

    question: str
    was: tuple[str, ...]
    now: tuple[str, ...]


def before_and_after(earlier: Record | None, later: Record, framework: Framework) -> list[BeforeAndAfter]:
    """The answers that one record changed of another, codes as the names that they stand for.

    Args:
        earlier: the record replaced; None if it is not here.
        later: the record that took its place.
    """
    if earlier is None or type(earlier) is not type(later):
        return []
    was, now = _lines(earlier, framework), _lines(later, framework)
    return [
        BeforeAndAfter(changed.question, was.get(changed.field, NO_ANSWER), now.get(changed.field, NO_ANSWER))
        for changed in changes(earlier, later)
    ]


def _lines(record: Record, framework: Framework) -> dict[str, tuple[str, ...]]:
    return {answered.field: answered.lines for answered in answers_of(record, framework)}
