"""Whose a file is that was worked out and kept in a case folder: this user's own, or anybody's.

A case folder may have come from somebody else, with all that stands in `.git/sptool`, and what is kept there says what
is late. So such a file counts only as long as it is the very one that this user's sptool wrote last. That is noted
outside the folder, where nobody else can write. A copy is another file, or was changed at another time; whoever writes
in it, or puts another in its place, leaves a mark in its times, and one of these can't be set.
"""

from __future__ import annotations

import os
import stat
import time
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sptool.store.own import is_own, made_own, own_folder


@dataclass(frozen=True)
class Seal:
    """The note about one such file."""

    file: Path

    @cached_property
    def _note(self) -> Path:
        # By a number, so that a listing says nothing about any folder. Should two files ever share one, each would
        # only be made afresh once more.
        place = Path(os.path.realpath(self.file.parent)) / self.file.name
        return own_folder("sealed") / f"{zlib.crc32(os.fsencode(place)):08x}"

    @property
    def lock(self) -> Path:
        """What may be locked by whoever writes the file.

        Raises:
            OSError: nothing can be noted for this user.
        """
        return self._made().with_suffix(".lock")

    def _made(self) -> Path:
        """The note, in a folder in which nobody else can write."""
        return made_own(self._note.parent) / self._note.name

    def fits(self) -> bool:
        """Whether the file is as this user's sptool last left it here."""
        try:
            return is_own(self._note.parent) and self._note.read_text("ascii") == _seen(self.file)
        except (OSError, ValueError):
            return False

    def put(self) -> None:
        """Notes the file as it is now; it was just written.

        Raises:
            OSError: it can't be noted.
        """
        # The system's own clock for files is too coarse to tell two changes that follow at once apart.
        os.utime(self.file, ns=(time.time_ns(), time.time_ns()))
        descriptor = os.open(self._made(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as note:
            note.write(_seen(self.file))

    def lift(self) -> None:
        """Forgets the file: whoever needs it next makes it afresh.

        Raises:
            OSError: the note can't be taken away.
        """
        self._note.unlink(missing_ok=True)


def _seen(file: Path) -> str:
    """What tells a file from every other, and from itself once anything was written in it.

    Raises:
        OSError: there is no such file, or it is something other than a file.
    """
    found = file.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise FileNotFoundError
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"
