"""sptool is killed at every moment of tidying; the folder is as it was, and the next command works."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from sptool.store.folder import CaseFolder
from sptool.store.particulars import delete_particulars
from sptool.store.tidying import tidy
from tests.faults.test_dying import copy_of, die
from tests.store.setting import CASE, assert_sound, everything, holds, record, secret

SHARES = 3

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


def ready(folder: CaseFolder) -> CaseFolder:
    """A folder with a pack and more to pack, so that packs are joined too."""
    for name in ("a1", "a2"):
        record(folder, name)
        tidy(folder, lambda _: None)
    record(folder, "a3")
    return folder


@pytest.mark.parametrize("share", range(SHARES))
def test_killed_while_tidying_nothing_is_lost(folder: CaseFolder, tmp_path: Path, share: int) -> None:
    ready(folder)
    before = everything(folder)
    total = int(die(copy_of(folder, tmp_path / "counted"), "tidy").stdout)
    assert total > 40
    for moment in range(1 + share, total + 1, SHARES):
        dead = copy_of(folder, tmp_path / f"dead-{moment}")
        assert die(dead, "tidy", moment).returncode == -signal.SIGKILL
        record(dead, "a4")
        assert everything(dead)[1:] != before[1:]
        delete_particulars(dead, CASE)
        assert not any(holds(dead.root, secret(name)) for name in ("a1", "a2", "a3", "a4"))
        tidy(dead, lambda _: None)
        (dead.workshop / "tidied").unlink()
        assert_sound(dead)
        shutil.rmtree(dead.root)
