"""The demonstration, made once for each day that tests ask for: a folder full of cases at every stage."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from sptool.cli.demo.schedule import read_stories
from sptool.cli.main import call

DEMO_TODAY = "2026-03-10"
settings.register_profile("sptool", deadline=None)  # a computer that is busy is no failure
settings.load_profile("sptool")

IN_MEMORY = Path("/dev", "shm")
ROOM = 4 * 1024**3  # what all tests together leave behind, more than twice over


def pytest_configure() -> None:
    """Folders for tests stand on a disk in memory where there is one, unless somebody says where they should."""
    chosen = {"TMPDIR", "PYTEST_DEBUG_TEMPROOT"} & os.environ.keys()
    if not chosen and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(IN_MEMORY)


@dataclass(frozen=True)
class DemoRun:
    """A demonstration as it was made. Tests only read it.

    Args:
        folder: the practice folder.
        today: the day for which it was made.
        said: what it printed as its result.
        told: what it printed as messages.
        code: its exit code.
    """

    folder: Path
    today: str
    said: str
    told: str
    code: int

    def reference(self, story: str) -> str:
        """The reference of a story's case, as the demonstration named it."""
        title = next(known.title for known in read_stories() if known.id == story)
        return next(line.split()[0] for line in self.said.splitlines() if line.endswith(f"  {title}"))

    def ask(self, *words: str) -> tuple[int, str]:
        """The exit code and the result of a command that only shows."""
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            code = call(["--no-input", "--cases", str(self.folder), "--today", self.today, *words])
        return code, out.getvalue()

    def ask_json(self, *words: str) -> object:
        """What a command answers for machines."""
        data: object = json.loads(self.ask(*words, "--json")[1])
        return data

    def git(self, *words: str) -> str:
        """What git says about the folder."""
        done = subprocess.run(["git", *words], cwd=self.folder, capture_output=True, check=True)
        return done.stdout.decode(errors="replace")


def run_demo(folder: Path, today: str) -> DemoRun:
    """Runs the demonstration as a program of its own: no home, no identity, another working folder."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    nowhere = {name: str(folder.parent / "no-home") for name in ("HOME", "USERPROFILE", "LOCALAPPDATA")}
    done = subprocess.run(
        [sys.executable, "-m", "sptool", "demo", str(folder), "--today", today],
        cwd=folder.parent,
        env={**kept, **nowhere, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return DemoRun(folder, today, done.stdout.decode(), done.stderr.decode(), done.returncode)


@pytest.fixture(scope="session", autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What sptool keeps for its user it keeps here, and leaves the home of whoever runs the tests alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def demo_at(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], DemoRun]:
    """The demonstration of a day, made when it is first asked for."""

    @cache
    def at(today: str) -> DemoRun:
        return run_demo(tmp_path_factory.mktemp("demo") / "cases", today)

    return at


@pytest.fixture(scope="session")
def demo(demo_at: Callable[[str], DemoRun]) -> DemoRun:
    """The demonstration of an ordinary Tuesday."""
    return demo_at(DEMO_TODAY)


@pytest.fixture(scope="session")
def demo_folder(demo: DemoRun) -> Path:
    """The practice folder of an ordinary Tuesday. Read it, or copy it; never write in it."""
    return demo.folder
