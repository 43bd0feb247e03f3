"""A git that fails at certain commands: the real one does the work, or doesn't, and then it fails."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAILS = "echo 'fatal: the fault of this test' >&2; exit 1"
IS_KILLED = "kill -9 $$"


@contextmanager
def git_fails(at: str, *, then: str = FAILS, works: bool = True) -> Iterator[None]:
    """While it lasts, git fails; and it has to be asked, or the test has tested nothing.

    Args:
        at: how the command begins; where others may stand between its words, ` ... `: `update-ref ... -d`.
        then: what it does there, in the language of the shell.
        works: whether it does the work before.
    """
    before = os.environ["PATH"]
    with tempfile.TemporaryDirectory(prefix="sptool-test-") as place:
        os.environ["PATH"] = failing_git(Path(place), at, then, works=works)
        try:
            yield
        finally:
            os.environ["PATH"] = before
        assert (Path(place) / "asked").exists(), f"git was never asked for {at}"


def failing_git(place: Path, at: str, then: str = FAILS, *, works: bool = True) -> str:
    """Makes such a git in a folder, and says with which PATH it is found."""
    real = shutil.which("git", path=os.environ["PATH"])
    work = f'"{real}" "$@"' if works else ":"
    words = "*".join(f'" {word}"' for word in at.split(" ... "))
    (place / "git").write_text(
        f"""#!/bin/sh
case " $* " in
*{words}*) : > "{place}/asked"; {work}; {then};;
*) exec "{real}" "$@";;
esac
"""
    )
    (place / "git").chmod(0o755)
    return f"{place}{os.pathsep}{os.environ['PATH']}"
