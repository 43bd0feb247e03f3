"""Particulars can be read while they are kept, and are gone for good once lawfully erased."""

from __future__ import annotations

import pytest

from sptool.errors import UnfitFolder
from sptool.store.folder import CaseFolder
from sptool.store.particulars import delete_particulars, particulars_ref, read_particulars
from sptool.store.recording import repair

from .setting import CASE, REF, assert_sound, everything, git, holds, record, secret


def test_particulars_are_read_by_record(folder: CaseFolder) -> None:
    assert read_particulars(folder, CASE) == {}
    record(folder, "a1")
    record(folder, "a2")
    assert read_particulars(folder, CASE) == {
        "a1/particulars.yaml": secret("a1"),
        "a2/particulars.yaml": secret("a2"),
    }
    assert particulars_ref(CASE) == REF


@pytest.mark.parametrize("packed", [False, True])
def test_erased_particulars_are_gone_from_the_objects(folder: CaseFolder, packed: bool) -> None:
    record(folder, "a1")
    record(folder, "a2")
    before = everything(folder)
    if packed:
        git(folder.root, "gc", "-q")
        git(folder.root, "commit-graph", "write", "--reachable")
        git(folder.root, "pack-refs", "--all")
    delete_particulars(folder, CASE)
    assert not holds(folder.root, secret("a1"))
    assert not holds(folder.root, secret("a2"))
    assert read_particulars(folder, CASE) == {}
    assert everything(folder)[1:] == before[1:]
    assert REF not in git(folder.root, "for-each-ref")
    assert_sound(folder)
    record(folder, "a3")
    assert read_particulars(folder, CASE) == {"a3/particulars.yaml": secret("a3")}
    assert_sound(folder)


def test_erasing_what_is_not_there_changes_nothing(folder: CaseFolder) -> None:
    before = everything(folder)
    delete_particulars(folder, CASE)
    assert everything(folder) == before
    assert_sound(folder)


def test_an_erasure_that_something_else_defeats_says_so(folder: CaseFolder) -> None:
    record(folder, "a1")
    git(folder.root, "branch", "copy", REF)
    with pytest.raises(UnfitFolder, match="still holds part of it"):
        delete_particulars(folder, CASE)
    git(folder.root, "branch", "-D", "copy")
    delete_particulars(folder, CASE)
    assert not holds(folder.root, secret("a1"))


def test_an_erasure_that_died_half_way_is_completed(folder: CaseFolder) -> None:
    record(folder, "a1")
    (folder.workshop / "erasing").write_text(REF)
    (folder.root / ".git" / f"{REF}.lock").write_text("")
    repair(folder)
    assert not holds(folder.root, secret("a1"))
    assert_sound(folder)
