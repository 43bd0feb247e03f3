"""The screen of one record; a corrected one and its correction side by side, field by field."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.cli.wording import Part, at_moment, labelled, laid_out, part, wrapped
from sptool.desk.as_data.case import record_row
from sptool.desk.in_words import Answered, answers_of, marks_of
from sptool.desk.standings import Standing
from sptool.records.anytime import Withdrawal
from sptool.records.header import Record
from sptool.text.english import british
from sptool.text.plain import Plain
from sptool.workflow.subjects import step_title

_PAIRED = {"correction": "Correction", "reconsideration": "Reconsideration", "withdrawal": "Withdrawal"}


def record_parts(record: Record, standing: Standing) -> list[Part]:
    """A record, and beside it what it replaces and what replaced it."""
    parts = part(step_title(record).capitalize(), [*_header(record, standing), *_body(record, standing)])
    for earlier, later in _pairs(record, standing):
        parts += part(_pair_title(earlier, later), _side_by_side(earlier, later, standing))
    return parts


def _header(record: Record, standing: Standing) -> Iterator[str]:
    yield from labelled("Record", f"{record.id} ({record.record})")
    yield from labelled("Happened", british(record.happened_on))
    yield from labelled("Recorded", f"{at_moment(record.recorded_at)} by {record.recorded_by}")
    yield from labelled("Framework", f"edition {record.framework.edition}")
    yield from labelled("Marks", "; ".join(marks_of(record, standing)))
    if record.private:
        yield from labelled("Particulars", f"kept apart: sptool show {record.case} --record {record.id} --identify")


def _body(record: Record, standing: Standing) -> Iterator[str]:
    for answered in answers_of(record, standing.framework):
        if answered.field != "happened_on":
            yield from laid_out(answered, indent=0)


def _pairs(record: Record, standing: Standing) -> list[tuple[Record, Record]]:
    """The record with the one that it replaces, and with the one that replaced it."""
    case, pairs = standing.case, []
    earlier = case.by_id.get(record.replaces.record) if record.replaces else None
    if earlier is not None:
        pairs.append((earlier, record))
    if record.id in case.replacements:
        pairs.append((record, case.replacements[record.id]))
    return pairs


def _pair_title(earlier: Record, later: Record) -> str:
    kind = _PAIRED[later.replaces.kind] if later.replaces else ""
    return f"{kind}: {earlier.id} was replaced by {later.id}"


def _side_by_side(earlier: Record, later: Record, standing: Standing) -> Iterator[str]:
    if later.replaces:
        yield from labelled("Reason", later.replaces.reason)
        yield from labelled("Asked by", later.replaces.asked_by or "")
    yield from labelled("Recorded", f"{at_moment(later.recorded_at)} by {later.recorded_by}")
    if isinstance(later, Withdrawal):
        yield from wrapped("It does not belong to this case. What it said stays readable under its own id.", indent=0)
        return
    was, now = _by_field(earlier, standing), _by_field(later, standing)
    changed = [field for field in {**was, **now} if _lines(was, field) != _lines(now, field)]
    for field in changed:
        yield from _was_and_now(was.get(field), now.get(field))
    same = [answered.question for field, answered in now.items() if field not in changed]
    if same:
        yield from wrapped("The same in both:", indent=0)
        for question in same:
            yield from wrapped(question)


def _by_field(record: Record, standing: Standing) -> dict[str, Answered]:
    return {answered.field: answered for answered in answers_of(record, standing.framework)}


def _lines(answers: dict[str, Answered], field: str) -> tuple[str, ...]:
    return answers[field].lines if field in answers else ()


def _was_and_now(was: Answered | None, now: Answered | None) -> Iterator[str]:
    known = now or was
    yield from wrapped(known.question if known else "", indent=0)
    for label, answered in (("was", was), ("now", now)):
        lines = answered.lines if answered else ("not answered",)
        for at, line in enumerate(lines):
            yield from wrapped(f"{label if at == 0 else '':<5}{line}", hanging=5)


def record_data(record: Record, standing: Standing) -> dict[str, Plain]:
    """A record for other programs, with what it replaces and what replaced it."""
    data = {"case": record.case, "as_of": None, **record_row(record.id, standing)}
    data["beside"] = [
        dict[str, Plain](record_row(other.id, standing))
        for pair in _pairs(record, standing)
        for other in pair
        if other.id != record.id
    ]
    return data
