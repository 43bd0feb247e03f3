"""Brings a generated history into a case folder by one `git fast-import`, and leaves the folder as sptool does."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from typing import IO

from benchmarks.generating.history import Commit
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN, Git, environment, program
from sptool.store.reading import head
from sptool.store.view import note_shown

PRIVATE = 0o077  # what sptool puts into the working tree is for its owner alone


def bring_in(folder: CaseFolder, commits: Iterable[Commit]) -> int:
    """Adds commits to main, and the files to the working tree.

    Args:
        folder: a case folder of sptool's making.
        commits: the commits, oldest first.

    Returns:
        How many there were.
    """
    words, seen, number = [program(), "fast-import", "--quiet"], environment(folder.root), 0
    with subprocess.Popen(words, cwd=folder.root, env=seen, stdin=subprocess.PIPE) as importing:
        if importing.stdin is not None:
            number = _tell(importing.stdin, commits, head(folder))
    if importing.returncode:
        raise subprocess.CalledProcessError(importing.returncode, words)
    _show(folder)
    return number


def _tell(git: IO[bytes], commits: Iterable[Commit], first_parent: str) -> int:
    number = 0
    for commit in commits:
        git.writelines(_told(commit, "" if number else first_parent))
        number += 1
    return number


def _told(commit: Commit, parent: str) -> Iterator[bytes]:
    who = f"{commit.author.name} <{commit.author.email}> {int(commit.at.timestamp())} +0000\n".encode()
    yield b"commit %s\nauthor %scommitter %sdata %d\n" % (MAIN.encode(), who, who, len(commit.message))
    yield commit.message
    yield b"from %s\n" % parent.encode() if parent else b""
    yield b"M 100644 inline %s\ndata %d\n" % (commit.path.encode(), len(commit.content))
    yield commit.content
    yield b"\n"


def _show(folder: CaseFolder) -> None:
    """The working tree, the index and sptool's note of what is shown, as after a step; and git's own shortcuts."""
    git = Git(folder.root)
    before = os.umask(PRIVATE)
    try:
        git.run("reset", "--quiet", "--hard", MAIN)
    finally:
        os.umask(before)
    git.run("commit-graph", "write", "--reachable", "--changed-paths", "--no-progress")
    note_shown(folder.workshop, head(folder))
