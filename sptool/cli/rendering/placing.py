"""Writes files for an officer: all or none, never over a file that is there, never among the records."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sptool.cli.screen import tell
from sptool.errors import UsageError


@dataclass(frozen=True)
class Placed:
    """A file to be written.

    Args:
        path: where.
        content: its bytes.
        private: whether only its owner may read it.
    """

    path: Path
    content: bytes
    private: bool = False


def place_for(name: str, out: str, cases: Path, several: bool = False) -> Path:
    """Where a document is written: beside the case folder for somebody who stands in it.

    Args:
        name: what its file is called unless `out` says otherwise.
        out: what was typed: a file, a folder that is there, or nothing for the current folder.
        cases: the case folder.
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


def put(files: Sequence[Placed]) -> None:
    """Writes files and says so.

    Args:
        files: what to write, and where.

    Raises:
        UsageError: one of them is there already, or can't be written. None is left behind.
    """
    if any(file.path.exists() for file in files):
        raise _taken()
    written: list[Path] = []
    try:
        for file in files:
            with _opened(file) as opened:
                written.append(file.path)
                opened.write(file.content)
    except OSError as error:
        for path in written:
            with suppress(OSError):
                path.unlink()
        if isinstance(error, FileExistsError):
            raise _taken() from None
        raise UsageError("The document can't be written there.", "Name another place: --out FILE") from None
    for path in written:
        tell(f"Written: {path}")


def _opened(file: Placed) -> IO[bytes]:
    """A new file, private from its first moment on where that is asked for."""
    if not file.private:
        return file.path.open("xb")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(file.path, flags, 0o600), "wb")


def _taken() -> UsageError:
    return UsageError("There is a file of that name already.", "Name another: --out FILE")
