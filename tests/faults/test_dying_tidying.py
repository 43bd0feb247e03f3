"""sptool is killed at every moment of tidying; the folder is as it was, and the next command works."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from sptool.store.folder import CaseFolder
from sptool.store.tidying import tidy
from tests.faults.strikes import first_and_last
from tests.faults.test_dying import copy_of, die, moments
from tests.store.erasing import erase
from tests.store.setting import assert_sound, everything, holds, record, secret

SHARES = 3

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


STEPS = ("a1", "a2", "a3", "a4")


def ready(folder: CaseFolder) -> CaseFolder:
    """A folder with a pack and about as much again to pack, so that packs are joined too."""
    record(folder, STEPS[0])
    tidy(folder, lambda _: None)
    for name in STEPS[1:]:
        record(folder, name)
    return folder


def packs(folder: CaseFolder) -> set[Path]:
    return set((folder.root / ".git" / "objects" / "pack").glob("*.pack"))


def test_packs_are_joined_here(folder: CaseFolder) -> None:
    before = packs(ready(folder))
    tidy(folder, lambda _: None)
    assert len(packs(folder)) == 1
    assert packs(folder) != before


@pytest.mark.parametrize("share", range(SHARES))
def test_killed_while_tidying_nothing_is_lost(folder: CaseFolder, tmp_path: Path, share: int) -> None:
    ready(folder)
    before = everything(folder)
    every = moments(folder, tmp_path / "counted", "tidy")
    assert len(every) > 40
    for moment in first_and_last(every)[share::SHARES]:
        dead = copy_of(folder, tmp_path / f"dead-{moment}")
        assert die(dead, "tidy", moment).returncode == -signal.SIGKILL
        tidy(dead, lambda _: None)  # first of all: an erasure would write the packs anew, and hide what is wrong
        record(dead, "a5")
        assert everything(dead)[1:] != before[1:]
        assert erase(dead)
        assert not any(holds(dead.root, secret(name)) for name in (*STEPS, "a5"))
        tidy(dead, lambda _: None)
        (dead.workshop / "tidied").unlink()
        assert_sound(dead)
        shutil.rmtree(dead.root)
