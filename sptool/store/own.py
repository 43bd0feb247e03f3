"""Where sptool keeps what is this user's own, outside every case folder: whoever passes a folder on can't write it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from sptool.store.disk import private_folder


def own_folder(name: str) -> Path:
    """A folder for what is this user's; it may not be there yet.

    Args:
        name: what for, such as `drafts`.

    Raises:
        OSError: the user has no home.
    """
    try:
        return _state_folder() / "sptool" / name
    except RuntimeError as error:  # what Python says of a user without a home
        raise OSError from error


def is_own(folder: Path) -> bool:
    """Whether a folder is there, and nobody but this user can write in it."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    if sys.platform == "win32":  # where folders below the user's own are private by other means
        return stat.S_ISDIR(found.st_mode)
    return stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o022 and found.st_uid == os.geteuid()


def made_own(folder: Path) -> Path:
    """The folder, made if it is missing; if others could write in it, nothing of what is there counts any more.

    Raises:
        OSError: it can't be made this user's own.
    """
    private_folder(folder)
    if not is_own(folder):
        if folder.is_symlink():
            raise PermissionError
        folder.chmod(0o700)
        for left in folder.iterdir():
            left.unlink()
    return folder


def _state_folder() -> Path:
    """Where programs of this user keep what should outlive a session, by the custom of the system."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    named = Path(os.environ.get("XDG_STATE_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "state"
