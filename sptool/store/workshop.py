"""`.git/sptool`, where sptool keeps what is nobody's record. Whoever gives somebody a folder gives this along with it.

So nothing that stands in it is followed to another place or believed unseen: whatever sptool reads, writes or deletes
in there goes through this module. Of a link only the link itself is ever taken away.
"""

from __future__ import annotations

import os
from pathlib import Path

from sptool.errors import UnfitFolder
from sptool.store.disk import HALF_WRITTEN, private_folder, write_private
from sptool.store.links import below, destroy, is_folder, is_odd, leads_elsewhere
from sptool.text.prose import for_screen

OBJECTS = "objects"
PACKING = "packing"
SET_ASIDE = "set-aside-"
_ROOMS = (OBJECTS, PACKING)
_MOST = 1 << 20  # bytes; what sptool writes there takes far less


def workshop_of(root: Path) -> Path:
    """Where it is in a case folder."""
    return root / ".git" / "sptool"


def made(workshop: Path) -> Path:
    """The folder, made if it is missing.

    Raises:
        UnfitFolder: it is a link, or something other than a folder.
    """
    if leads_elsewhere(workshop) or (workshop.exists() and not workshop.is_dir()):
        raise UnfitFolder(
            ".git/sptool in the case folder is not a folder of its own, so nothing is written there.",
            "Delete that one link or file, not what it leads to. Then type the command again.",
        )
    return private_folder(workshop)


def own(workshop: Path, name: str) -> Path:
    """The place of a file that another program is going to write, once nothing else stands there."""
    place = made(workshop) / name
    if leads_elsewhere(place):
        destroy(place)
    return place


def read(workshop: Path, name: str) -> bytes | None:
    """The content of a file; None where none stands there, or something else."""
    place = workshop / name
    if leads_elsewhere(workshop) or is_odd(place):
        return None
    try:
        with place.open("rb") as file:
            return file.read(_MOST)
    except FileNotFoundError:
        return None


def write(workshop: Path, name: str, content: bytes) -> None:
    """Writes or replaces a file, whole or not at all."""
    write_private(own(workshop, name), content)


def room(workshop: Path, name: str) -> Path:
    """A folder in there, made if it is missing."""
    return private_folder(own(workshop, name))


def inside(workshop: Path, name: str) -> list[Path]:
    """Everything in a folder in there, and in the folders in it."""
    return [] if leads_elsewhere(workshop) else below(workshop / name)


def leftovers(workshop: Path) -> list[Path]:
    """Files that an interrupted sptool left behind half written."""
    return [] if leads_elsewhere(workshop) else sorted(workshop.glob(f"{HALF_WRITTEN}*"))


def remove(workshop: Path, name: str) -> None:
    """Takes away whatever stands under a name, if anything does."""
    if not leads_elsewhere(workshop):
        destroy(workshop / name)


def set_aside(workshop: Path, name: str) -> str:
    """Puts something that sptool didn't write so under another name, where nothing heeds it.

    Returns:
        What was done, in plain English.
    """
    number = 1
    while os.path.lexists(aside := workshop / f"{SET_ASIDE}{number}-{name[:60]}"):
        number += 1
    (workshop / name).rename(aside)
    return (
        f".git/sptool/{for_screen(name)} is not as sptool writes it, so nothing was done by it. "
        f"It is kept as .git/sptool/{for_screen(aside.name)}; you can delete that."
    )


def cast_out(workshop: Path) -> list[str]:
    """Takes away links, and sets aside what is no file, or no folder, where one belongs. Needs the lock on the folder.

    Returns:
        What was done, in plain English.
    """
    said: list[str] = []
    for place in sorted(made(workshop).iterdir()):
        if place.name in _ROOMS and is_folder(place):
            said += [_unlinked(workshop, link) for link in below(place) if leads_elsewhere(link)]
        elif leads_elsewhere(place):
            said.append(_unlinked(workshop, place))
        elif (is_odd(place) or place.name in _ROOMS) and not place.name.startswith(SET_ASIDE):
            said.append(set_aside(workshop, place.name))
    return said


def _unlinked(workshop: Path, link: Path) -> str:
    destroy(link)
    shown = for_screen(link.relative_to(workshop).as_posix())
    return (
        f".git/sptool/{shown} was a link to another place, and sptool makes none. The link is taken away; "
        "what it leads to is untouched."
    )
