"""The history of a case, step by step: in time or late, put right, new since a decision, in conflict.

The same for the screen, for tables and for the document; each only says it in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from sptool.records.case import Case
from sptool.records.header import HEADER, Record
from sptool.records.plain import to_plain
from sptool.text.plain import Plain
from sptool.workflow.another_look import Look, decisions_as_written, is_new_to, looks
from sptool.workflow.conflicts import PastConflict, every_conflict
from sptool.workflow.deadlines import Deadline
from sptool.workflow.standing import Standing
from sptool.workflow.state import Decision, root_of
from sptool.workflow.steps import RULES


@dataclass(frozen=True)
class Timing:
    """How timely a step was for one deadline that can be late.

    Args:
        working_days: how many working days after the last day: negative before it, 0 on it; None if nobody can say.
    """

    deadline: Deadline
    working_days: int | None

    @property
    def is_late(self) -> bool:
        """Whether it came after the last day."""
        return self.working_days is not None and self.working_days > 0


@dataclass(frozen=True)
class Changed:
    """One answer that a record puts right or gives afresh.

    Args:
        was: the answer before, None if there was none.
        now: the answer now, None if there is none.
    """

    field: str
    question: str
    was: Plain
    now: Plain


@dataclass(frozen=True)
class StepTaken:
    """One step of a case, with all that makes its place in the history.

    Args:
        number: its place, counted from 1.
        timings: the deadlines that it met.
        replaces: the record whose place it takes.
        changed: the answers in which it differs from that one; none for a withdrawal.
        replaced_by: the record that took its place.
        new_since: the decisions taken by somebody who could not know this new information.
        shakes: the decisions that needed another look because of it.
        ends: the looks that it ended.
    """

    number: int
    record: Record
    timings: tuple[Timing, ...]
    replaces: Record | None
    changed: tuple[Changed, ...]
    replaced_by: Record | None
    new_since: tuple[Decision, ...]
    shakes: tuple[Look, ...]
    ends: tuple[Look, ...]
    conflicts: tuple[PastConflict, ...]
    settles: PastConflict | None


@dataclass(frozen=True)
class History:
    """The history of a case.

    Args:
        standing: the case as it stands on the day from which it is seen.
    """

    standing: Standing

    @property
    def case(self) -> Case:
        return self.standing.case

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """Every time a decision needed another look."""
        return looks(self.case)

    @cached_property
    def conflicts(self) -> tuple[PastConflict, ...]:
        """Every conflict, open or settled."""
        return every_conflict(self.case, self.standing.framework, RULES)

    @cached_property
    def steps(self) -> tuple[StepTaken, ...]:
        """Every step, each after all that its writer knew."""
        return tuple(self._step(number, record) for number, record in enumerate(self.case.records, 1))

    @property
    def missed(self) -> tuple[Timing, ...]:
        """The deadlines that are late and still open."""
        return tuple(self._timing(one) for one in self.standing.deadlines if one.is_late(self.standing.today))

    @property
    def stopped(self) -> tuple[Deadline, ...]:
        """The deadlines that were stopped: neither met nor missed."""
        return tuple(one for one in self.standing.deadlines if one.state == "stopped" and one.can_be_late)

    def _step(self, number: int, record: Record) -> StepTaken:
        case = self.case
        earlier = case.by_id.get(record.replaces.record) if record.replaces else None
        return StepTaken(
            number=number,
            record=record,
            timings=tuple(self._timings(record)),
            replaces=earlier,
            changed=changes(earlier, record) if earlier and type(earlier) is type(record) else (),
            replaced_by=case.replacements.get(record.id),
            new_since=tuple(_new_since(case, record)),
            shakes=tuple(look for look in self.looks if look.because.id == record.id),
            ends=tuple(look for look in self.looks if look.ended_by and look.ended_by.id == record.id),
            conflicts=tuple(one for one in self.conflicts if record.id in (one.first.id, one.second.id)),
            settles=next((one for one in self.conflicts if one.settled_by and one.settled_by.id == record.id), None),
        )

    def _timings(self, record: Record) -> Iterator[Timing]:
        for deadline in self.standing.deadlines:
            if deadline.met_by == record.id and deadline.is_met and deadline.rule.can_be_late:
                yield self._timing(deadline)

    def _timing(self, deadline: Deadline) -> Timing:
        return Timing(deadline, self.standing.working_days_late(deadline))


def changes(earlier: BaseModel, later: BaseModel) -> tuple[Changed, ...]:
    """The answers in which two records of one kind differ, field by field; without what the program wrote itself."""
    was, now = to_plain(earlier), to_plain(later)
    fields = type(later).model_fields
    return tuple(
        Changed(name, fields[name].title or name.replace("_", " ").capitalize(), was.get(name), now.get(name))
        for name in fields
        if name not in HEADER and was.get(name) != now.get(name)
    )


def _new_since(case: Case, record: Record) -> Iterator[Decision]:
    if root_of(case, record.id) == record.id:
        for decision in decisions_as_written(case):
            if is_new_to(case, decision, record) and not _given_up(case, decision, record):
                yield decision


def _given_up(case: Case, decision: Decision, record: Record) -> bool:
    """Whether whoever wrote a record knew that the decision no longer stood."""
    known = case.known_to(record.id)
    return decision.id in known.set_aside or any(
        one.replaces and one.replaces.kind != "correction" and root_of(known, one.replaces.record) == decision.id
        for one in known.records
    )
