"""Asks one git process many questions, and reads its answers as they come: memory stays bounded however many."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import IO

from sptool.store.git import Git, GitFailed, environment

_BLOCK = 1 << 16
# Objects as they are: no graft and no ready-made list of commits may stand between them and the reader.
UNVARNISHED = ("-c", "core.commitGraph=false", "-c", "core.useReplaceRefs=false")
NO_GRAFTS = {"GIT_GRAFT_FILE": os.devnull}


class Answers:
    """What git answers, read piece by piece."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._held = b""
        self._at = 0

    def until(self, end: bytes) -> bytes:
        """Everything up to the next such byte, which is passed over; what is left where there is none."""
        parts: list[bytes] = []
        while (found := self._held.find(end, self._at)) < 0:
            parts.append(self._held[self._at :])
            if not self._more():
                return b"".join(parts)
        parts.append(self._held[self._at : found])
        self._at = found + 1
        return b"".join(parts) if len(parts) > 1 else parts[0]

    def exactly(self, size: int) -> bytes:
        """At most this many bytes; fewer where the answer ends."""
        parts: list[bytes] = []
        while size > len(self._held) - self._at:
            parts.append(self._held[self._at :])
            size -= len(parts[-1])
            if not self._more():
                return b"".join(parts)
        parts.append(self._held[self._at : self._at + size])
        self._at += size
        return b"".join(parts)

    def begins_with(self, byte: bytes) -> bool:
        """Whether the next byte is this one. Waits for it."""
        if self._at >= len(self._held) and not self._more():
            return False
        return self._held.startswith(byte, self._at)

    def _more(self) -> bool:
        self._held, self._at = os.read(self._stream.fileno(), _BLOCK), 0
        return bool(self._held)


@contextmanager
def answering(git: Git, *args: str, questions: Iterable[bytes]) -> Iterator[Answers]:
    """One git process that is asked questions by a thread of its own while its answers are read.

    Args:
        args: git's command line, without `git`.
        questions: what git reads, piece by piece.

    Raises:
        GitFailed: git stopped before its time.
    """
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            git.command(*UNVARNISHED, *args),
            cwd=git.root,
            env={**environment(git.root), **NO_GRAFTS},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
        )
        if process.stdin is None or process.stdout is None:
            raise GitFailed(args[0], "")
        Thread(target=_put, args=(process.stdin, questions), daemon=True).start()
        try:
            yield Answers(process.stdout)
        finally:
            _end(process)
        if process.returncode:
            complaints.seek(0)
            raise GitFailed(args[0], complaints.read().decode(errors="replace"))


def _put(stdin: IO[bytes], questions: Iterable[bytes]) -> None:
    with suppress(OSError):  # git ended early: whoever reads its answers finds out
        for question in questions:
            stdin.write(question)
            stdin.flush()
    with suppress(OSError):
        stdin.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Lets a git that was read to its end go, and stops one that was not."""
    if process.stdout:
        process.stdout.close()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def stream_objects(git: Git, ids: Iterable[str]) -> Generator[tuple[str, bytes], None, None]:
    """The kind and content of each object, in order, one at a time; of a missing one the kind is `missing`.

    Args:
        ids: object ids, or names such as `REF:PATH`.
    """
    asked = (name.encode(errors="surrogateescape") + b"\n" for name in ids)
    with answering(git, "cat-file", "--batch", "--buffer", questions=in_blocks(asked)) as answers:
        while header := answers.until(b"\n"):
            kind, size = _kind_and_size(header)
            content = answers.exactly(size + 1)[:-1] if kind != "missing" else b""
            yield kind, content


def in_blocks(questions: Iterable[bytes]) -> Iterator[bytes]:
    """Many short questions in few pieces. Only for questions that don't hang on earlier answers."""
    block: list[bytes] = []
    for question in questions:
        block.append(question)
        if len(block) == 512:
            yield b"".join(block)
            block.clear()
    yield b"".join(block)


def _kind_and_size(header: bytes) -> tuple[str, int]:
    kind, _, size = header.decode(errors="replace").rpartition(" ")
    return (kind.rpartition(" ")[2], int(size)) if size.isdigit() else ("missing", 0)
