"""One step is one commit: there whole or not at all, and never mixed with what the user does by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sptool.errors import CaseChanged, StepRefused, UnfitFolder
from sptool.store.folder import CaseFolder
from sptool.store.reading import Snapshot, head
from sptool.store.recording import Entry, Step, record_step, repair

from .setting import (
    AT,
    CASE,
    OFFICER,
    REF,
    assert_sound,
    everything,
    git,
    holds,
    id_of,
    kept_at,
    path_of,
    record,
    secret,
    step,
)


def test_a_step_is_one_commit_with_its_author_and_one_date(folder: CaseFolder) -> None:
    before = head(folder)
    commit = record(folder, "a1")
    shown = git(folder.root, "log", "-1", "--format=%H %P|%an <%ae>|%cn <%ce>|%at %ct|%s|%(trailers:only)")
    who = f"{OFFICER.name} <{OFFICER.email}>"
    at = int(AT.timestamp())
    trailers = f"Case: {CASE}\nRecord: a1"
    assert shown.strip() == f"{commit} {before}|{who}|{who}|{at} {at}|{CASE}: note|{trailers}"
    assert git(folder.root, "diff-tree", "-r", "--name-status", before, commit) == f"A\t{path_of('a1')}\n"
    assert (folder.root / path_of("a1")).read_bytes() == b"record: note/1\nid: a1\n"
    assert_sound(folder)


def test_a_folder_sorts_as_git_sorts_it(folder: CaseFolder) -> None:
    beside = ("a/x", "a.b", "a-b", "a0", "ab/x", "ä", "B")
    made = Step([Entry(path, b"x\n") for path in beside], "Files whose order git has a rule for", OFFICER, AT)
    record_step(folder, made, lambda _: None)
    assert git(folder.root, "fsck", "--strict") == ""
    assert git(folder.root, "status", "--porcelain") == ""


def test_particulars_are_on_their_own_ref_and_nowhere_else(folder: CaseFolder) -> None:
    record(folder, "a1")
    record(folder, "a2")
    listed = git(folder.root, "ls-tree", "-r", "--name-only", REF).splitlines()
    assert listed == sorted([kept_at("a1"), kept_at("a2")])
    assert git(folder.root, "log", "--format=%s", REF).splitlines() == [
        f"{CASE}: {id_of('a2')}",
        f"{CASE}: {id_of('a1')}",
    ]
    assert "Pretend" not in git(folder.root, "log", "-p", "main")
    assert not (folder.root / ".git" / "logs" / REF).exists()


def test_the_guard_sees_the_head_and_can_refuse(folder: CaseFolder) -> None:
    before, seen = everything(folder), list[str]()

    def refuse(commit: str) -> None:
        seen.append(commit)
        raise CaseChanged("Somebody was quicker.")

    with pytest.raises(CaseChanged):
        record_step(folder, step("a1"), refuse)
    assert seen == [head(folder)]
    assert everything(folder) == before
    assert not holds(folder.root, secret("a1"))
    assert_sound(folder)


def test_nothing_recorded_is_overwritten(folder: CaseFolder) -> None:
    record(folder, "a1")
    before = everything(folder)
    changed = replace(step("a1", private=False), entries=[Entry(path_of("a1"), b"other\n")])
    with pytest.raises(StepRefused, match="recorded already"):
        record_step(folder, changed, lambda _: None)
    in_the_way = replace(step("a1", private=False), entries=[Entry(f"{path_of('a1')}/x.yaml", b"other\n")])
    with pytest.raises(StepRefused, match="stands where"):
        record_step(folder, in_the_way, lambda _: None)
    assert everything(folder) == before
    assert_sound(folder)


def test_a_refused_step_leaves_no_particulars(folder: CaseFolder) -> None:
    record(folder, "a1", private=False)
    before = everything(folder)
    with pytest.raises(StepRefused, match="recorded already"):
        record_step(folder, step("a1"), lambda _: None)
    assert everything(folder) == before
    assert not holds(folder.root, secret("a1"))
    assert_sound(folder)


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", ".git/config", "a/.GIT/x", "a/./b", "a\nb", ""])
def test_names_that_lead_elsewhere_are_refused(folder: CaseFolder, path: str) -> None:
    before = everything(folder)
    with pytest.raises(StepRefused, match="under that name"):
        record_step(folder, replace(step("a1"), entries=[Entry(path, b"x")]), lambda _: None)
    assert everything(folder) == before
    assert_sound(folder)


def test_a_commit_by_somebody_elses_git_in_between_is_noticed(folder: CaseFolder) -> None:
    def meanwhile(_: str) -> None:
        git(folder.root, "commit", "--allow-empty", "-m", "by hand")

    with pytest.raises(CaseChanged):
        record_step(folder, step("a1"), meanwhile)
    assert git(folder.root, "log", "-1", "--format=%s").strip() == "by hand"
    assert REF not in git(folder.root, "for-each-ref")
    assert not holds(folder.root, secret("a1"))
    record(folder, "a1")
    assert_sound(folder)


def test_a_step_taken_back_takes_nothing_else_with_it(folder: CaseFolder) -> None:
    other = "refs/particulars/TST-2026-ZZZZY"
    picture = Entry("a1/picture.png", b"the same picture in two cases")
    record_step(folder, replace(step("a1"), private={other: [picture]}), lambda _: None)
    (folder.root / "mine.txt").write_text("kept by hand, in git's objects only")
    mine = git(folder.root, "hash-object", "-w", "mine.txt").strip()

    def meanwhile(_: str) -> None:
        git(folder.root, "commit", "--allow-empty", "-m", "by hand")

    entries = [*step("a2").private[REF], replace(picture, path="a2/picture.png")]
    with pytest.raises(CaseChanged):
        record_step(folder, replace(step("a2"), private={REF: entries}), meanwhile)
    assert not holds(folder.root, secret("a2"))
    assert holds(folder.root, picture.content)
    git(folder.root, "cat-file", "-e", mine)
    assert git(folder.root, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main", other]
    assert git(folder.root, "fsck", "--strict", "--no-dangling") == ""


def test_what_the_user_edited_or_staged_stays_theirs(folder: CaseFolder) -> None:
    record(folder, "a1")
    (folder.root / "README.md").write_text("edited, not staged\n")
    (folder.root / "register" / "2026.yaml").write_text("edited and staged\n")
    (folder.root / "new.txt").write_text("staged\n")
    (folder.root / "loose.txt").write_text("untracked\n")
    git(folder.root, "add", "register/2026.yaml", "new.txt")
    git(folder.root, "rm", "-q", path_of("a1"))
    before = everything(folder)
    commit = record(folder, "a2")
    changed = git(folder.root, "diff-tree", "-r", "--name-status", f"{commit}~", commit)
    assert changed == f"A\t{path_of('a2')}\n"
    after = everything(folder)
    assert after[2] == before[2]
    assert {path: content for path, content in after[3].items() if path != path_of("a2")} == before[3]


def test_a_file_that_the_user_put_there_is_not_overwritten(folder: CaseFolder) -> None:
    target = folder.root / path_of("a1")
    target.parent.mkdir(parents=True)
    target.write_text("the user's own\n")
    record(folder, "a1")
    assert target.read_text() == "the user's own\n"
    assert Snapshot(folder, head(folder)).read([path_of("a1")]) == {path_of("a1"): b"record: note/1\nid: a1\n"}
    assert git(folder.root, "status", "--porcelain") == f" M {path_of('a1')}\n"


def test_a_folder_that_leads_out_is_not_followed(folder: CaseFolder, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder.root / "2026").symlink_to(outside, target_is_directory=True)
    record(folder, "a1")
    assert list(outside.iterdir()) == []


def test_steps_are_recorded_on_main_only(folder: CaseFolder) -> None:
    git(folder.root, "switch", "-q", "-c", "other")
    before = everything(folder)
    with pytest.raises(UnfitFolder, match="another branch") as refused:
        record(folder, "a1")
    assert "git switch main" in refused.value.fix
    assert everything(folder) == before


def test_repair_leaves_a_whole_folder_alone(folder: CaseFolder) -> None:
    record(folder, "a1")
    before = everything(folder)
    assert repair(folder) == []
    assert everything(folder) == before


def forget_view(folder: CaseFolder, *, disk: bool, index: bool) -> None:
    """Leaves the folder as an sptool does that died after the commit, at some point of showing it."""
    before = git(folder.root, "rev-parse", "main~").strip()
    (folder.workshop / "shown").write_text(before)
    if not index:
        git(folder.root, "rm", "-q", "--cached", path_of("a1"))
    if not disk:
        (folder.root / path_of("a1")).unlink()


@pytest.mark.parametrize(("disk", "index"), [(False, False), (True, False), (True, True)])
def test_repair_completes_the_view(folder: CaseFolder, disk: bool, index: bool) -> None:
    record(folder, "a1")
    forget_view(folder, disk=disk, index=index)
    said = repair(folder)
    assert [path_of("a1") in line and "put back" in line for line in said] == ([] if disk else [True])
    assert (folder.root / path_of("a1")).read_bytes() == b"record: note/1\nid: a1\n"
    assert_sound(folder)


def test_repair_leaves_a_deletion_by_hand_and_says_how_to_undo_it(folder: CaseFolder) -> None:
    record(folder, "a1")
    forget_view(folder, disk=False, index=True)
    said = repair(folder)
    assert said == [
        f"{path_of('a1')} was deleted by hand; the record is safe. To see the file again: git restore {path_of('a1')}"
    ]
    assert not (folder.root / path_of("a1")).exists()
    git(folder.root, "restore", path_of("a1"))
    assert_sound(folder)


def test_repair_does_not_overwrite_another_file_in_the_place(folder: CaseFolder) -> None:
    record(folder, "a1")
    forget_view(folder, disk=False, index=False)
    (folder.root / path_of("a1")).write_text("the user's own\n")
    (said,) = repair(folder)
    assert "left as it is" in said
    assert (folder.root / path_of("a1")).read_text() == "the user's own\n"
    assert git(folder.root, "status", "--porcelain") == f" M {path_of('a1')}\n"


def test_a_clone_records_on(folder: CaseFolder, tmp_path: Path) -> None:
    record(folder, "a1")
    git(tmp_path, "clone", "-q", "--no-local", str(folder.root), "clone")
    clone = CaseFolder(tmp_path / "clone", folder.settings)
    assert not holds(clone.root, secret("a1"))
    record(clone, "a2")
    assert_sound(clone)


def test_a_busy_index_delays_the_view_and_not_the_step(folder: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sptool.store.view._INDEX_PATIENCE", 0.2)
    lock = folder.root / ".git" / "index.lock"
    lock.write_text("")
    commit = record(folder, "a1")
    assert head(folder) == commit
    assert lock.exists()
    with pytest.raises(UnfitFolder, match="Another git program"):
        record(folder, "a2")
    assert head(folder) == commit
    lock.unlink()
    record(folder, "a2")
    assert_sound(folder)
