"""What a case's erasures took: the records whose particulars are lawfully erased."""

from __future__ import annotations

from collections.abc import Mapping

from sptool.records.case import Case
from sptool.records.closing import Erasure, LegalHold


def erased(case: Case) -> Mapping[str, Erasure]:
    """The ids of the records whose particulars are erased, each with the erasure that says so: the first of several.

    An erasure takes everything that its writer had. It is never corrected or withdrawn, since what is gone is gone:
    whatever else claims to take its place changes nothing.
    """
    found: dict[str, Erasure] = {}
    for record in case.records:
        if isinstance(record, Erasure) and not record.replaces:
            for taken in (*case.pasts.get(record.id, ()), record.id):
                found.setdefault(taken, record)
    return found


def is_on_hold(case: Case) -> bool:
    """Whether a legal hold is in place."""
    hold = case.latest(LegalHold)
    return hold is not None and hold.hold == "placed"
