"""Private drafts of steps that were not finished, kept outside every repository."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from sptool.store.disk import private_folder, write_private


def keep_draft(folder_root: Path, case: str, kind: str, content: bytes) -> Path:
    """Keeps what was answered so far, readable by this user only; an older draft of the same step is replaced.

    Args:
        folder_root: the case folder.
        case: the case's reference; empty for a case that has none yet.
        kind: the kind of record.
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


def _place(folder_root: Path, case: str, kind: str) -> Path:
    # A hash, so that a listing of the folder says nothing about any case.
    key = "\0".join((str(folder_root.resolve()), case, kind)).encode(errors="surrogateescape")
    return _state_folder() / "sptool" / "drafts" / f"{hashlib.sha256(key).hexdigest()[:32]}.yaml"


def _state_folder() -> Path:
    """Where programs of this user keep what should outlive a session, by the custom of the system."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    named = Path(os.environ.get("XDG_STATE_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "state"
