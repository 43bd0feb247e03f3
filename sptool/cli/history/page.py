"""The screen of a case's history, step by step, in the order in which they became known."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.cli.screen import say
from sptool.cli.wording import at_moment, changed_lines, part, say_lines, say_parts, wrapped
from sptool.desk.proof.looking_back import LookedBack, before_and_after, days_later
from sptool.records.header import Record
from sptool.text.english import british, number
from sptool.workflow.deadlines import previous_clocks
from sptool.workflow.history import StepTaken
from sptool.workflow.subjects import step_title, untaken_told
from sptool.workflow.telling import everything, named, timing_told

SHORT_COMMIT = 12
_INDENT = 6


def say_history(told: LookedBack) -> None:
    """Prints the history of a case."""
    say_lines(wrapped(_opening(told), indent=0))
    for step in told.steps:
        say()
        say_lines(step_lines(step, told))
    if not told.steps:
        say("Nothing was recorded since then.")
    say_parts(part("What is open, and what can't be shown", _ending(told)))


def _opening(told: LookedBack) -> str:
    case = told.standing.case
    since = f", since {british(told.since)}" if told.since else ""
    officers = sorted({record.recorded_by for record in case.records})
    return (
        f"{case.ref}: the history of the case{since}. {number(len(case.records), 'step')}, recorded by "
        f"{', '.join(officers)}. Framework edition {told.standing.framework.edition}."
    )


def step_lines(step: StepTaken, told: LookedBack) -> Iterator[str]:
    """One step: what, when, by whom; what it meant; what it changed."""
    title = f"{step.number:>4}  {at_moment(step.record.recorded_at)}  {step_title(step.record)}"
    yield from wrapped(title, indent=0, hanging=_INDENT)
    yield from wrapped(_recorded(step.record), indent=_INDENT)
    commit = told.commit(step.record)[:SHORT_COMMIT] or "not found: sptool verify"
    yield from wrapped(f"record {step.record.id}, commit {commit}", indent=_INDENT)
    for sentence in everything(step, told.standing.framework, british):
        yield from wrapped(f"- {sentence}", indent=_INDENT, hanging=2)
    for changed in before_and_after(step.replaces, step.record, told.standing.framework):
        yield from changed_lines(changed, _INDENT)


def _recorded(record: Record) -> str:
    later = days_later(record)
    if later == 0 or (record.replaces and record.replaces.kind == "correction"):
        happened = "" if later == 0 else f"; what it corrects happened on {british(record.happened_on)}"
    else:
        ahead = f"{number(later, 'day')} before" if later > 0 else f"{number(-later, 'day')} AFTER it was recorded"
        happened = f"; it happened on {british(record.happened_on)}, {ahead}"
    return f"recorded by {record.recorded_by}{happened}"


def _ending(told: LookedBack) -> Iterator[str]:
    history = told.history
    for timing in history.missed:
        yield from wrapped(f"STILL OPEN. {timing_told(timing, british)}", hanging=2)
    for due in history.stopped:
        yield from wrapped(f"Stopped, neither met nor missed: {due.title}: {due.stopped_why}.", hanging=2)
    for day, record in previous_clocks(history.case):
        yield from wrapped(f"The clock counted from {british(day)} before (record {record}).", hanging=2)
    for look in history.looks:
        if look.ended_by is None:
            yield from wrapped(f"Another look is still to be taken at the {named(look.decision)}.", hanging=2)
    for conflict in history.conflicts:
        if conflict.settled_by is None:
            yield from wrapped(f"In conflict: the {named(conflict.first)} and the {named(conflict.second)}.", hanging=2)
    for untaken in untaken_told(told.standing.case):
        yield from wrapped(untaken, hanging=2)
