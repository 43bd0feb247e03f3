"""What a step is called in plain words, and what is not taken up: coded facts only, never an officer's words."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.placing import UnreadRecord


def in_words(code: object) -> str:
    """A code as people read it: `do-not-notify` is "do not notify"."""
    return str(code).replace("-", " ")


def step_title(record: Record) -> str:
    """A record in plain words, such as "notification decision: notify"."""
    said = [_spoken(getattr(record, name)) for name in record.in_subject]
    title = ": ".join([record.title, *(word for word in (", ".join(filter(None, said)),) if word)])
    if record.replaces and record.replaces.kind != "withdrawal":
        return f"{record.replaces.kind}: {title}"
    return title


def _spoken(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(in_words(entry) for entry in value)
    return in_words(value) if value is not None else ""


def commit_message(record: Record) -> str:
    """The message of a step's commit: a plain subject, and trailers for machines. Nothing identifying."""
    trailers = {"Case": record.case, "Step": record.kind, "Record": record.id}
    decided_by = getattr(record, "decided_by", None)
    if decided_by:
        trailers |= {"Decided-By": decided_by, "Decided-On": record.happened_on.isoformat()}
    lines = "\n".join(f"{name}: {value}" for name, value in trailers.items())
    return f"{record.case}: {step_title(record)}\n\n{lines}\n"


def untaken_records(case: Case) -> tuple[UnreadRecord, ...]:
    """The records that can't be read, or have no place in the case."""
    return tuple(item for item in case.unread if item.is_record)


def files_told(case: Case) -> str:
    """That there are files among the records that are none, and why; nothing where there are none. A file's name
    may be anything, and is not told.
    """
    reasons = [item.why for item in case.unread if not item.is_record]
    if not reasons:
        return ""
    files = "1 file among the records is" if len(reasons) == 1 else f"{len(reasons)} files among the records are"
    return f"{files} not taken up: {'; '.join(sorted(set(reasons)))}."


def untaken_told(case: Case) -> Iterator[str]:
    """Everything that is not taken up, a sentence for each record and one for all other files."""
    for item in untaken_records(case):
        yield f"Record {item.id} can't be {item.how}: {item.why}"
    if files := files_told(case):
        yield files
