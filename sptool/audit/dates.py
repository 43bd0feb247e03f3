"""Every duty, guidance and framework deadline worked out again, and entries written down long after they happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sptool.audit.findings import Due, Finding
from sptool.audit.ledger import World, london_day
from sptool.audit.replay import CaseFile
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.workflow.deadlines import Deadline
from sptool.workflow.standing import Standing


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
