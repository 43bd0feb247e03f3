"""Links that lead out of a folder: what somebody else put there must not make sptool write or delete elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from sptool.errors import UnfitFolder

_STANDS_FOR_ANOTHER = 0x20000000  # IsReparseTagNameSurrogate; a file that a cloud drive fetches later doesn't


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


def is_odd(place: Path, most_names: int | None = None) -> bool:
    """Whether something stands at a place that is no file, or is one of many names. Nothing at all is not odd.

    Args:
        place: where.
        most_names: how many names a file may have; one that has more is changed elsewhere when it is changed here.
    """
    try:
        found = place.lstat()
    except OSError:
        return False
    if is_link(found.st_mode, getattr(found, "st_reparse_tag", 0)) or not stat.S_ISREG(found.st_mode):
        return True
    return most_names is not None and found.st_nlink > most_names


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


def inside_git(root: Path, name: str) -> list[Path]:
    """Everything below a folder of git's own; nothing where a link leads there.

    Args:
        root: the case folder.
        name: the folder, such as `refs` or `objects/info`.
    """
    place = root / ".git" / name
    return [] if link_on_the_way(root, name) else below(place)


def refuse_links(root: Path, names: Iterable[str]) -> None:
    """Refuses to go on where a link stands among the places of git's in which sptool itself writes or deletes.

    Args:
        root: the case folder.
        names: the places, such as `objects/pack`.

    Raises:
        UnfitFolder: one is a link, or lies behind one.
    """
    for name in names:
        link = link_on_the_way(root, name)
        if link is not None:
            raise UnfitFolder(
                f"{link.relative_to(root).as_posix()} in the case folder is a link, and leads to another place. "
                "Nothing is written or deleted there.",
                "Put what it leads to in its place, or ask the person who gave you this folder.",
            )


def link_on_the_way(root: Path, name: str) -> Path | None:
    """The first link among a place of git's and the folders that lead to it; None where there is none.

    Args:
        root: the case folder.
        name: the place, such as `objects/pack`.
    """
    places = [root / ".git"]
    for part in name.split("/"):
        places.append(places[-1] / part)
    return next((place for place in places[1:] if leads_elsewhere(place)), None)


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
