"""Particulars can be read while they are kept, and are gone for good once lawfully erased."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sptool.desk.held import particulars_to_show, read_particulars
from sptool.errors import UnfitFolder
from sptool.store.casebook import Casebook
from sptool.store.erasing import left_of, refuse_if_kept
from sptool.store.folder import CaseFolder
from sptool.store.reading import head
from sptool.store.recording import Entry, record_step, repair
from sptool.store.refs import particulars_ref
from sptool.store.settling import destroy_erased
from sptool.workflow.edition import load_edition

from .erasing import erase, erasure
from .setting import CASE, REF, assert_sound, everything, git, holds, kept_at, record, secret, step


def as_main_has_it(folder: CaseFolder) -> Casebook:
    return Casebook(folder, head(folder), load_edition)


def test_particulars_are_read_by_record(folder: CaseFolder) -> None:
    assert read_particulars(folder, CASE) == {}
    record(folder, "a1")
    record(folder, "a2")
    assert read_particulars(folder, CASE) == {kept_at("a1"): secret("a1"), kept_at("a2"): secret("a2")}
    assert particulars_ref(CASE) == REF


@pytest.mark.parametrize("packed", [False, True])
def test_erased_particulars_are_gone_from_the_objects(folder: CaseFolder, packed: bool) -> None:
    record(folder, "a1")
    record(folder, "a2")
    if packed:
        git(folder.root, "gc", "-q")
        git(folder.root, "commit-graph", "write", "--reachable")
        git(folder.root, "pack-refs", "--all")
    record_step(folder, erasure(folder), lambda _: None)
    before = everything(folder)
    assert destroy_erased(folder, CASE)
    assert not holds(folder.root, secret("a1"))
    assert not holds(folder.root, secret("a2"))
    assert read_particulars(folder, CASE) == {}
    assert everything(folder)[1:] == before[1:]
    assert REF not in git(folder.root, "for-each-ref")
    assert_sound(folder)
    record(folder, "a3")
    assert read_particulars(folder, CASE) == {kept_at("a3"): secret("a3")}
    assert_sound(folder)


@pytest.mark.parametrize("on_record", [False, True])
def test_where_nothing_is_held_nothing_is_destroyed(folder: CaseFolder, on_record: bool) -> None:
    record(folder, "a1", private=False)
    if on_record:
        record_step(folder, erasure(folder), lambda _: None)
    before = everything(folder)
    assert not destroy_erased(folder, CASE)
    assert everything(folder) == before
    assert_sound(folder)


def test_what_is_not_erased_on_record_is_never_destroyed(folder: CaseFolder) -> None:
    record(folder, "a1")
    before = everything(folder)
    assert not destroy_erased(folder, CASE)
    assert everything(folder) == before
    assert holds(folder.root, secret("a1"))
    assert_sound(folder)


def test_an_erasure_that_something_else_defeats_says_so(folder: CaseFolder) -> None:
    record(folder, "a1")
    git(folder.root, "branch", "copy", REF)
    with pytest.raises(UnfitFolder, match="still holds part of them"):
        erase(folder)
    git(folder.root, "branch", "-D", "copy")
    repair(folder)
    destroy_erased(folder, CASE)
    assert not git(folder.root, "for-each-ref", REF)


def test_an_erasure_whose_sptool_died_is_completed_by_whichever_comes_next(folder: CaseFolder) -> None:
    record(folder, "a1")
    record_step(folder, erasure(folder), lambda _: None)
    assert left_of(folder, as_main_has_it(folder).case(CASE)).is_unfinished
    assert particulars_to_show(folder, as_main_has_it(folder).case(CASE)) == {}
    (folder.root / ".git" / f"{REF}.lock").write_text("")
    assert repair(folder) == []
    assert not holds(folder.root, secret("a1"))
    assert not left_of(folder, as_main_has_it(folder).case(CASE)).is_unfinished
    assert_sound(folder)


def test_what_came_back_is_destroyed_and_what_was_recorded_since_stays(folder: CaseFolder) -> None:
    record(folder, "a1")
    old = git(folder.root, "rev-parse", REF).strip()
    git(folder.root, "bundle", "create", "-q", "../kept.bundle", REF)
    erase(folder)
    git(folder.root, "fetch", "-q", "../kept.bundle", f"{REF}:{REF}")
    assert git(folder.root, "rev-parse", REF).strip() == old
    record(folder, "a2")
    left = left_of(folder, as_main_has_it(folder).case(CASE))
    assert left.is_unfinished
    assert left.others
    assert particulars_to_show(folder, as_main_has_it(folder).case(CASE)) == {kept_at("a2"): secret("a2")}
    assert destroy_erased(folder, CASE)
    assert read_particulars(folder, CASE) == {kept_at("a2"): secret("a2")}
    assert not holds(folder.root, secret("a1"))
    assert old not in git(folder.root, "log", "--format=%H", REF)
    (folder.root / ".git" / "FETCH_HEAD").unlink()
    assert_sound(folder)
    record(folder, "a3")
    assert_sound(folder)


def test_an_erasure_takes_what_no_record_names_and_nothing_that_came_after(folder: CaseFolder) -> None:
    record(folder, "a1")
    unnamed = Entry("zz12345678/attachment-1.txt", b"of no record")
    record_step(folder, replace(step("a2"), private={REF: [unnamed]}), lambda _: None)
    assert len(read_particulars(folder, CASE)) == 2
    erase(folder)
    assert read_particulars(folder, CASE) == {}
    assert not git(folder.root, "for-each-ref", REF)
    assert_sound(folder)


DAMAGE = {"nothing left": None, "garbage": b"garbage"}


@pytest.mark.parametrize("content", DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("what", [REF, f"{REF}^{{tree}}", f"{REF}~1^{{tree}}", f"{REF}:{kept_at('a1')}"])
def test_what_is_damaged_can_be_erased(folder: CaseFolder, what: str, content: bytes | None) -> None:
    record(folder, "a1")
    record(folder, "a2")
    damage(folder, what, content)
    refuse_if_kept(folder, CASE)
    assert erase(folder)
    assert not git(folder.root, "for-each-ref", REF)
    assert not (folder.workshop / "erasing").exists()
    assert_sound(folder)


def test_where_damage_hides_what_is_not_erased_nothing_is_destroyed(folder: CaseFolder) -> None:
    record(folder, "a1")
    git(folder.root, "bundle", "create", "-q", "../kept.bundle", REF)
    erase(folder)
    git(folder.root, "fetch", "-q", "../kept.bundle", f"{REF}:{REF}")
    record(folder, "a2")
    damage(folder, f"{REF}^{{tree}}", None)
    with pytest.raises(UnfitFolder):
        destroy_erased(folder, CASE)
    assert git(folder.root, "rev-parse", REF)
    assert holds(folder.root, secret("a2"))


def damage(folder: CaseFolder, what: str, content: bytes | None) -> None:
    """Spoils an object that lies alone, or takes it away."""
    name = git(folder.root, "rev-parse", what).strip()
    file = folder.root / ".git" / "objects" / name[:2] / name[2:]
    file.unlink()
    if content is not None:
        file.write_bytes(content)
