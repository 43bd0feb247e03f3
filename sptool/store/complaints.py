"""What git said when it could not do something, as a line that names the cause, and what to do about it."""

from __future__ import annotations

import re

from sptool.text.prose import for_screen

_LOCK = re.compile(r"\.git/(?P<file>\S+?\.lock)': File exists")
_CONFIG_LOCK = re.compile(r"could not lock config file \.git/(?P<file>config): File exists")
_LOG = re.compile(r"'(?:[^'\n]*/)?\.git/(?P<file>logs/[^'\n]+)'")
_FULL = re.compile(r"No space left on device|Disk quota exceeded")
_REMEDIES = (
    (_FULL, "Make room on the disk."),
    (
        _LOCK,
        "Wait until the other git program is done. If none is running: delete .git/{file} in the case folder.",
    ),
    (
        _CONFIG_LOCK,
        "Wait until the other git program is done. If none is running: delete .git/{file}.lock in the case folder.",
    ),
    (
        _LOG,
        "git can't write to .git/{file} in the case folder, where it notes what it did. Move away what stands there, "
        "or make it writable; git begins it anew.",
    ),
)


def cause_of(said: str) -> str:
    """The line in which git names the cause; what follows it is advice that names no file.

    Args:
        said: everything that git answered.
    """
    lines = [line for line in said.strip().splitlines() if line.strip()]
    named = (line for line in lines if line.startswith(("fatal: ", "error: ")))
    return for_screen(next(named, lines[-1] if lines else "no reason given"))


def remedy_for(said: str) -> str:
    """What to do about it.

    Args:
        said: everything that git answered.
    """
    for pattern, remedy in _REMEDIES:
        if found := pattern.search(said):
            return remedy.format(**{name: for_screen(text) for name, text in found.groupdict().items()})
    return "To look into it: git fsck --strict"
