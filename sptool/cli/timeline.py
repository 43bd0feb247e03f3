"""`sptool timeline`: what happened against when it was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import typer

from sptool.cli.arguments import CaseArgument, open_session
from sptool.cli.screen import say, say_if_practice, say_json
from sptool.cli.show.case_page import CLOCKS
from sptool.cli.show.under_way import how_it_ended
from sptool.cli.wording import at_moment, wrapped
from sptool.desk.clock import LONDON
from sptool.desk.in_words import marks_of
from sptool.desk.standings import Standing, standing_of
from sptool.records.header import Record
from sptool.records.referral import Facts
from sptool.text.english import british, number
from sptool.text.plain import Plain
from sptool.workflow.deadlines import AWAITED, Deadline
from sptool.workflow.names import label_of
from sptool.workflow.subjects import step_title, untaken_told


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("timeline")(timeline)


def timeline(
    context: typer.Context,
    ref: CaseArgument,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Show what happened, day by day, when it was recorded, and which deadlines were met or missed."""
    session = open_session(context)
    say_if_practice(session)
    standing = standing_of(session, ref)
    (say_course_json if as_json else say_course)(standing, course_of(standing))


WRITTEN_UP_LATE = 2

"""Days between what happened and its record, above which it counts as written up late."""

_FACTS = {
    "incident_on": "the incident",
    "agency_aware_on": "the referring agency became aware",
    "harm_known_on": "the harm was known",
    "abuse_suspected_on": "abuse or neglect was first suspected",
    "la_aware_on": "the local authority became aware: the clock starts",
}

_DATE_WIDTH = 17

_ORDER = ("fact", "record", "deadline")


@dataclass(frozen=True)
class Event:
    """Something on a day of a case.

    Args:
        kind: `fact`, `record` or `deadline`.
        record: the id of the record that says so; empty for a day that passed.
    """

    on: date
    kind: str
    what: str
    record: str = ""
    recorded_at: datetime | None = None
    marks: tuple[str, ...] = ()

    @property
    def days_later(self) -> int | None:
        """How many days after it happened it was recorded."""
        return (self.recorded_at.astimezone(LONDON).date() - self.on).days if self.recorded_at else None

    @property
    def written_up_late(self) -> bool:
        """Whether a step was recorded more than two days after it happened."""
        return self.kind == "record" and (self.days_later or 0) > WRITTEN_UP_LATE


def course_of(standing: Standing) -> list[Event]:
    """Everything that happened in a case, by day; on one day facts first, then records, then deadlines."""
    found = [*_facts(standing), *_records(standing), *_deadlines(standing)]
    return sorted(found, key=lambda event: (event.on, _ORDER.index(event.kind)))


def _facts(standing: Standing) -> Iterator[Event]:
    """The days that are known now, each with the first record that said so."""
    told = [record for record in standing.case.records if isinstance(record, Facts)]
    for name in CLOCKS:
        on = getattr(standing.case.facts, name)
        if isinstance(on, date):
            first = next(record for record in told if getattr(record, name) == on)
            yield Event(on, "fact", _FACTS[name], first.id, first.recorded_at)
    for child in standing.case.children:
        if child.died_on:
            died = (child.id, child.died_on)
            first = next(record for record in told if died in [(one.id, one.died_on) for one in record.children])
            yield Event(child.died_on, "fact", f"{label_of(child.id)} died", first.id, first.recorded_at)


def _records(standing: Standing) -> Iterator[Event]:
    for record in standing.case.records:
        yield Event(
            on=_placed(record),
            kind="record",
            what=step_title(record),
            record=record.id,
            recorded_at=record.recorded_at,
            marks=tuple(marks_of(record, standing)),
        )


def _placed(record: Record) -> date:
    """The day on which it happened; to put a record right happens when that is recorded."""
    if record.replaces and record.replaces.kind == "correction":
        return record.recorded_at.astimezone(LONDON).date()
    return record.happened_on


def _deadlines(standing: Standing) -> Iterator[Event]:
    for deadline in standing.deadlines:
        if deadline.due_on and deadline.was_missed(standing.today):
            yield Event(deadline.due_on, "deadline", f"MISSED: this was the last day for: {deadline.title}")
        if deadline.met_on:
            yield Event(deadline.met_on, "deadline", _met(deadline, standing), deadline.met_by)
        if deadline.state == "stopped" and deadline.stopped_on:
            stopped = f"stopped, not met: {deadline.title}: {deadline.stopped_why}"
            yield Event(deadline.stopped_on, "deadline", stopped)


def _met(deadline: Deadline, standing: Standing) -> str:
    if deadline.state == "met-late":
        late = number(standing.working_days_late(deadline) or 0, "working day")
        return f"met {late} late: {deadline.title}"
    in_time = " in time" if deadline.rule.can_be_late and deadline.due_on else ""
    return f"met{in_time}: {deadline.title}"


def say_course(standing: Standing, events: Sequence[Event]) -> None:
    """Prints the course of a case, one day after the other."""
    say(f"{standing.case.ref}: what happened, and when it was recorded")
    before: date | None = None
    for event in events:
        day = british(event.on) if event.on != before else ""
        before = event.on
        what = event.what.replace(AWAITED, "") if event.what.startswith("met") else event.what
        for line in wrapped(f"{day:<{_DATE_WIDTH}}{what}", indent=0, hanging=_DATE_WIDTH):
            say(line)
        for line in _beside(event):
            say(line)
    for told in untaken_told(standing.case):
        say()
        say("\n".join(wrapped(f"Not shown. {told}", indent=0)))
    say()
    say("\n".join(wrapped(_summary(standing, events), indent=0)))


def _beside(event: Event) -> Iterator[str]:
    if event.recorded_at:
        moment = at_moment(event.recorded_at)
        when = f"that day,{moment.rpartition(',')[2]}" if event.days_later == 0 else moment
        late = f", {number(event.days_later or 0, 'day')} later: WRITTEN UP LATE" if event.written_up_late else ""
        yield from wrapped(f"recorded {when}{late} ({event.record})", indent=_DATE_WIDTH + 2)
    for mark in event.marks:
        yield from wrapped(mark, indent=_DATE_WIDTH + 2)


def _summary(standing: Standing, events: Sequence[Event]) -> str:
    binding = [one for one in standing.deadlines if one.rule.can_be_late]
    met = sum(one.state == "met" for one in binding)
    met_late = sum(one.state == "met-late" for one in binding)
    missed = sum(one.is_late(standing.today) for one in binding)
    late_records = sum(event.written_up_late for event in events)
    return (
        f"Deadlines: {met} met, {met_late} met late, {missed} missed and still open. "
        f"{number(late_records, 'record')} written up late."
    )


def say_course_json(standing: Standing, events: Sequence[Event]) -> None:
    """Prints the course of a case for other programs."""
    say_json(
        {
            "case": standing.case.ref,
            "events": [_as_data(event) for event in events],
            "deadlines": [
                {"deadline": one.id, "title": one.title, "state": one.state, "how": how_it_ended(one, standing) or None}
                for one in standing.deadlines
            ],
        }
    )


def _as_data(event: Event) -> dict[str, Plain]:
    return {
        "on": event.on.isoformat(),
        "kind": event.kind,
        "what": event.what,
        "record": event.record or None,
        "recorded_at": f"{event.recorded_at:%Y-%m-%dT%H:%M:%SZ}" if event.recorded_at else None,
        "days_later": event.days_later,
        "written_up_late": event.written_up_late,
        "marks": list[Plain](event.marks),
    }
