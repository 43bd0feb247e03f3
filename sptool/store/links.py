"""Links that lead out of a folder: what somebody else put there must not make sptool write or delete elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sptool.errors import UnfitFolder
from sptool.text.prose import for_screen

_STANDS_FOR_ANOTHER = 0x20000000  # IsReparseTagNameSurrogate; a file that a cloud drive fetches later doesn't
_NOT_WRITTEN_BY_GIT = ("hooks", "sptool")  # at least not as sptool runs it; what lies in the other has its own rules
_ANOTHER_REPOSITORY = "commondir"  # has git take the refs and objects of the repository that it names


def leads_elsewhere(place: Path) -> bool:
    """Whether a link stands at a place: a symbolic one, or on Windows a junction or the like."""
    try:
        found = place.lstat()
    except OSError:
        return False
    return is_link(found.st_mode, getattr(found, "st_reparse_tag", 0))


def is_link(mode: int, reparse_tag: int) -> bool:
    """Whether this is how the system describes a name that stands for another place.

    Args:
        mode: what kind of thing it is, as `lstat` says.
        reparse_tag: how Windows treats it; 0 for what it just opens, and elsewhere.
    """
    return stat.S_ISLNK(mode) or bool(reparse_tag & _STANDS_FOR_ANOTHER)


def is_odd(place: Path) -> bool:
    """Whether something stands at a place that is no file. Nothing at all is not odd."""
    try:
        found = place.lstat()
    except OSError:
        return False
    return is_link(found.st_mode, getattr(found, "st_reparse_tag", 0)) or not stat.S_ISREG(found.st_mode)


def destroy(place: Path) -> None:
    """Takes away whatever stands at a place: a folder with all that is in it, but of a link only the link."""
    for inside in reversed(below(place)):
        _take_away(inside)
    if os.path.lexists(place):
        _take_away(place)


def below(place: Path) -> list[Path]:
    """Everything in a folder and in the folders in it, each after the one that it stands in. No link is followed."""
    found: list[Path] = []
    waiting = [place]
    while waiting:
        folder = waiting.pop()
        inside = sorted(folder.iterdir()) if is_folder(folder) else []
        found += inside
        waiting += inside
    return found


def refuse_detours(repository: Path, *, every_ref: bool = False) -> None:
    """Refuses to work where git would write or delete in another place: behind a link, or because it is told to.

    Args:
        repository: the case folder's `.git`.
        every_ref: whether git will go through all refs; else not among those of the cases, which may be thousands.

    Raises:
        UnfitFolder: with the place in question.
    """
    for place in _written_by_git(repository, every_ref):
        # A device, such as /dev/null for a log that nobody wants, holds nothing that could be lost.
        if (leads_elsewhere(place) and not place.is_char_device()) or place.name == _ANOTHER_REPOSITORY:
            raise UnfitFolder(
                f"{for_screen(place.relative_to(repository.parent).as_posix())} in the case folder leads to another "
                "place. Nothing is written or deleted there.",
                "Put what it leads to in its place, or ask the person who gave you this folder.",
            )


def _written_by_git(repository: Path, every_ref: bool) -> Iterator[Path]:
    """Each place through which git could write or delete elsewhere. A ref that is a link itself is only replaced."""
    yield repository
    yield from (place for place in repository.iterdir() if place.name not in _NOT_WRITTEN_BY_GIT)
    objects = repository / "objects"
    yield from objects.iterdir() if objects.is_dir() else ()
    for folder, names, _ in os.walk(repository / "refs"):
        yield from [Path(folder, name) for name in names]
        names[:] = [name for name in names if every_ref or name != "particulars"]
    for name in ("objects/info", "logs", "worktrees"):
        yield from below(repository / name)


def is_folder(place: Path) -> bool:
    """Whether a folder stands at a place, and no link to one."""
    return not leads_elsewhere(place) and place.is_dir()


def _take_away(place: Path) -> None:
    if is_folder(place):
        place.rmdir()
        return
    if os.name == "nt" and not leads_elsewhere(place):  # git's objects are read-only: Windows deletes no such file
        place.chmod(0o600)
    place.unlink(missing_ok=True)
