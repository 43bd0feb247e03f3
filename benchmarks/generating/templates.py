"""A story turned into records once, by sptool's own models, rules and writer; each case of it then fills the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property

from benchmarks.generating.parts import Variation
from benchmarks.generating.patterns import CASE, LEAD, OTHER_CASE, RECORDER, Pattern, record_id
from benchmarks.generating.stories import STORIES
from benchmarks.generating.told import Day, Earlier, Told
from sptool import __version__
from sptool.desk.new_record import as_bytes
from sptool.desk.session import Session
from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.kinds import KINDS
from sptool.text.plain import Plain
from sptool.workflow.checking import Surroundings
from sptool.workflow.judging import refusal_of, wrong_with, wrongly_replaces
from sptool.workflow.subjects import commit_message

LONGEST_STORY = 1_000  # working days


class NotRecordable(Exception):
    """A story tells a step that sptool would not record."""


@dataclass(frozen=True)
class WorkingDays:
    """England's working days in order, so that a day of a story is a place in a list.

    Args:
        days: the days.
    """

    days: tuple[date, ...]

    @classmethod
    def between(cls, first: date, last: date, framework: Framework) -> WorkingDays:
        """The working days from one day to another, both included if they are working days."""
        calendar = england_calendar(framework)
        every = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
        return cls(tuple(day for day in every if calendar.is_working(day)))

    @cached_property
    def places(self) -> Mapping[date, int]:
        """Where each day stands."""
        return {day: place for place, day in enumerate(self.days)}


@dataclass(frozen=True)
class RecordTemplate:
    """One record of a story.

    Args:
        kind: its kind.
        day: on which working day after the opening it is recorded.
        body: its file.
        message: the message of its commit.
    """

    kind: str
    day: int
    body: Pattern
    message: Pattern


class Templates:
    """The templates of one generated folder, each made when a case first needs it.

    Args:
        session: a session on the folder.
        days: its working days.
        base: the place of the day on which every template opens.
    """

    def __init__(self, session: Session, days: WorkingDays, base: int) -> None:
        self.session = session
        self.edition = session.book.current_edition
        self.days = days
        self.base = base
        self._made: dict[tuple[str, Variation], tuple[RecordTemplate, ...]] = {}

    def of(self, story: str, variation: Variation) -> tuple[RecordTemplate, ...]:
        """The records of a story in the order in which they are recorded."""
        key = (story, variation)
        if key not in self._made:
            told = sorted(STORIES[story].tell(variation), key=lambda step: step.day + step.lag)
            self._made[key] = tuple(self._written(told))
        return self._made[key]

    def _written(self, steps: Sequence[Told]) -> Iterator[RecordTemplate]:
        case = Case(CASE)
        known: dict[str, str] = {}
        for number, step in enumerate(steps):
            known[step.name] = record_id(number)
            record = self._record(case, number, step, known)
            self._refuse_unrecordable(case, record)
            case = case.with_record(record)
            body, message = Pattern.of(as_bytes(record).decode()), Pattern.of(commit_message(record))
            yield RecordTemplate(step.kind, step.day + step.lag, body, message)

    def _record(self, case: Case, number: int, step: Told, known: Mapping[str, str]) -> Record:
        at = datetime.combine(self.day(step.day + step.lag), time(9), UTC)
        header: dict[str, Plain] = {
            "record": f"{step.kind}/{KINDS[step.kind].version}",
            "id": record_id(number),
            "case": CASE,
            "after": list(case.heads),
            "recorded_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "recorded_by": RECORDER,
            "written_by": f"sptool {__version__}",
            "framework": {"edition": self.edition.edition, "sha256": self.edition.sha256},
            "happened_on": self.day(step.day).isoformat(),
        }
        if step.replaces:
            header["replaces"] = self._plain(step.replaces, known)
        body = {name: self._plain(answer, known) for name, answer in step.answers.items()}
        return KINDS[step.kind].model_validate({**header, **body})

    def day(self, number: int) -> date:
        """A working day of every template."""
        return self.days.days[self.base + number]

    def number_of(self, day: str) -> int:
        """Which working day of a template a date is."""
        return self.days.places[date.fromisoformat(day)] - self.base

    def _plain(self, answer: object, known: Mapping[str, str]) -> Plain:
        if isinstance(answer, Day):
            return self.day(answer.number).isoformat()
        if isinstance(answer, Earlier):
            return known[answer.name]
        if isinstance(answer, Mapping):
            return {str(name): self._plain(inner, known) for name, inner in answer.items()}
        if isinstance(answer, list | tuple):
            return [self._plain(inner, known) for inner in answer]
        return str(answer)

    def _refuse_unrecordable(self, case: Case, record: Record) -> None:
        """Asks what is asked when an officer records a step."""
        known = (RECORDER, LEAD), (CASE, OTHER_CASE)
        around = Surroundings(case, self.edition, record.recorded_at.date(), *known)
        refusal = refusal_of(record, case, self.edition)
        found = wrongly_replaces(record, case) or wrong_with(record, around, self.session.calendar_for(self.edition))
        if refusal or found:
            raise NotRecordable(f"{record.kind}: {refusal.reason if refusal else found}")
