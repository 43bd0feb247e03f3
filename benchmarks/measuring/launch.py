"""Runs one program and says how long it took and how much memory it needed, as JSON.

A process of its own, and a small one: a program that is started by a large process is counted as large.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import BinaryIO


def run_posix(words: list[str], output: BinaryIO) -> tuple[float, int, int]:
    """Seconds, exit code and peak memory in KiB of one run; of memory, the largest of its processes counts."""
    files = [(os.POSIX_SPAWN_DUP2, output.fileno(), 1), (os.POSIX_SPAWN_DUP2, output.fileno(), 2)]
    began = time.perf_counter()
    process = os.posix_spawnp(words[0], words, os.environ, file_actions=files)
    _, status, used = os.wait4(process, 0)
    seconds = time.perf_counter() - began
    unit = 1024 if sys.platform == "darwin" else 1
    return seconds, os.waitstatus_to_exitcode(status), used.ru_maxrss // unit


def run_elsewhere(words: list[str], output: BinaryIO) -> tuple[float, int, int]:
    """Seconds and exit code of one run; its memory is not known."""
    import subprocess

    began = time.perf_counter()
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
    return time.perf_counter() - began, done.returncode, 0


def main() -> None:
    """Reads the output file's name and the command line from its arguments."""
    run = run_posix if hasattr(os, "wait4") else run_elsewhere
    with Path(sys.argv[1]).open("wb") as output:
        seconds, code, kib = run(sys.argv[2:], output)
    sys.stdout.write(json.dumps({"seconds": seconds, "code": code, "kib": kib}))


if __name__ == "__main__":
    main()
