"""What an index was made from besides the records: this program's rules, the bank holidays, and SQLite itself."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from sptool import __version__
from sptool.index.tables import VERSION

PACKAGE = Path(__file__).parents[1]
RULES = ("records", "framework", "workflow", "index", "text", "store")
"""The parts of the program that decide what follows from a record."""


@cache
def made_from() -> str:
    """What an index must have been made from to be right: a text that changes whenever the answers might.

    It is found once: a program that is replaced while it runs goes on as what it was.

    The sizes and times of the files stand for their content: reading them would cost more than the rest of a command.
    """
    made_by = f"{VERSION} {__version__} {sqlite3.sqlite_version} {sys.version} {PACKAGE}"
    parts = (made_by, *_rules(), *_holidays())
    return "\n".join(parts)


def _rules() -> Iterator[str]:
    yield _seen(PACKAGE / "working_days.py")
    for part in RULES:
        for folder, _, names in sorted(os.walk(PACKAGE / part)):
            yield from (_seen(Path(folder, name)) for name in sorted(names) if name.endswith(".py"))


def _holidays() -> Iterator[str]:
    """The package that knows the bank holidays, without the cost of importing it."""
    found = find_spec("holidays")
    if found is not None and found.origin is not None:
        package = Path(found.origin).parent
        yield _seen(package / "countries" / "united_kingdom.py")
        # Read, since its size hardly ever changes, and some ways to install give every file the same time.
        with suppress(OSError):
            yield (package / "version.py").read_text(encoding="utf-8")


def _seen(file: Path) -> str:
    try:
        stat = file.stat()
    except OSError:  # a program that is packed into one file has none of its own
        return f"{file.name} none"
    return f"{file.name} {stat.st_size} {stat.st_mtime_ns}"
