"""What is said beside a record wherever it is shown: that it was corrected, withdrawn, recorded out of order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sptool.desk.clock import LONDON
from sptool.desk.standings import Standing
from sptool.records.header import Record
from sptool.text.english import british

_REPLACED = {"correction": "corrected", "reconsideration": "reconsidered", "withdrawal": "withdrawn"}
_REPLACING = {"correction": "corrects", "reconsideration": "reconsiders", "withdrawal": "withdraws"}


def _when(replacing: Record) -> date:
    """The day on which a record took another's place: a correction has the day of what it corrects as its own."""
    afresh = replacing.replaces is not None and replacing.replaces.kind == "reconsideration"
    return replacing.happened_on if afresh else replacing.recorded_at.astimezone(LONDON).date()


def marks_of(record: Record, standing: Standing) -> Iterator[str]:
    """Everything to be said beside a record, each a few words."""
    if record.out_of_order:
        yield "recorded out of order"
    if record.replaces:
        yield f"{_REPLACING[record.replaces.kind]} {record.replaces.record}"
    following = standing.case.replacements.get(record.id)
    if following is not None and following.replaces:
        yield f"{_REPLACED[following.replaces.kind]} on {british(_when(following))} by {following.id}"
    if record.id in standing.case.set_aside:
        yield "set aside when a conflict was settled"
    for pair in standing.conflicts:
        if record.id in (pair.first.id, pair.second.id):
            other = pair.second if record.id == pair.first.id else pair.first
            yield f"conflicts with {other.id}"
