"""Runs pandoc, which reads a document's Markdown and writes it in another format.

pandoc sees an empty folder, an environment of our own and what stands on its command line: it reads no file that
the text names, fetches nothing, and has neither the time nor the memory to keep a computer busy.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from sptool.documents.formats.about import LANGUAGE, About
from sptool.documents.formats.installing import how_to_install
from sptool.errors import Problem, UnfitFile, UsageError
from sptool.resources import shipped

READS = "commonmark+pipe_tables"  # what `literal` makes every value safe for; with more, some would be read as Markdown
LONGEST_RUN = 120  # seconds; a letter takes a twentieth of one
MOST_MEMORY = "1G"
TRY = "See its text: --to md. If the partnership has a letterhead of its own, look at that too."
_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE")  # without these, no program starts on Windows


def converted(markdown: str, to: str, about: About, options: Sequence[str] = ()) -> bytes:
    """A document as pandoc writes it.

    Args:
        to: pandoc's name for the format.
        about: the document's properties; pandoc needs the date.
        options: more of pandoc's own options.

    Raises:
        UsageError: pandoc isn't installed.
        UnfitFile: pandoc can't make it, or takes too long.
    """
    pandoc = str(program())
    with TemporaryDirectory(prefix="sptool-") as empty:
        command = [pandoc, *_options(to, empty), *options]
        try:
            done = subprocess.run(
                command,
                input=markdown.encode(),
                capture_output=True,
                cwd=empty,
                env=_environment(about, empty),
                timeout=LONGEST_RUN,
                check=True,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            raise UnfitFile([Problem("pandoc can't make this document in that format")], TRY) from None
    return done.stdout


def is_installed() -> bool:
    """Whether this computer has what turns Markdown into other formats."""
    return find_spec("pypandoc") is not None


def program() -> Path:
    """pandoc as its package brings it; one that happens to be on the PATH may write other bytes.

    Raises:
        UsageError: the package isn't installed.
    """
    found = find_spec("pypandoc")
    for folder in (found.submodule_search_locations if found else None) or ():
        pandoc = Path(folder, "files", "pandoc.exe" if os.name == "nt" else "pandoc")
        if pandoc.is_file():
            return pandoc
    raise not_installed()


def not_installed() -> UsageError:
    """That what turns Markdown into other formats is missing, and how to get it."""
    return UsageError(
        "Word, PDF and web pages need converters that are not installed.",
        f"{how_to_install()}\nMarkdown needs nothing: --to md",
    )


def _options(to: str, empty: str) -> list[str]:
    filter_file = shipped("templates", "documents", "style", "literal.lua")
    return [
        *("+RTS", f"-M{MOST_MEMORY}", "-RTS", "--sandbox", f"--data-dir={empty}", f"--lua-filter={filter_file}"),
        *(f"--from={READS}", f"--to={to}", f"--metadata=lang={LANGUAGE}", "--wrap=preserve", "--output=-"),
    ]


def _environment(about: About, empty: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    own = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "XDG_DATA_HOME", "TMPDIR", "TEMP", "TMP"), empty)
    return {**kept, **own, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": str(int(about.moment.timestamp()))}
