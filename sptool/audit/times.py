"""Whether commits are dated in the order in which they were made."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from datetime import datetime

from sptool.audit.agreement import moment
from sptool.audit.commits import RawCommit
from sptool.audit.findings import Difference, Finding

_CLOCKS_APART = 300  # seconds by which two officers' clocks may differ: no step is backdated by so little


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
