"""sptool, or a git that it started, is killed or refused at each kind of change that tidying makes: the next tidying
succeeds, the next step too, and no object is lost.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sptool.store.folder import CaseFolder
from sptool.store.git import GitFailed
from sptool.store.tidying import tidy
from tests.faults.strikes import Struck, chosen, needs_strikes, strike
from tests.faults.test_dying import copy_of
from tests.faults.test_dying_tidying import STEPS, ready
from tests.store.erasing import erase
from tests.store.setting import assert_sound, everything, git, holds, record, secret

pytestmark = needs_strikes

SHARES = 2  # the sweep is split, so that it can be spread over processors
TO_WHAT_NOBODY_LEADS = b"somebody's own, that nobody leads to\n"


def tidied_under(folder: CaseFolder, fault: str, moment: int) -> Struck:
    return strike(folder.root, fault, moment, "tests.faults.dying", folder.root, "tidy")


def objects(folder: CaseFolder) -> set[str]:
    """The ids of all objects that git finds."""
    return set(git(folder.root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split())


def crowded(folder: CaseFolder) -> CaseFolder:
    """A folder with packs to be joined, particulars, and an object that nobody leads to."""
    ready(folder)
    (folder.root.parent / "own").write_bytes(TO_WHAT_NOBODY_LEADS)
    git(folder.root, "hash-object", "-w", str(folder.root.parent / "own"))
    return folder


def a_lock_that_stays(what: tuple[str, str, str], fault: str) -> bool:
    """Whether the disk refuses to let a lock go; whoever comes next can't know that nobody holds it."""
    return fault == "EIO" and what[0] == "unlink" and what[1].endswith(".lock")


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize(("fault", "one_in"), [("kill-all", 1), ("kill-one", 5), ("EIO", 6), ("full", 7)])
def test_struck_while_tidying(folder: CaseFolder, tmp_path: Path, fault: str, one_in: int, share: int) -> None:
    crowded(folder)
    before, held = everything(folder), objects(folder)
    counted = tidied_under(copy_of(folder, tmp_path / "counted"), "count", 0)
    assert counted.code == 0, counted.err
    assert any(what == "unlink" and where.endswith(".pack") for what, where, _ in counted.moments), "none are joined"
    for moment in chosen(counted.moments, one_in)[share::SHARES]:
        if a_lock_that_stays(counted.moments[moment - 1], fault):
            continue
        struck = copy_of(folder, tmp_path / f"struck-{moment}")
        what = tidied_under(struck, fault, moment).moments[moment - 1]
        try:
            tidy(struck, lambda _: None)
        except GitFailed as failed:
            raise AssertionError(f"after {what}: {failed}") from failed
        assert objects(struck) >= held, what
        record(struck, "a5")
        assert everything(struck)[1:] != before[1:]
        (struck.workshop / "tidied").unlink()
        assert_sound(struck)
        assert holds(struck.root, TO_WHAT_NOBODY_LEADS)
        erase(struck)
        assert not any(holds(struck.root, secret(name)) for name in (*STEPS, "a5"))
        shutil.rmtree(struck.root)
