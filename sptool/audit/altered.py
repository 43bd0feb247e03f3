"""Which fields of a recorded file were changed by a later commit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sptool.audit.findings import Difference, Finding
from sptool.audit.history import Change
from sptool.errors import UnfitFile
from sptool.store.git import Git
from sptool.store.streaming import stream_objects
from sptool.text.plain import Plain
from sptool.text.yaml import read_plain

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


def explained(git: Git, altered: Mapping[tuple[str, str], Change]) -> Iterator[Finding]:
    """What changed in each file that was recorded and altered.

    Args:
        altered: the changes, by commit and path.
    """
    ids = [oid for change in altered.values() for oid in (change.before, change.now)]
    contents = [content for _, content in stream_objects(git, ids)]
    for number, ((commit, path), _) in enumerate(altered.items()):
        before, now = _fields(contents[2 * number]), _fields(contents[2 * number + 1])
        odd = tuple(
            Difference(name, str(before.get(name, "")), str(now.get(name, "")))
            for name in dict.fromkeys((*before, *now))
            if before.get(name) != now.get(name)
        )
        what = "Something recorded was changed by this commit."
        yield Finding("unchanged", "failed", what, commit, path, tuple(one.field for one in odd), odd)


def _fields(content: bytes) -> Mapping[str, Plain]:
    try:
        data = read_plain(content, "record")
    except UnfitFile:
        return {}
    known = data if isinstance(data, dict) else {}
    # What stands in the place of a field's name may be anything; only what can be one is shown.
    return {name if _NAME.fullmatch(name) else "no field's name": value for name, value in known.items()}
