"""Runs pandoc, which reads a document's Markdown and writes it in another format.

pandoc sees an empty folder, an environment of our own and what stands on its command line: it reads no file that
the text names, fetches nothing, and has neither the time nor the memory to keep a computer busy.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from sptool.documents.formats.about import LANGUAGE, About
from sptool.errors import Problem, UnfitFile, UsageError
from sptool.resources import origin, shipped

READS = "commonmark+pipe_tables"  # what `literal` makes every value safe for; with more, some would be read as Markdown
LONGEST_RUN = 120  # seconds; a letter takes a twentieth of one
MOST_MEMORY = "1G"
TRY = "See its text: --to md. If the partnership has a letterhead of its own, look at that too."
_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE")  # without these, no program starts on Windows
# As the extra `documents` names them. Never sptool by its name: it is on no public index, and whoever took the name
# there could run what they like.
CONVERTERS = ("pypandoc_binary>=1.15", "typst>=0.14")


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


def how_to_install() -> str:
    """The commands that install the converters, each on a line of its own, fit to be typed in any folder."""
    # -P: a file named pip.py, in a case folder that somebody sent, is not taken for pip.
    python = (sys.executable or "python", "-P", "-m")
    steps = [] if find_spec("pip") else [typed(*python, "ensurepip")]
    steps.append(typed(*python, "pip", "install", *CONVERTERS))
    own = "sptool itself is not on any public package index, so never install it by its name alone."
    where = f" This one came from {found}." if (found := origin()) else ""
    return "\n".join(["Install them:", *(f"  {step}" for step in steps), own + where])


def typed(*words: str, windows: bool = os.name == "nt") -> str:
    """A command as it is typed: quoted for the shell, so that `>` and blanks mean nothing to it.

    Args:
        words: the program and its arguments.
        windows: whether for cmd and PowerShell; both begin with a program in quotes only after `&` or not at all.
    """
    if not windows:
        return shlex.join(words)
    quoted = " ".join(f'"{word}"' if set(word) & set(" <>&|^()") else word for word in words)
    return f"{quoted}   (in PowerShell, type & and a blank before it)" if quoted.startswith('"') else quoted
