"""Runs Python in a process of its own that may use little memory and little of the processor. Nothing is timed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MEMORY = 1024**3  # bytes; an ordinary step takes a tenth of it
PROCESSOR = 40  # seconds; an ordinary step takes a fortieth of it
LIMITS = f"""\
try:
    import resource
except ImportError:
    pass  # Windows has no such limits: what is refused is told there all the same
else:
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
    resource.setrlimit(resource.RLIMIT_CPU, ({PROCESSOR}, {PROCESSOR}))
"""
PROGRAM = "from sptool.cli.main import run\nrun()\n"


def run_limited(
    code: str, *words: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Runs code within these limits.

    Args:
        code: Python; `PROGRAM` for sptool itself.
        words: its command line.
        stdin: what standard input holds.
        env: its whole environment; None for that of the tests.
        cwd: where it is started.
    """
    command = [sys.executable, "-c", LIMITS + code, *map(str, words)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=600, check=False, env=env, cwd=cwd)
