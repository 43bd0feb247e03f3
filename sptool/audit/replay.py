"""Replays a case: each record judged on its own past, and each deadline worked out again, by the rules of its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sptool.audit.agreement import look_at_agreement, look_at_past
from sptool.audit.findings import Due, Finding
from sptool.audit.ledger import Brought, CasesBefore, World, london_day
from sptool.framework.models import Framework
from sptool.records.case import Case, UnreadRecord
from sptool.records.header import REGISTER, Record
from sptool.records.kinds import REGISTER_KINDS
from sptool.store.casebook import read_record, sorted_out
from sptool.text.plain import Path as FieldPath
from sptool.workflow.checking import Surroundings
from sptool.workflow.conflicts import conflicts
from sptool.workflow.deadlines import Deadline
from sptool.workflow.judging import refusal_of, wrong_with, wrongly_replaces
from sptool.workflow.standing import Standing
from sptool.workflow.steps import RULES


@dataclass(frozen=True)
class CaseFile:
    """One record's file, read.

    Args:
        record: the record; None if it can't be read.
        unread: why not; None if it can.
    """

    brought: Brought
    content: bytes
    record: Record | None
    unread: UnreadRecord | None = None

    @property
    def known(self) -> Record | UnreadRecord | None:
        return self.record or self.unread


def read_file(brought: Brought, content: bytes) -> CaseFile:
    """Reads a record's file, whether or not the record has a place in its case."""
    found = read_record(brought.path, content)
    return CaseFile(brought, content, found) if isinstance(found, Record) else CaseFile(brought, content, None, found)


def case_of(reference: str, files: Sequence[CaseFile]) -> Case:
    """The case that these files make."""
    return sorted_out(reference, {file.brought.path: file.known for file in files if file.known})


def look_at_files(case: Case, files: Sequence[CaseFile], world: World) -> Iterator[Finding]:
    """Whether each file can be read, has a place in its case, and says what its commit says."""
    for file in files:
        if file.unread:
            what = f"This record can't be read: {file.unread.why.splitlines()[0]}."
            yield file.brought.failed("valid", what)
        if file.record:
            yield from _reference(file.record, file.brought, world)
            yield from look_at_agreement(file.record, file.content, file.brought, world.roster)
    yield from look_at_past([(file.known, file.brought) for file in files if file.known], case)


def _reference(record: Record, brought: Brought, world: World) -> Iterator[Finding]:
    if record.case != REGISTER and not record.case.startswith(f"{world.prefix}-"):
        what = "The case's reference begins otherwise than those of this folder."
        yield brought.failed("place", what, "case")


def replay(case: Case, files: Sequence[CaseFile], world: World) -> Iterator[Finding]:
    """Which of a case's records the rules would have refused."""
    for file in files:
        if file.record and file.record.id in case.pasts:
            yield from _judged(file.record, file.brought, case, world)
    edition = world.edition_of(case.records[0]) if case.records else None
    if edition and case.ref != REGISTER:
        for one in conflicts(case, edition, RULES):
            by = _commit_of(one.second, files)
            yield by.noted("conflict", f"Two records are in conflict. {one.why}")


def _commit_of(record: Record, files: Sequence[CaseFile]) -> Brought:
    return next(file.brought for file in files if file.record and file.record.id == record.id)


def _judged(record: Record, brought: Brought, case: Case, world: World) -> Iterator[Finding]:
    edition = world.edition_of(record)
    if edition is None:
        what = "The framework edition that the record names is not in the folder as it was adopted."
        yield brought.failed("edition", what, "framework")
        return
    if case.ref == REGISTER:
        return
    if record.kind in REGISTER_KINDS:
        what = "This is a record of the register, and no case holds one."
        yield brought.failed("rules", what)
    known = case.known_to(record.id)
    due = known.records[0].framework if known.records else _new(brought, record, world)
    if due is not None and record.framework != due:
        what = "The record names another framework edition than its case is on."
        yield brought.failed("edition", what, "framework")
    yield from _refused(record, brought, known, edition)
    yield from _answers(record, brought, known, edition, world)


