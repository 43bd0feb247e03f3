"""What is said of all that stands among the records of a case and is not taken up: the same wherever it is said."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.records.case import Case
from sptool.records.placing import UnreadRecord


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
