"""Private drafts of steps that were not finished, kept outside every repository."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from sptool.store.disk import private_folder, write_private
from sptool.store.own import own_folder

MOST = 20
"""How many drafts of one step are kept."""
AS_TYPED = "as typed"
REPLACING = ("correction", "withdrawal")


def keep_draft(folder_root: Path, case: str, kind: str, content: bytes) -> Path:
    """Keeps what was answered so far, readable by this user only; an older draft of the same step is replaced.

    Args:
        case: the case's reference; empty for a case that has none yet.
        content: the answers, as YAML.
    """
    place = _place(folder_root, case, kind)
    private_folder(place.parent).chmod(0o700)
    write_private(place, content)
    return place


def find_draft(folder_root: Path, case: str, kind: str) -> Path | None:
    """The draft of a step, if one was kept."""
    place = _place(folder_root, case, kind)
    return place if place.is_file() else None


def drop_draft(folder_root: Path, case: str, kind: str) -> None:
    """Forgets the draft of a step, once it is recorded or no longer wanted."""
    _place(folder_root, case, kind).unlink(missing_ok=True)


def numbered(step: str, number: int) -> str:
    """The name that a draft of a step is filed under, by its number.

    Args:
        step: the kind of record; or how one is replaced and which; either may be marked as kept as typed.
        number: counted from 1.
    """
    return step if number == 1 else f"{step} {number}"


def drop_drafts(folder_root: Path, case: str, kinds: Iterable[str], records: Iterable[str]) -> None:
    """Forgets every draft of a case, whoever wrote it: its particulars are destroyed."""
    folder = _place(folder_root, case, "").parent
    kept = {place.name for place in folder.iterdir()} if folder.is_dir() else set()
    for step in _steps(kinds, records):
        place = _place(folder_root, case, step)
        if place.name in kept:
            place.unlink(missing_ok=True)


def _steps(kinds: Iterable[str], records: Iterable[str]) -> Iterator[str]:
    replacing = (f"{how} {record}" for record in records for how in REPLACING)
    for step in (*kinds, *replacing):
        for name in (step, f"{step} {AS_TYPED}"):
            yield from (numbered(name, number) for number in range(1, MOST + 1))


def _place(folder_root: Path, case: str, kind: str) -> Path:
    # A hash, so that a listing of the folder says nothing about any case.
    key = "\0".join((str(folder_root.resolve()), case, kind)).encode(errors="surrogateescape")
    return own_folder("drafts") / f"{hashlib.sha256(key).hexdigest()[:32]}.yaml"
