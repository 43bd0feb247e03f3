"""One run of a program: how long the whole process took, and how much memory it needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LAUNCH = Path(__file__).with_name("launch.py")
_FORGOTTEN = ("SPTOOL_TODAY", "SPTOOL_CASES", "SPTOOL_SEED", "PYTHONDONTWRITEBYTECODE")
_PLAIN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1"}


class BenchFailed(Exception):
    """A program that is measured did not do what it should."""


@dataclass(frozen=True)
class Program:
    """A command line.

    Args:
        words: the program and its arguments.
        folder: where it is run.
        codes: the exit codes that are no failure.
    """

    words: Sequence[str]
    folder: Path = field(default_factory=Path.cwd)
    codes: Sequence[int] = (0,)


@dataclass(frozen=True)
class Run:
    """What one run took.

    Args:
        seconds: from the start of the process to its end.
        kib: its peak memory in KiB; 0 where the system doesn't tell.
    """

    seconds: float
    kib: int


def run(program: Program) -> Run:
    """Runs a program once.

    Raises:
        BenchFailed: it ended with an exit code that it should not end with.
    """
    with tempfile.TemporaryDirectory(prefix="sptool-bench-") as folder:
        said = Path(folder) / "said"
        words = [sys.executable, "-I", "-S", str(LAUNCH), str(said), *program.words]
        done = subprocess.run(
            words, cwd=program.folder, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if done.returncode:
            raise BenchFailed(f"{program.words[0]} could not be started")
        found = json.loads(done.stdout)
        if found["code"] not in program.codes:
            last = said.read_text("utf-8", errors="replace").strip()[-400:]
            raise BenchFailed(f"{' '.join(program.words[:3])} ended with {found['code']}: {last}")
    return Run(found["seconds"], found["kib"])


def environment() -> Mapping[str, str]:
    """What the measured programs see: nothing of the user's git configuration, no pretended day."""
    return {**{name: value for name, value in os.environ.items() if name not in _FORGOTTEN}, **_PLAIN}


def says(*words: str, folder: Path | None = None, settings: Mapping[str, str] | None = None) -> str:
    """What a program prints that is not measured.

    Args:
        words: the program and its arguments.
        folder: where it is run.
        settings: environment variables for this one run.

    Raises:
        BenchFailed: it failed.
    """
    seen = {**environment(), **(settings or {})}
    done = subprocess.run(words, cwd=folder, env=seen, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        raise BenchFailed(f"{' '.join(words[:3])}: {done.stderr.decode(errors='replace').strip()[-400:]}")
    return done.stdout.decode(errors="replace").strip()
