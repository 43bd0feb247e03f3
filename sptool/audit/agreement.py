"""Whether a record and the commit that brought it say the same, and whether commits are dated in their order."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from datetime import UTC, datetime

from sptool.audit.findings import Difference, Finding
from sptool.audit.history import RawCommit
from sptool.audit.ledger import Brought, Made, Roster
from sptool.records.case import Case, UnreadRecord
from sptool.records.header import Record
from sptool.records.placing import ROUND, place_of
from sptool.records.plain import to_plain
from sptool.records.references import is_record_id
from sptool.records.register import OfficerAdded
from sptool.text.yaml_writing import is_as_written
from sptool.workflow.subjects import commit_message

_CLOCKS_APART = 300  # seconds by which two officers' clocks may differ: no step is backdated by so little


def look_at_agreement(record: Record, content: bytes, brought: Brought, roster: Roster) -> Iterator[Finding]:
    """Where a record differs from its commit, its place and its own bytes."""
    yield from _message(record, brought)
    yield from _author(record, brought, roster)
    yield from _date(record, brought)
    yield from _place(record, brought)
    if not is_as_written(to_plain(record), content):
        what = "This record says nothing else, but is not written byte for byte as sptool writes it."
        yield brought.failed("written", what)


def _message(record: Record, brought: Brought) -> Iterator[Finding]:
    said = brought.by.message
    should_be = commit_message(record)
    if not brought.by.founds and said != should_be:
        odd = Difference("message", should_be.strip(), said.strip())
        yield brought.failed("message", "The commit's message does not say what its record says.", odd)


def _author(record: Record, brought: Brought, roster: Roster) -> Iterator[Finding]:
    author = brought.by.author
    officer = _officer_then(record, brought, roster)
    if officer is None:
        odd = Difference("recorded_by", "", record.recorded_by)
        yield brought.failed("author", "The record names an officer who was not in the register by then.", odd)
        return
    if officer.email.casefold() != author.email.casefold():
        odd = Difference("author email", officer.email, author.email)
        what = "The commit's author is not the officer whom the record names."
        yield brought.failed("author", what, odd)
    elif officer.name != author.name:
        odd = Difference("author name", officer.name, author.name)
        what = "The commit's author has another name than the register has for this e-mail address."
        yield brought.noted("author-name", what, odd)


def _officer_then(record: Record, brought: Brought, roster: Roster) -> OfficerAdded | None:
    """The entry of the officer whom a record names. One who adds themselves is known by that very entry only."""
    if not isinstance(record, OfficerAdded):
        return roster.officers(brought.by.place).get(record.recorded_by)
    entries = roster.at(brought.by.place).all(OfficerAdded)
    own = [entry for entry in entries if entry.officer == record.recorded_by]
    before = [entry for entry in own if entry.id != record.id] or own
    return before[-1] if before else None


def look_at_authors(made: Sequence[Made], roster: Roster) -> Iterator[Finding]:
    """Whether commits that brought no record are at least by officers of the register."""
    for by in made:
        addresses = {officer.email.casefold() for officer in roster.officers(by.place).values()}
        if by.author.email.casefold() not in addresses:
            what = "The commit's author was not in the register by then."
            yield Finding("author", "failed", what, by.id, "", ("author email",))


def _date(record: Record, brought: Brought) -> Iterator[Finding]:
    if int(record.recorded_at.timestamp()) != brought.by.author.at:
        said = moment(brought.by.author.at)
        odd = Difference("recorded_at", f"{record.recorded_at:%Y-%m-%dT%H:%M:%SZ}", said)
        yield brought.failed("date", "The commit's date is not the moment at which the record was made.", odd)


def moment(at: int) -> str:
    """A number of seconds since 1970 as a moment."""
    try:
        return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, OSError, ValueError):
        return "no date"


def _place(record: Record, brought: Brought) -> Iterator[Finding]:
    should_be = place_of(record)
    if brought.path != should_be:
        odd = Difference("path", should_be, brought.path)
        yield brought.failed("place", "The record's file does not stand where the record says.", odd)


def look_at_past(records: Sequence[tuple[Record | UnreadRecord, Brought]], case: Case) -> Iterator[Finding]:
    """Whether each record of a case names exactly the newest records that its commit's ancestors hold.

    Args:
        records: every record of one case, in the order of the history.
    """
    apart = {item.path: item for item in case.unread}
    # What has no place in the case names only what counts: no writer took it for the past of anything else.
    counted = [apart.get(brought.path, record) for record, brought in records]
    for number, (record, brought) in enumerate(records):
        place = brought.by.place
        before = zip(counted[:number], records[:number], strict=True)
        earlier = [one for one, (_, other) in before if place.follows(other.by.place)]
        newest = newest_of(earlier)
        if tuple(sorted(record.after)) == newest:
            continue
        odd = Difference("after", ", ".join(newest), ", ".join(record.after))
        there = {one.id for one in earlier}
        missing = any(named not in there for named in record.after)
        yield brought.failed("after", _wrong_past(apart.get(brought.path), missing), odd)


def _wrong_past(apart: UnreadRecord | None, missing: bool) -> str:
    if apart is not None and apart.why == ROUND:
        return f"This record has no place in its case: {ROUND}."
    if missing:
        return "The record names an earlier one that the history before it does not hold."
    return "The record does not name the newest records that the history before it holds."


def newest_of(known: Sequence[Record | UnreadRecord]) -> tuple[str, ...]:
    """What the next record was to name in `after`: the records that no other names, but not what has no id."""
    named = {earlier for record in known for earlier in record.after}
    return tuple(sorted({record.id for record in known if record.id not in named and is_record_id(record.id)}))


def look_at_times(commit: RawCommit, dated: MutableMapping[str, int], now: datetime) -> Iterator[Finding]:
    """A commit dated before one that it follows, or in the future.

    Args:
        dated: when each earlier commit was made, as claimed; this one is added.
    """
    at = commit.committer.at
    dated[commit.id] = at
    latest = max((dated[parent] for parent in commit.parents if parent in dated), default=at)
    if at < latest - _CLOCKS_APART:
        odd = Difference("date", f"not before {moment(latest)}", moment(at))
        what = "This commit is dated before one that it follows."
        yield Finding("backwards", "failed", what, commit.id, "", ("date",), (odd,))
    if at > int(now.timestamp()) + _CLOCKS_APART:
        odd = Difference("date", f"not after {moment(int(now.timestamp()))}", moment(at))
        yield Finding("future", "failed", "This commit is dated in the future.", commit.id, "", ("date",), (odd,))
