"""The history of a case for auditors, inspectors and scrutineers: each step as it was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sptool.documents.context import CaseFacts, Material
from sptool.documents.kinds import COLLEAGUE, Document
from sptool.documents.words import NO_ANSWER, began_large, spoken
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.walk import leaves
from sptool.text.english import in_full
from sptool.workflow.deadlines import previous_clocks
from sptool.workflow.history import History, StepTaken
from sptool.workflow.refusals import Refusal
from sptool.workflow.subjects import files_told, in_words, step_title, untaken_records
from sptool.workflow.telling import everything, named, timing_told


@dataclass(frozen=True)
class ChangeFacts:
    """One answer that a step changed."""

    question: str
    was: str
    now: str


@dataclass(frozen=True)
class StepFacts:
    """One step as it was recorded.

    Args:
        number: its place, counted from 1.
        said: what it meant: who decided, in time or late, put right, new since, in conflict.
    """

    number: int
    title: str
    recorded: str
    happened: str
    record: str
    said: tuple[str, ...]
    changes: tuple[ChangeFacts, ...]


@dataclass(frozen=True)
class CaseHistory(CaseFacts):
    """What the template of the history can name, besides what every document of a case has.

    Args:
        steps: every step, each after all that its writer knew.
        still_open: what is late and open, in conflict, or waits for another look; and what can't be read.
    """

    steps: tuple[StepFacts, ...]
    still_open: tuple[str, ...]


def not_yet(case: Case) -> Refusal | None:
    """Why there is no history to tell, or None if there is."""
    return None if case.records else Refusal("Nothing of this case can be read.", f"sptool show {case.ref}")


def gather(material: Material) -> CaseHistory:
    """The history of a case up to the day of the document."""
    told = History(material.standing)
    return CaseHistory(
        **vars(CaseFacts.common(material)),
        steps=tuple(_step(step, material.framework) for step in told.steps),
        still_open=tuple(_open(told)),
    )


DOCUMENT = Document(
    id="case-history",
    title="History of the case",
    audience="auditors, inspectors and scrutineers",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=not_yet,
    called_for=(),
    tells_of=(),
    each_agency=None,
    identifies=(),
    whom=(),
)


def _step(step: StepTaken, framework: Framework) -> StepFacts:
    record = step.record
    at = record.recorded_at
    return StepFacts(
        number=step.number,
        title=_title(record, framework),
        recorded=f"{in_full(at.date())}, {at:%H:%M} UTC, by {record.recorded_by}",
        happened=in_full(record.happened_on),
        record=record.id,
        said=everything(step, framework, in_full),
        changes=tuple(_changes(step, framework)),
    )


def _title(record: Record, framework: Framework) -> str:
    """A step's title with abbreviations in capitals and an agency by its name."""
    title = step_title(record).replace("lcspr", "LCSPR")
    if "agency" in record.in_subject:
        agency = str(getattr(record, "agency", ""))
        title = title.replace(in_words(agency), framework.name_of("agencies", agency), 1)
    return began_large(title)


def _changes(step: StepTaken, framework: Framework) -> Iterator[ChangeFacts]:
    if step.replaces is None:
        return
    for changed in step.changed:
        was, now = (_in_words(one, changed.field, framework) for one in (step.replaces, step.record))
        yield ChangeFacts(changed.question, was, now)


def _in_words(record: Record, field: str, framework: Framework) -> str:
    """An answer as people read it; of a list of answers each under its name."""
    found = [leaf for leaf in leaves(record) if leaf.path[0] == field]
    told: list[str] = []
    name = ""
    for number, leaf in enumerate(found):
        if number + 1 < len(found) and found[number + 1].path == leaf.path:
            name = f"{spoken(leaf, framework)}: "  # the key of a mapping comes just before its value
            continue
        told.append(f"{name}{spoken(leaf, framework)}")
        name = ""
    return "; ".join(told) or NO_ANSWER


def _open(told: History) -> Iterator[str]:
    yield from (timing_told(timing, in_full) for timing in told.missed)
    for due in told.stopped:
        yield f"Stopped, neither met nor missed: {due.title}: {due.stopped_why}."
    for day, record in previous_clocks(told.case):
        yield f"The clock counted from {in_full(day)} before (record {record})."
    for look in told.looks:
        if look.ended_by is None:
            yield f"The {named(look.decision)} still needs another look."
    for conflict in told.conflicts:
        if conflict.settled_by is None:
            yield f"In conflict: the {named(conflict.first)} and the {named(conflict.second)}."
    for item in untaken_records(told.case):
        yield f"Record {item.id} can't be {item.how} by this program."
    if files := files_told(told.case):
        yield files
