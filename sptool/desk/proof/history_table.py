"""The history of a case as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re

from sptool.desk.proof.looking_back import LookedBack, before_and_after, days_later
from sptool.workflow.history import StepTaken
from sptool.workflow.subjects import step_title
from sptool.workflow.telling import consequences, decided_by, position_told, replacing

_FORMULA = re.compile(r"[=+\-@\t\r\n]")
"""How a cell begins that a spreadsheet may take for a formula (OWASP, CSV injection)."""

COLUMNS = (
    *("case", "step", "recorded_at", "recorded_by", "happened_on", "days_later", "kind", "what"),
    *("decided_by", "decided_on", "positions", "dissent", "deadlines_met", "last_days", "in_time", "working_days_late"),
    *("sources", "replaces", "as", "before_and_after", "notes", "out_of_order", "record", "commit"),
)


def history_table(told: LookedBack) -> bytes:
    """The table: UTF-8, a row of headings, one row for each step."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for step in told.steps:
        row = _row(step, told)
        writer.writerow([harmless(row.get(column, "")) for column in COLUMNS])
    return written.getvalue().encode()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe goes before what could be a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _row(step: StepTaken, told: LookedBack) -> dict[str, str]:
    record = step.record
    return {
        "case": record.case,
        "step": str(step.number),
        "recorded_at": f"{record.recorded_at:%Y-%m-%dT%H:%M:%SZ}",
        "recorded_by": record.recorded_by,
        "happened_on": record.happened_on.isoformat(),
        "days_later": str(days_later(record)),
        "kind": record.kind,
        "what": step_title(record),
        **_decided(step, told),
        **_timely(step),
        "replaces": record.replaces.record if record.replaces else "",
        "as": record.replaces.kind if record.replaces else "",
        "before_and_after": _changes(step, told),
        "notes": " ".join((*replacing(step), *consequences(step, lambda day: day.isoformat()))),
        "out_of_order": record.out_of_order or "",
        "record": record.id,
        "commit": told.commit(record),
    }


def _decided(step: StepTaken, told: LookedBack) -> dict[str, str]:
    positions = getattr(step.record, "positions", ())
    return {
        "decided_by": decided_by(step.record),
        "decided_on": step.record.happened_on.isoformat() if decided_by(step.record) else "",
        "positions": "; ".join(position_told(one, told.standing.framework) for one in positions),
        "dissent": getattr(step.record, "dissent", None) or "",
    }


def _timely(step: StepTaken) -> dict[str, str]:
    """The deadlines that a step met; where there are several, their parts stand in the same order."""
    met = step.timings
    return {
        "deadlines_met": "; ".join(one.deadline.title for one in met),
        "last_days": "; ".join(str(one.deadline.due_on or "unknown") for one in met),
        "in_time": "; ".join("unknown" if one.working_days is None else "no" if one.is_late else "yes" for one in met),
        "working_days_late": "; ".join(
            "unknown" if one.working_days is None else str(max(one.working_days, 0)) for one in met
        ),
        "sources": " / ".join(one.deadline.source for one in met),
    }


def _changes(step: StepTaken, told: LookedBack) -> str:
    return " | ".join(
        f"{one.question} was: {'; '.join(one.was)} now: {'; '.join(one.now)}"
        for one in before_and_after(step.replaces, step.record, told.standing.framework)
    )
