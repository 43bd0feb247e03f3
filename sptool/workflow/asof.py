"""A case as it was known at a moment: a subset of its records, nothing worked out again from memory."""

from __future__ import annotations

from datetime import UTC, datetime

from sptool.records.case import Case, UnreadRecord

_STAMP = "%Y-%m-%d-%H%M%SZ"
_STAMP_LENGTH = len("2026-03-02-091407Z")


def known_by(case: Case, moment: datetime) -> Case:
    """The case as it had been recorded before a moment; also what can't be read, by the time in its file's name.

    Args:
        moment: the first moment that is left out, UTC.
    """
    unread = tuple(item for item in case.unread if _stamp(item) < moment)
    return Case(case.ref, case.recorded_before(moment).records, unread)


def _stamp(item: UnreadRecord) -> datetime:
    """When an unreadable record was recorded; the earliest moment there is if its name doesn't say."""
    name = item.path.rpartition("/")[2]
    try:
        return datetime.strptime(name[:_STAMP_LENGTH], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
