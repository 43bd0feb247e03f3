"""The steps of all generated cases in the order in which they were recorded, each as the commit that it makes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import groupby

from benchmarks.generating.patterns import Gap
from benchmarks.generating.population import Sketch, Span, due_places, sketches
from benchmarks.generating.templates import RecordTemplate, Templates
from benchmarks.generating.told import FAR
from benchmarks.generating.wording import Wording
from sptool.records.references import case_folder, file_name, new_record_id, new_reference
from sptool.store.identity import Identity

START_OF_WORK = time(8, 45)  # UTC: at that hour the day is the same in London, summer and winter
LENGTH_OF_DAY = 8 * 3600  # seconds


@dataclass(frozen=True)
class Commit:
    """One step as git is told of it.

    Args:
        path: the record's file.
        content: its bytes.
        message: the commit's message.
        author: who records it.
        at: when, UTC.
    """

    path: str
    content: bytes
    message: bytes
    author: Identity
    at: datetime


@dataclass(frozen=True)
class _Case:
    """A case on its way into the folder."""

    number: int
    ref: str
    records: tuple[RecordTemplate, ...]
    ids: tuple[str, ...]
    opened: int
    due: int


@dataclass(frozen=True)
class _Event:
    """One record on its way into the folder: of which case, which one, on which day and when in it."""

    day: int
    hour: float
    case: _Case
    number: int


class History:
    """Everything that is recorded in a generated folder.

    Args:
        templates: the stories as records.
        span: the working days.
        officers: who records, by id.
        prefix: how references begin.
        seed: the same seed gives the same folder.
    """

    def __init__(
        self, templates: Templates, span: Span, officers: Sequence[tuple[str, Identity]], prefix: str, seed: int
    ) -> None:
        self.templates = templates
        self.span = span
        self.officers = officers
        self.prefix = prefix
        self.seed = seed
        self.wording = Wording.seeded(seed)
        self.cases: list[_Case] = []

    def commits(self, how_many: int) -> Iterator[Commit]:
        """The steps of so many cases, oldest first.

        Args:
            how_many: how many cases.
        """
        chance = random.Random(f"cases {self.seed}")
        planned = sketches(how_many, self.span, self.templates, chance)
        self.cases = list(self._placed(planned, due_places(planned, self.span, chance), chance))
        events = sorted(self._events(chance), key=lambda event: (event.day, event.hour, event.case.number))
        for day, of_the_day in groupby(events, key=lambda event: event.day):
            yield from self._day(day, list(of_the_day))

    def _placed(self, planned: Sequence[Sketch], due: Sequence[int], chance: random.Random) -> Iterator[_Case]:
        taken: set[str] = set()
        for number, (sketch, due_place) in enumerate(zip(planned, due, strict=True)):
            year = self.templates.days.days[sketch.opened].year
            ref = new_reference(self.prefix, year, chance.choice, taken)
            taken.add(ref)
            records = self.templates.of(sketch.story, sketch.variation)
            ids = tuple(new_record_id(chance.choice) for _ in records)
            yield _Case(number, ref, records, ids, sketch.opened, due_place)

    def _events(self, chance: random.Random) -> Iterator[_Event]:
        for case in self.cases:
            last_day, hour = -1, 0.0
            for number, record in enumerate(case.records):
                day = case.opened + record.day
                if day > self.span.last:
                    break
                hour = hour + (1 - hour) * chance.random() if day == last_day else chance.random()
                last_day = day
                yield _Event(day, hour, case, number)

    def _day(self, day: int, events: Sequence[_Event]) -> Iterator[Commit]:
        gap = LENGTH_OF_DAY // len(events)
        start = datetime.combine(self.templates.days.days[day], START_OF_WORK, UTC)
        for place, event in enumerate(events):
            yield self._commit(event, start + timedelta(seconds=place * gap))

    def _commit(self, event: _Event, at: datetime) -> Commit:
        case, record = event.case, event.case.records[event.number]
        chance = random.Random(f"{self.seed} {case.number} {event.number}")
        by_another = chance.random() < 0.2
        officer, author = self.officers[(case.number + by_another) % len(self.officers)]
        filling = _Filling(self, case, f"{at:%Y-%m-%dT%H:%M:%SZ}", officer)
        path = f"{case_folder(case.ref)}/{file_name(at, record.kind, case.ids[event.number])}"
        body, message = record.body.filled(filling.fill), record.message.filled(filling.fill)
        return Commit(path, body.encode(), message.encode(), author, at)


@dataclass(frozen=True)
class _Filling:
    """What goes into the gaps of one record."""

    history: History
    case: _Case
    moment: str
    recorder: str

    def fill(self, gap: Gap) -> str:
        """What belongs in a gap."""
        match gap:
            case ("prose", length, name, indent):
                return self._prose(length, name, indent)
            case ("day", day):
                return self._day(day)
            case ("id", number):
                return self.case.ids[int(number)]
            case ("case", _):
                return self.case.ref
            case ("other", _):
                return self._other()
            case ("moment", _):
                return self.moment
            case ("recorder", _):
                return self.recorder
            case _:
                officers = self.history.officers
                return officers[self.case.number % len(officers)][0]

    def _prose(self, length: str, name: str, indent: str) -> str:
        chance = random.Random(f"{self.history.seed} {self.case.number} {name}")
        lines = self.history.wording.text(length, chance).split("\n")
        return "\n".join(indent + line if line else line for line in lines)

    def _day(self, day: str) -> str:
        templates = self.history.templates
        number = templates.number_of(day)
        place = self.case.due if number == FAR else self.case.opened + number
        return templates.days.days[place].isoformat()

    def _other(self) -> str:
        """A case that was opened before."""
        chance = random.Random(f"{self.history.seed} {self.case.number} other")
        return self.history.cases[chance.randrange(self.case.number)].ref
