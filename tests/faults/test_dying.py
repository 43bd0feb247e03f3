"""sptool is killed at every moment of recording a step; the step is there whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sptool.desk.held import read_particulars
from sptool.store.folder import CaseFolder
from sptool.store.reading import Snapshot, head
from sptool.store.recording import repair
from tests.faults.loaded import run
from tests.store.setting import CASE, assert_sound, git, holds, kept_at, path_of, record, secret

PROJECT = Path(__file__).parents[2]
SHARES = 6  # the sweep is split, so that it can be spread over processors

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


def die(folder: CaseFolder, what: str, moment: int = 0, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Records a step, or does something else, in a process that kills itself at a moment."""
    return run("tests.faults.dying", folder.root, what, moment, *words, environment={**os.environ, **more})


def copy_of(folder: CaseFolder, place: Path) -> CaseFolder:
    """Another case folder, the same to the last byte."""
    shutil.copytree(folder.root, place, symlinks=True)
    return CaseFolder(place, folder.settings)


def moments(folder: CaseFolder, place: Path, what: str = "a2", *words: str, **more: str) -> list[tuple[str, str]]:
    """The moments at which it could be killed; where the same would be changed, under the same name."""
    done = die(copy_of(folder, place), what, 0, *words, **more)
    assert done.returncode == 0, done.stderr
    return [(what, where.replace(str(place), "")) for what, where in json.loads(done.stdout)]


def assert_whole_or_not_at_all(folder: CaseFolder, name: str) -> bool:
    """Whether the step is there; if not, nothing of it is, and either way nothing else has changed."""
    there = path_of(name) in Snapshot(folder, head(folder)).paths()
    assert (kept_at(name) in read_particulars(folder, CASE)) is there
    assert holds(folder.root, secret(name)) is there
    assert (folder.root / path_of(name)).exists() is there
    return there


@pytest.mark.parametrize("share", range(SHARES))
def test_killed_at_any_moment_the_next_command_finds_a_whole_folder(
    folder: CaseFolder, tmp_path: Path, share: int
) -> None:
    record(folder, "a1")
    total = len(moments(folder, tmp_path / "counted"))
    assert total > 40
    for moment in range(1 + share, total + 1, SHARES):
        dead = copy_of(folder, tmp_path / f"dead-{moment}")
        before = head(dead)
        assert die(dead, "a2", moment).returncode == -signal.SIGKILL
        record(dead, "a3")
        there = assert_whole_or_not_at_all(dead, "a2")
        assert len(git(dead.root, "rev-list", f"{before}..main").split()) == 1 + there
        assert_whole_or_not_at_all(dead, "a3")
        assert_sound(dead)
        shutil.rmtree(dead.root)


def test_killed_on_a_cases_first_particulars(folder: CaseFolder, tmp_path: Path) -> None:
    total = len(moments(folder, tmp_path / "counted"))
    for moment in range(total // 3, total + 1, 2):
        dead = copy_of(folder, tmp_path / f"dead-{moment}")
        die(dead, "a2", moment)
        repair(dead)
        assert_whole_or_not_at_all(dead, "a2")
        assert_sound(dead)
        shutil.rmtree(dead.root)


def test_locks_that_a_power_cut_left_behind_do_not_stop_the_next_command(folder: CaseFolder) -> None:
    record(folder, "a1")
    main, private = (git(folder.root, "rev-parse", ref).strip() for ref in ("main", f"refs/particulars/{CASE}"))
    moves = f"refs/heads/main {main} -\nrefs/particulars/{CASE} {private} -\n"
    (folder.workshop / "journal").write_text(moves)
    repository = folder.root / ".git"
    for name in ("HEAD", "packed-refs", "refs/heads/main", f"refs/particulars/{CASE}"):
        (repository / f"{name}.lock").write_text("")
    (repository / "index.lock").write_text("sptool\n")
    (folder.workshop / "index.lock").write_text("")
    record(folder, "a2")
    assert_sound(folder)


@pytest.mark.parametrize("rounds", [5])
def test_two_at_once_lose_and_mix_nothing(folder: CaseFolder, rounds: int) -> None:
    names = [f"{who}{number}" for number in range(rounds) for who in "ab"]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.dying", str(folder.root), name],
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
        )
        for name in names
    ]
    assert [process.wait() for process in running] == [0] * len(names)
    commits = git(folder.root, "rev-list", "main").split()[:-1]
    added = [git(folder.root, "diff-tree", "-r", "--no-commit-id", "--name-status", commit) for commit in commits]
    assert sorted(added) == sorted(f"A\t{path_of(name)}\n" for name in names)
    assert read_particulars(folder, CASE) == {kept_at(name): secret(name) for name in names}
    assert_sound(folder)
