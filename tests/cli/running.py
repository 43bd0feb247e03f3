"""Runs sptool for tests as an officer does: in a practice folder, with a fresh home and a day of its own.

`call` runs a command in this process, for speed; `start` and `run` start the real program.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sptool.cli.main import call as sptool_call
from sptool.text.yaml import write_yaml

MONDAY = "2026-03-02"
OFFICER = ("--officer-name", "Officer One", "--officer-email", "officer.one@testshire.invalid")
KEPT = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "PATHEXT", "COMSPEC", "TMP", "TEMP", "TMPDIR")


@dataclass(frozen=True)
class Ran:
    """What a command printed, and the code with which it ended."""

    out: str
    err: str
    code: int

    @property
    def said(self) -> str:
        """Everything printed."""
        return self.out + self.err

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def case(self) -> str:
        """The reference that was recorded."""
        return _found(r"Recorded ([A-Z]+-\d+-\w+)", self.out)


@dataclass(frozen=True)
class Desk:
    """An officer's place of work.

    Args:
        folder: the case folder.
        home: the officer's home, without any git identity.
        answers: where files with answers lie.
    """

    folder: Path
    home: Path
    answers: Path

    def call(self, *words: str | Path, today: str = MONDAY, stdin: str | bytes = "", code: int | None = None) -> Ran:
        """Runs a command in this process.

        Args:
            words: what is typed after `sptool`.
            today: the pretended day; empty for the real one.
            stdin: what standard input holds.
            code: the exit code that it must have; None for any.
        """
        out, err = io.StringIO(), io.StringIO()
        there = self.folder if self.folder.is_dir() else self.home
        with (
            _environment(self.environment(today)),
            _input(stdin),
            _inside(there),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            ended = sptool_call([str(word) for word in words])
        ran = Ran(out.getvalue(), err.getvalue(), ended)
        assert code in (None, ran.code), ran
        return ran

    def run(self, *words: str | Path, today: str = MONDAY, stdin: str | bytes = "", **more: Any) -> Ran:
        """Runs the real program to its end."""
        process = self.start(*words, today=today, **more)
        out, err = process.communicate(stdin.encode() if isinstance(stdin, str) else stdin, timeout=120)
        return Ran((out or b"").decode(), (err or b"").decode(), process.returncode)

    def start(self, *words: str | Path, today: str = MONDAY, **more: Any) -> subprocess.Popen[bytes]:
        """Starts the real program."""
        settings: dict[str, Any] = {
            "stdin": subprocess.PIPE,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "cwd": self.folder if self.folder.is_dir() else self.home,
            "env": self.environment(today),
        }
        command = [sys.executable, "-m", "sptool", *map(str, words)]
        return subprocess.Popen(command, **{**settings, **more})

    def environment(self, today: str = MONDAY) -> dict[str, str]:
        """The whole environment of a command."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        own = {name: str(self.home) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA")}
        return {**kept, **own, **({"SPTOOL_TODAY": today} if today else {}), "NO_COLOR": "1"}

    def file(self, given: str | bytes | Mapping[str, object], name: str = "answers.yaml") -> Path:
        """A file with answers: as text, or as data to be written as YAML."""
        place = self.answers / name
        content = given if isinstance(given, bytes) else given.encode() if isinstance(given, str) else _yaml(given)
        place.write_bytes(content)
        return place

    def record(
        self,
        *words: str,
        answers: Mapping[str, object] | None = None,
        code: int | None = 0,
        today: str = MONDAY,
        **more: object,
    ) -> Ran:
        """Records a step whose answers come through `--from`."""
        given = {**(answers or {}), **more}
        return self.call(*words, "--from", self.file(given), today=today, code=code)

    def git(self, *words: str, check: bool = True) -> str:
        """What git says about the case folder; a user's own git, at their own keyboard."""
        identity = ("-c", "user.name=Officer One", "-c", "user.email=officer.one@testshire.invalid")
        command = ["git", *identity, *words]
        done = subprocess.run(command, cwd=self.folder, env=self.environment(), capture_output=True, check=False)
        assert not (check and done.returncode), done.stderr.decode()
        return done.stdout.decode(errors="replace")

    def state(self) -> tuple[str, str, str]:
        """What a refused step must leave alone: every ref, the working tree and the index."""
        return self.git("for-each-ref"), self.git("status", "--porcelain"), self.git("ls-files", "-s")

    def drafts(self) -> list[Path]:
        """The private drafts that are kept."""
        return sorted(path for path in self.home.rglob("*.yaml") if path.parent.name == "drafts")

    def newest(self) -> str:
        """The newest record's file, as main has it."""
        path = self.git("log", "-1", "--name-only", "--format=", "main").strip()
        return self.git("show", f"main:{path}")

    def newest_id(self) -> str:
        """The id of the newest record."""
        return self.git("log", "-1", "--format=%(trailers:key=Record,valueonly)", "main").strip()

    def refused(
        self,
        *words: str,
        code: int,
        today: str = "2026-03-20",
        answers: Mapping[str, object] | None = None,
        **more: object,
    ) -> str:
        """What is said of a step that must be refused and leave everything alone."""
        before = self.state()
        ran = self.record(*words, answers={**(answers or {}), **more}, code=code, today=today)
        assert self.state() == before
        return ran.err

    def assert_sound(self) -> None:
        """Nothing lies about in the working tree, and git finds nothing wrong."""
        assert self.git("status", "--porcelain") == ""
        assert self.git("fsck", "--strict", "--no-dangling") == ""


def commit_by_hand(desk: Desk, path: str, content: bytes, message: str = "By hand") -> None:
    """What somebody does with an editor and git, past sptool."""
    place = desk.folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    desk.git("add", "-f", path)
    desk.git("commit", "-q", "-m", message)


def new_desk(place: Path, *more: str, today: str = MONDAY) -> Desk:
    """A desk with a new practice folder."""
    desk = Desk(place / "cases", place / "home", place / "answers")
    desk.home.mkdir(parents=True)
    desk.answers.mkdir()
    desk.call("init", desk.folder, "--training", *OFFICER, *more, today=today, code=0)
    return desk


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that every test gets a copy of."""
    place = tmp_path_factory.mktemp("pattern") / "desk"
    new_desk(place)
    return place


@pytest.fixture
def desk(pattern: Path, tmp_path: Path) -> Desk:
    """A desk of the test's own."""
    place = tmp_path / "desk"
    shutil.copytree(pattern, place)
    return Desk(place / "cases", place / "home", place / "answers")


def _yaml(given: Mapping[str, object]) -> bytes:
    return write_yaml(json.loads(json.dumps(given)))


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, text
    return match[1]


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _input(given: str | bytes) -> Iterator[None]:
    before = sys.stdin
    content = given.encode() if isinstance(given, str) else given
    sys.stdin = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = before
