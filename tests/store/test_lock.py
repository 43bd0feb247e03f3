"""One sptool at a time, and never a lock that outlives its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sptool.errors import StepRefused
from sptool.store.folder import CaseFolder
from sptool.store.git import Git
from sptool.store.lock import locked
from sptool.store.reading import head
from sptool.store.recording import record_step

from .setting import assert_sound, everything, record, says_yes, step


def test_a_second_sptool_is_told_to_wait(folder: CaseFolder) -> None:
    before = everything(folder)
    with locked(folder.workshop), pytest.raises(StepRefused, match="Another sptool"):
        record_step(folder, step("a1"), lambda _: None, patience=0)
    assert everything(folder) == before
    record(folder, "a1")
    assert_sound(folder)


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "sptool"):
        raise ZeroDivisionError
    with locked(tmp_path / "sptool", patience=0):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows ties the lock to one process")
def test_the_lock_is_held_until_the_last_git_process_has_ended(tmp_path: Path) -> None:
    with locked(tmp_path / "sptool") as held:
        orphan = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(held,), text=True)
    with pytest.raises(StepRefused), locked(tmp_path / "sptool", patience=0):
        pass
    orphan.communicate("\n")
    with locked(tmp_path / "sptool", patience=0):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows ties the lock to one process")
def test_every_git_process_holds_on_to_the_lock(folder: CaseFolder) -> None:
    with locked(folder.workshop) as held:
        question = f"alias.holds=!test -e /dev/fd/{held}"
        assert says_yes(Git(folder.root, (held,)), "-c", question, "holds")
        assert not says_yes(Git(folder.root), "-c", question, "holds")


@pytest.fixture
def listening() -> Iterator[None]:
    """Ctrl-C is listened to, also where the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("listening")
def test_ctrl_c_does_not_stop_a_step_half_way(folder: CaseFolder) -> None:
    commit = record_step(folder, step("a1"), lambda _: signal.raise_signal(signal.SIGINT))
    assert head(folder) == commit
    assert_sound(folder)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
