"""Writes files for an officer: all or none, never over a file that is there, never among the records."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sptool.desk.conversation import Conversation
from sptool.errors import UsageError


@dataclass(frozen=True)
class Placed:
    """A file to be written.

    Args:
        private: whether only its owner may read it.
        may_be_there: whether it may be there with the same bytes already, as a form that went out in another format.
    """

    path: Path
    content: bytes
    private: bool = False
    may_be_there: bool = False


def place_for(name: str, out: str, cases: Path, several: bool = False) -> Path:
    """Where a document is written: beside the case folder for somebody who stands in it.

    Args:
        name: what its file is called unless `out` says otherwise.
        out: what was typed: a file, a folder that is there, or nothing for the current folder.
        several: whether this is one of several, which need a folder.

    Raises:
        UsageError: the place is inside the case folder, or one file was named for several.
    """
    if not out:
        here = Path.cwd().resolve()
        return cases.parent / name if here.is_relative_to(cases.resolve()) else Path(name)
    place = Path(out)
    if place.resolve().is_relative_to(cases.resolve()):
        raise UsageError("Documents don't belong among the records.", "Name a place outside: --out FILE")
    if place.is_dir():
        return place / name
    if several:
        raise UsageError("There are several documents.", "Name a folder that is there: --out FOLDER")
    return place


def put(talk: Conversation, files: Sequence[Placed]) -> None:
    """Writes files and says so.

    Raises:
        UsageError: one of them is there already with other content, or can't be written. None is left behind.
    """
    waiting = [file for file in files if not _is_there(file)]
    written: list[Path] = []
    try:
        for file in waiting:
            with _opened(file) as opened:
                written.append(file.path)
                opened.write(file.content)
    except OSError as error:
        for path in written:
            with suppress(OSError):
                path.unlink()
        if isinstance(error, FileExistsError):
            raise _taken(file) from None
        raise UsageError("The document can't be written there.", "Name another place: --out FILE") from None
    for file in files:
        talk.tell(f"{'Written' if file in waiting else 'There already, the same'}: {file.path}")


def _is_there(file: Placed) -> bool:
    """Whether a file that may be there is, with the very same bytes.

    Raises:
        UsageError: another file of that name is there.
    """
    if not file.path.exists():
        return False
    if not file.may_be_there or not file.path.is_file() or file.path.read_bytes() != file.content:
        raise _taken(file)
    return True


def _opened(file: Placed) -> IO[bytes]:
    """A new file, private from its first moment on where that is asked for."""
    if not file.private:
        return file.path.open("xb")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(file.path, flags, 0o600), "wb")


def _taken(file: Placed) -> UsageError:
    return UsageError(
        f"There is already a file with that name: {file.path}", "Move it, or name another place: --out FILE"
    )
