"""python -m benchmarks.measuring.parsing FOLDER: reads every record and parses it, and does nothing else.

The reference for building an index: one git process for the bytes, PyYAML's C loader for the text, one process.
"""

from __future__ import annotations

import subprocess
import sys

import yaml


def main() -> None:
    """Parses every record of the folder's main."""
    folder = sys.argv[1]
    listed = subprocess.run(["git", "ls-tree", "-r", "-z", "main"], cwd=folder, capture_output=True, check=True)
    entries = (entry.split(b"\t") for entry in listed.stdout.split(b"\0") if entry.endswith(b".yaml"))
    names = [about.split(b" ")[2] for about, path in entries if path.count(b"/") == 2]
    asked = b"".join(name + b"\n" for name in names)
    answer = subprocess.run(["git", "cat-file", "--batch"], cwd=folder, input=asked, capture_output=True, check=True)
    at = 0
    while at < len(answer.stdout):
        line_end = answer.stdout.index(b"\n", at)
        size = int(answer.stdout[at:line_end].rsplit(b" ", 1)[1])
        yaml.load(answer.stdout[line_end + 1 : line_end + 1 + size], Loader=yaml.CSafeLoader)
        at = line_end + size + 2


if __name__ == "__main__":
    main()
