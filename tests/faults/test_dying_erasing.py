"""sptool is killed at every moment of an erasure: the case is as it was, or erased and gone after the next command.

In between, whatever is asked says that the erasure is not finished, and shows nothing of what should be gone.
"""

from __future__ import annotations

import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from sptool.desk.held import particulars_to_show, read_particulars
from sptool.store.casebook import Casebook
from sptool.store.erasing import left_of
from sptool.store.folder import CaseFolder, open_case_folder
from sptool.store.reading import head
from sptool.store.recording import record_step, repair
from sptool.workflow.edition import load_edition
from tests.cli.cases import referred
from tests.cli.erased import ERASURE, NAME, PEOPLE, assert_nothing_said, assert_said
from tests.cli.running import Desk, desk, pattern
from tests.faults.strikes import chosen, first_and_last
from tests.faults.test_dying import copy_of, die, moments
from tests.store.erasing import erasure
from tests.store.setting import CASE, REF, assert_sound, git, holds, kept_at, record, secret

__all__ = ["desk", "pattern"]

SHARES = 4

needs_kill = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


def ready(folder: CaseFolder) -> CaseFolder:
    """A folder with two steps with particulars; somebody's own git has packed the first."""
    record(folder, "a1")
    git(folder.root, "gc", "-q")
    record(folder, "a2")
    return folder


def is_on_record(folder: CaseFolder) -> bool:
    return "-erasure-" in git(folder.root, "ls-tree", "-r", "--name-only", "main")


def all_held(folder: CaseFolder) -> bool:
    return all(holds(folder.root, secret(name)) for name in ("a1", "a2"))


def any_held(folder: CaseFolder) -> bool:
    return any(holds(folder.root, secret(name)) for name in ("a1", "a2"))


@needs_kill
@pytest.mark.parametrize("share", range(SHARES))
def test_killed_at_any_moment_nothing_is_erased_or_everything(folder: CaseFolder, tmp_path: Path, share: int) -> None:
    ready(folder)
    every = moments(folder, tmp_path / "counted", "erase")
    assert len(every) > 60
    for moment in first_and_last(every)[share::SHARES]:
        dead = copy_of(folder, tmp_path / f"dead-{moment}")
        assert die(dead, "erase", moment).returncode == -signal.SIGKILL
        erased = is_on_record(dead)
        case = Casebook(dead, head(dead), load_edition).case(CASE)
        assert left_of(dead, case).is_unfinished or any_held(dead) is not erased
        assert all_held(dead) or erased
        assert bool(particulars_to_show(dead, case)) is not erased
        dead.reader.close()
        record(dead, "a3")
        assert any_held(dead) is not erased
        expected = ["a3"] if erased else ["a1", "a2", "a3"]
        assert read_particulars(dead, CASE) == {kept_at(name): secret(name) for name in expected}
        assert not left_of(dead, Casebook(dead, head(dead), load_edition).case(CASE)).is_unfinished
        assert_sound(dead)
        dead.reader.close()
        shutil.rmtree(dead.root)


@needs_kill
def test_killed_on_the_way_every_command_says_so_until_the_next_completes_it(desk: Desk, tmp_path: Path) -> None:
    case = referred(desk, private={"people": PEOPLE})
    desk.call("note", case, "--from", "-", stdin=f"text: {NAME}\n", code=2)
    folder, answers = open_case_folder(desk.folder), str(desk.file(ERASURE, "erasure.yaml"))
    words = ("erase", case, "--from", answers)
    every = moments(folder, tmp_path / "counted", "command", *words, **desk.environment())
    states: set[bool] = set()
    for moment in chosen(every, 4):
        home = shutil.copytree(desk.home, tmp_path / f"home-{moment}")
        dead = replace(desk, folder=tmp_path / f"dead-{moment}", home=home)
        copy_of(folder, dead.folder)
        died = die(open_case_folder(dead.folder), "command", moment, *words, **dead.environment())
        assert died.returncode == -signal.SIGKILL, died
        states.add(_check(dead, case))
        shutil.rmtree(dead.folder)
    assert states == {False, True}


def _check(dead: Desk, case: str) -> bool:
    """Whether the erasure is on record; either way everything is as it should be."""
    erased = "-erasure-" in dead.git("ls-tree", "-r", "--name-only", "main")
    left = f"refs/particulars/{case}" in dead.git("for-each-ref") or (dead.folder / ".git/sptool/erasing").exists()
    if erased and left:
        assert_said(dead, case)
    else:
        assert_nothing_said(dead)
    dead.call("tidy", code=0)
    assert_nothing_said(dead)
    assert (NAME in dead.call("show", case, "--identify", code=0).out) is not erased
    assert (f"refs/particulars/{case}" in dead.git("for-each-ref")) is not erased
    dead.record("note", case, *(["--names-nobody"] if erased else []), happened_on="2026-03-02", text="Said later.")
    dead.assert_sound()
    return erased


LOCKS = (
    *("HEAD.lock", "logs/HEAD.lock", "packed-refs.lock", "packed-refs.new", "refs/heads/main.lock"),
    *("logs/refs/heads/main.lock", f"{REF}.lock", "objects/info/commit-graphs/commit-graph-chain.lock"),
)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_that_git_left_behind_while_it_erased_heals(folder: CaseFolder, lock: str) -> None:
    ready(folder)
    git(folder.root, "commit-graph", "write", "--reachable", "--split")
    record_step(folder, erasure(folder), lambda _: None)
    (folder.root / ".git" / lock).write_text("")
    assert repair(folder) == []
    assert not any_held(folder)
    assert not (folder.root / ".git" / lock).exists()
    record(folder, "a3")
    assert_sound(folder)


def test_a_mark_that_main_never_followed_destroys_nothing(folder: CaseFolder) -> None:
    ready(folder)
    tip = git(folder.root, "rev-parse", REF).strip()
    unreached = git(folder.root, "commit-tree", "-m", "never", "-p", "main", "main^{tree}").strip()
    (folder.workshop / "erasing").write_text(f"{REF} {tip} {unreached}\n")
    record(folder, "a3")
    assert all_held(folder)
    assert_sound(folder)


def test_an_older_sptools_mark_is_completed_as_far_as_main_says_so(folder: CaseFolder) -> None:
    ready(folder)
    record_step(folder, erasure(folder), lambda _: None)
    (folder.workshop / "erasing").write_text(REF)
    assert repair(folder) == []
    assert not any_held(folder)
    assert_sound(folder)