def _new(brought: Brought, record: Record, world: World) -> object:
    """The edition that a case's first record was to name."""
    wanted = world.edition_for_new_cases(brought.by, london_day(record.recorded_at))
    used = record.framework
    return type(used)(edition=wanted.edition, sha256=wanted.sha256) if wanted else None


def _refused(record: Record, brought: Brought, known: Case, edition: Framework) -> Iterator[Finding]:
    refusal = refusal_of(record, known, edition)
    if refusal is not None:
        what = f"The rules did not allow this step: {refusal.reason}"
        yield brought.failed("rules", what)
    if why := wrongly_replaces(record, known):
        what = f"This record could not take the place of another: {why}."
        yield brought.failed("replacing", what, "replaces")


def _answers(record: Record, brought: Brought, known: Case, edition: Framework, world: World) -> Iterator[Finding]:
    place = brought.by.place
    around = Surroundings(
        case=known,
        framework=edition,
        today=london_day(record.recorded_at),
        officers=world.roster.officers(place),
        cases=CasesBefore(world.ledger, place),
    )
    for path, why in wrong_with(record, around, world.calendar_for(edition)):
        what = f"An answer would have been refused: {_first_sentence(why)}."
        yield brought.failed("answers", what, _field(path))


def _first_sentence(why: str) -> str:
    return why.split(". ")[0].split(": ")[0].rstrip(".")


def _field(path: FieldPath) -> str:
    """The field's name; entries of lists by their number, keys of an answer's own left out."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def work_out(case: Case, world: World) -> list[Due]:
    """The deadlines of a case that can be late, as they stand on the day of the verification."""
    edition = world.edition_of(case.records[0]) if case.records else None
    if edition is None:
        return []
    standing = Standing(case, edition, world.today, world.calendar_for(edition))
    return [_due(one, standing) for one in standing.deadlines if one.can_be_late]


def _due(one: Deadline, standing: Standing) -> Due:
    record = standing.case.by_id.get(one.met_by)
    return Due(
        case=one.case,
        deadline=one.id,
        title=one.rule.title,
        started_on=one.started_on,
        started_by=one.started_by,
        due_on=one.due_on,
        done_on=one.met_on if one.is_met else None,
        done_by=one.met_by if one.is_met else "",
        recorded_on=london_day(record.recorded_at) if record and one.is_met else None,
        state=one.state,
        late_by=standing.working_days_late(one) if one.was_missed(standing.today) else None,
        force=one.force,
        source=one.source,
        edition=standing.framework.edition,
        provisional=one.provisional,
    )


def look_at_delays(case: Case, files: Sequence[CaseFile], found: Sequence[Due], world: World) -> Iterator[Finding]:
    """Entries written down late, out of order, or only after a deadline that they meet by their own date."""
    brought = {file.record.id: file.brought for file in files if file.record}
    for one in found:
        if one.state == "met" and one.due_on and one.recorded_on and one.recorded_on > one.due_on:
            what = "By its own date this was in time, but it was written down only after the last day."
            yield brought[one.done_by].noted("after-the-day", what, "happened_on", "recorded_at")
    for record in case.records:
        if record.out_of_order:
            what = "This was recorded out of order; the reason is in the record."
            yield brought[record.id].noted("out-of-order", what, "out_of_order")
        elif days := _days_late(record, world):
            what = f"This was written down {days} working days after it happened."
            yield brought[record.id].noted("late-entry", what, "happened_on", "recorded_at")


def _days_late(record: Record, world: World) -> int:
    """How many working days an entry came after what it is about, if that is long; 0 if not.

    A correction repeats the date of what it corrects, so it is never late.
    """
    edition = world.edition_of(record)
    written_on = london_day(record.recorded_at)
    if edition is None or record.replaces or (written_on - record.happened_on).days <= world.long_after:
        return 0
    days = world.calendar(edition).between(record.happened_on, written_on)
    return days if days > world.long_after else 0
