"""Every conflict that a case ever had, and how each was settled. `conflicts` says which are open now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sptool.framework.models import Framework
from sptool.records.anytime import Resolution
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.workflow.conflicts import conflicts
from sptool.workflow.refusals import Rule


@dataclass(frozen=True)
class PastConflict:
    """Two records that could not both stand.

    Args:
        first: the one that comes first in the order of the case.
        why: why not, in one sentence; empty if the rules no longer say.
        settled_by: the record that says which stands; None while it is open.
    """

    first: Record
    second: Record
    why: str
    settled_by: Resolution | None

    def other(self, record: Record) -> Record:
        """The record that one of the two conflicts with."""
        return self.second if record.id == self.first.id else self.first


def every_conflict(case: Case, framework: Framework, rules: Mapping[str, Rule]) -> tuple[PastConflict, ...]:
    """Every conflict of a case, the settled ones first."""
    still_open = (PastConflict(one.first, one.second, one.why, None) for one in conflicts(case, framework, rules))
    return (*_settled(case, framework, rules), *still_open)


def _settled(case: Case, framework: Framework, rules: Mapping[str, Rule]) -> Iterator[PastConflict]:
    for resolution in case.all(Resolution):
        pair = {resolution.stands, resolution.set_aside}
        known = [record for record in case.records if record.id in pair]
        if len(known) == len(pair) == 2:
            found = conflicts(case.known_to(resolution.id), framework, rules)
            why = next((one.why for one in found if {one.first.id, one.second.id} == pair), "")
            yield PastConflict(known[0], known[1], why, resolution)
