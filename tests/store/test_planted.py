"""What somebody put below .git before they gave the folder away: nothing elsewhere is touched, and work goes on."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sptool.desk.held import read_particulars
from sptool.errors import UnfitFolder
from sptool.store.erasing import refuse_if_kept
from sptool.store.folder import CaseFolder
from sptool.store.links import is_link
from sptool.store.outcomes import configure
from sptool.store.recording import Entry, record_step, repair
from sptool.store.remembered import bank_holidays
from sptool.store.tidying import is_tidying_due, tidy

from .erasing import erase, erasure
from .setting import CASE, REF, assert_sound, everything, git, kept_at, path_of, record, secret, step

OWN = ("objects", "packing", "journal", "erasing", "tidying", "tidied", "shown", "index", "index.lock", ".sptool-x")
OTHER = "refs/particulars/TST-2026-AAAAA"  # its check character is wrong
HERE = "0" * 39 + "1"

linked = pytest.mark.skipif(os.name == "nt", reason="on Windows, making links takes a right of its own")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder of the officer's own, full of what a clean-up might take for its own."""
    place = tmp_path / "documents"
    for name in ("letter.txt", "deep/er/letter.txt", "ab/" + "c" * 38, "notes.lock", "refs/heads/poetry.lock", "x.idx"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("dear diary")
    return place


def seen(place: Path) -> dict[str, bytes]:
    """Everything in a folder, and which folders there are."""
    return {
        str(path.relative_to(place)): path.read_bytes() if path.is_file() else b"/" for path in sorted(place.rglob("*"))
    }


WORK: dict[str, Callable[[CaseFolder], object]] = {
    "a step": lambda folder: record(folder, "a2"),
    "tidying": lambda folder: tidy(folder, lambda _: None),
    "repair": repair,
    "an erasure": erase,
}


@linked
@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
@pytest.mark.parametrize("to", [".", "letter.txt", "missing"])
@pytest.mark.parametrize("name", OWN)
def test_a_link_of_sptools_own_is_taken_away_and_never_followed(
    folder: CaseFolder, mine: Path, name: str, to: str, work: Callable[[CaseFolder], object]
) -> None:
    record(folder, "a1")
    before = seen(mine)
    (folder.workshop / name).unlink(missing_ok=True)
    (folder.workshop / name).symlink_to(mine / to)
    work(folder)
    assert seen(mine) == before
    assert not (folder.workshop / name).is_symlink()
    repair(folder)
    (folder.workshop / "tidied").unlink(missing_ok=True)
    assert_sound(folder)


@linked
@pytest.mark.parametrize("name", ["objects/ab", "objects/ab/cd", "packing/pack", "objects/info/alternates"])
def test_a_link_in_a_room_of_sptools_is_taken_away(folder: CaseFolder, mine: Path, name: str) -> None:
    before = seen(mine)
    (folder.workshop / name).parent.mkdir(parents=True)
    (folder.workshop / name).symlink_to(mine)
    assert [line.split()[0] for line in repair(folder)] == [f".git/sptool/{name}"]
    tidy(folder, lambda _: None)
    assert seen(mine) == before


@linked
@pytest.mark.parametrize("name", ["sptool", "sptool/lock"])
def test_where_even_the_lock_would_lie_elsewhere_nothing_is_done(folder: CaseFolder, mine: Path, name: str) -> None:
    place = folder.root / ".git" / name
    place.rename(place.with_name("kept"))
    place.symlink_to(mine if name == "sptool" else mine / "letter.txt")
    before, work_before = seen(mine), everything(folder)
    for work in WORK.values():
        with pytest.raises(UnfitFolder, match="own"):
            work(folder)
    bank_holidays(folder.workshop)
    assert not is_tidying_due(folder)
    assert seen(mine) == before
    assert everything(folder) == work_before


@linked
def test_what_is_remembered_is_not_written_through_a_link(folder: CaseFolder, mine: Path) -> None:
    before = seen(mine)
    (folder.workshop / "bank-holidays.json").symlink_to(mine / "letter.txt")
    assert len(bank_holidays(folder.workshop)) > 50
    assert seen(mine) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
@pytest.mark.parametrize("name", [*OWN[2:], "bank-holidays.json"])
def test_a_pipe_keeps_nobody_waiting(folder: CaseFolder, name: str) -> None:
    (folder.workshop / name).unlink(missing_ok=True)
    os.mkfifo(folder.workshop / name)
    is_tidying_due(folder)
    bank_holidays(folder.workshop)
    record(folder, "a1")
    tidy(folder, lambda _: None)


@pytest.mark.parametrize("name", OWN)
def test_a_folder_where_a_file_belongs_is_set_aside(folder: CaseFolder, name: str) -> None:
    (folder.workshop / name).unlink(missing_ok=True)
    (folder.workshop / name / "inside").mkdir(parents=True)
    record(folder, "a1")
    record(folder, "a2")
    kept = [path.name for path in folder.workshop.iterdir() if path.name.startswith("set-aside-")]
    assert kept == ([] if name in ("objects", "packing") else [f"set-aside-1-{name}"])


@pytest.mark.parametrize("name", ["objects", "packing"])
def test_a_file_where_a_folder_belongs_is_set_aside(folder: CaseFolder, name: str) -> None:
    (folder.workshop / name).write_text("no folder")
    tidy(folder, lambda _: None)
    record(folder, "a1")
    assert (folder.workshop / f"set-aside-1-{name}").read_text() == "no folder"


JOURNALS = {
    "empty": b"",
    "no text": b"\xff\xfe\x00",
    "a path": b"refs/heads/main - -\n../../../documents/notes - -\n",
    "a path first": b"../../../documents/notes - -\n",
    "a path among the particulars": b"refs/heads/main - -\nrefs/particulars/../../../../documents/notes - -\n",
    "another branch": b"refs/heads/main - -\nrefs/heads/other - -\n",
    "main twice": b"refs/heads/main - -\nrefs/heads/main - -\n",
    "a wrong check character": f"refs/heads/main - -\n{OTHER} - -\n".encode(),
    "an option for an id": f"refs/heads/main - --output=x\n{REF} - -\n".encode(),
    "too few words": b"refs/heads/main -\n",
    "too many words": b"refs/heads/main - - -\n",
    "endless": b"refs/heads/main - -\n" * 100_000,
}


@pytest.mark.parametrize("content", JOURNALS.values(), ids=JOURNALS)
def test_a_journal_that_sptool_did_not_write_is_set_aside(folder: CaseFolder, mine: Path, content: bytes) -> None:
    record(folder, "a1")
    before, work_before = seen(mine), everything(folder)
    (folder.workshop / "journal").write_bytes(content)
    (said,) = repair(folder)
    assert said.startswith(".git/sptool/journal is not as sptool writes it")
    assert (folder.workshop / "set-aside-1-journal").read_bytes() == content
    assert seen(mine) == before
    assert everything(folder) == work_before
    (folder.workshop / "set-aside-1-journal").unlink()
    record(folder, "a2")
    assert_sound(folder)


MARKS = {
    "empty": b"",
    "no text": b"\xff",
    "main": b"refs/heads/main",
    "main by a detour": b"refs/particulars/../heads/main",
    "a path": b"../../../documents/notes",
    "a wrong check character": OTHER.encode(),
    "two": f"{REF} - -\n{REF} - -\n".encode(),
    "an option for an id": f"{REF} --all -\n".encode(),
}


@pytest.mark.parametrize("content", MARKS.values(), ids=MARKS)
def test_a_mark_that_sptool_did_not_write_is_set_aside(folder: CaseFolder, mine: Path, content: bytes) -> None:
    record(folder, "a1")
    before, work_before = seen(mine), everything(folder)
    (folder.workshop / "erasing").write_bytes(content)
    (said,) = repair(folder)
    assert said.startswith(".git/sptool/erasing is not as sptool writes it")
    assert seen(mine) == before
    assert everything(folder) == work_before
    (folder.workshop / "set-aside-1-erasing").unlink()
    record(folder, "a2")
    assert_sound(folder)


@pytest.mark.parametrize("since", [False, True])
@pytest.mark.parametrize("with_ids", [False, True])
def test_a_mark_destroys_nothing_that_main_does_not_say_is_erased(
    folder: CaseFolder, since: bool, with_ids: bool
) -> None:
    if since:
        record(folder, "a1")
        erase(folder)
    record(folder, "a2")
    before = everything(folder)
    tip, commit = (git(folder.root, "rev-parse", ref).strip() for ref in (REF, "main"))
    (folder.workshop / "erasing").write_text(f"{REF} {tip} {commit}\n" if with_ids else REF)
    said = repair(folder)
    assert len(said) is (0 if since else 1)
    assert everything(folder) == before
    assert read_particulars(folder, CASE) == {kept_at("a2"): secret("a2")}
    assert_sound(folder)


def test_a_journal_takes_nothing_back_that_main_has_a_record_of(folder: CaseFolder) -> None:
    record(folder, "a1")
    before = everything(folder)
    tip = git(folder.root, "rev-parse", REF).strip()
    for path in (folder.root / ".git" / "objects").glob("[0-9a-f][0-9a-f]/*"):
        planted = folder.workshop / "objects" / path.parent.name / path.name
        planted.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, planted)
    (folder.workshop / "journal").write_text(f"refs/heads/main - {HERE}\n{REF} - {tip}\n")
    assert repair(folder) == []
    assert everything(folder) == before
    assert read_particulars(folder, CASE) == {kept_at("a1"): secret("a1")}
    assert_sound(folder)


def test_a_ref_that_is_another_name_for_main_moves_and_deletes_nothing(folder: CaseFolder) -> None:
    git(folder.root, "symbolic-ref", REF, "refs/heads/main")
    before = everything(folder)
    for private in (True, False):
        with pytest.raises(UnfitFolder, match="only another name") as refused:
            record_step(folder, step("a1") if private else erasure(folder), lambda _: None)
    assert everything(folder) == before
    git(folder.root, *refused.value.fix.split("git ")[1].split())
    assert git(folder.root, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]
    record(folder, "a1")
    assert_sound(folder)


def test_a_ref_that_is_another_name_for_nothing_makes_no_branch(folder: CaseFolder) -> None:
    git(folder.root, "symbolic-ref", REF, "refs/heads/published")
    record(folder, "a1")
    assert git(folder.root, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main", REF]
    assert_sound(folder)


def test_nobody_is_told_to_delete_main(folder: CaseFolder) -> None:
    git(folder.root, "update-ref", REF, "main")
    with pytest.raises(UnfitFolder) as refused:
        refuse_if_kept(folder, CASE)
    assert "refs/heads" not in refused.value.fix
    assert "update-ref -d main" not in refused.value.fix


DETOURS = (
    *("objects", "objects/pack", "objects/info", "objects/17", "objects/info/commit-graphs", "index", "packed-refs"),
    *("refs", "refs/heads", "refs/heads/more", "refs/particulars", "logs", "logs/HEAD", "logs/refs/heads", "config"),
    *("worktrees/a/logs", "info"),
)


@linked
@pytest.mark.parametrize("name", DETOURS)
def test_where_git_would_write_in_another_place_nothing_is_done(folder: CaseFolder, mine: Path, name: str) -> None:
    record(folder, "a1")
    (folder.workshop / "tidying").write_bytes(b"")
    place = folder.root / ".git" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(mine / "own")
    elif name == "packed-refs":
        (mine / "own").touch()
    else:
        (mine / "own").mkdir()
    place.symlink_to(mine / "own")
    for litter in ("tmp_obj_x", "commit-graph.lock", "17" * 19) if place.is_dir() else ():
        (place / litter).write_text("no litter")
    before = seen(mine)
    for work in WORK.values():
        with pytest.raises(UnfitFolder, match=r"\.git/\S+ in the case folder leads to another place"):
            work(folder)
    with pytest.raises(UnfitFolder, match="leads to another place"):
        configure(folder.git, "user.name", "Somebody")
    assert seen(mine) == before


@linked
def test_refs_behind_a_link_are_not_packed_away(folder: CaseFolder, mine: Path) -> None:
    record(folder, "a1")
    main = git(folder.root, "rev-parse", "main")
    (mine / "tip").write_text(main)
    (folder.root / ".git" / "refs" / "particulars" / "more").symlink_to(mine)
    before = seen(mine)
    with pytest.raises(UnfitFolder, match="leads to another place"):
        tidy(folder, lambda _: None)
    record(folder, "a2")
    assert seen(mine) == before


def test_where_git_is_told_to_work_in_another_repository_nothing_is_done(folder: CaseFolder, mine: Path) -> None:
    record(folder, "a1")
    shutil.copytree(folder.root / ".git", mine / "git")
    (folder.root / ".git" / "commondir").write_text(f"{mine / 'git'}\n")
    before = seen(mine)
    for work in WORK.values():
        with pytest.raises(UnfitFolder, match=r"\.git/commondir in the case folder leads to another place"):
            work(folder)
    assert seen(mine) == before


@pytest.mark.parametrize("content", [b"", b"\xff", b"--output=x", b"0" * 39 + b"7", b"main", b"x" * 3_000_000])
def test_a_spoilt_note_of_what_is_shown_stops_nothing(folder: CaseFolder, content: bytes) -> None:
    record(folder, "a1")
    (folder.workshop / "shown").write_bytes(content)
    record(folder, "a2")
    assert (folder.root / path_of("a2")).exists()
    assert_sound(folder)


def test_a_file_with_another_name_elsewhere_keeps_what_it_says(folder: CaseFolder, mine: Path) -> None:
    for name in ("shown", "journal", "erasing", "tidied", "index", ".sptool-x"):
        (folder.workshop / name).unlink(missing_ok=True)
        os.link(mine / "letter.txt", folder.workshop / name)
    before = seen(mine)
    record(folder, "a1")
    tidy(folder, lambda _: None)
    assert seen(mine) == before


@pytest.mark.parametrize(
    ("mode", "tag", "expected"),
    [
        (stat.S_IFLNK, 0, True),
        (stat.S_IFDIR, 0, False),
        (stat.S_IFREG, 0, False),
        (stat.S_IFDIR, 0xA0000003, True),  # a junction of Windows
        (stat.S_IFLNK, 0xA000000C, True),  # a symbolic link of Windows
        (stat.S_IFREG, 0xA000001D, True),  # one of Linux on Windows
        (stat.S_IFREG, 0x9000001A, False),  # a file that a cloud drive fetches when it is opened
        (stat.S_IFREG, 0x80000013, False),  # a file whose blocks are shared
    ],
)
def test_what_windows_calls_a_link_is_one(mode: int, tag: int, expected: bool) -> None:
    assert is_link(mode, tag) is expected


def test_an_erasure_leaves_the_particulars_of_other_cases_alone(folder: CaseFolder) -> None:
    record(folder, "a1")
    beside = replace(step("a2"), private={"refs/particulars/TST-2026-ZZZZY": [Entry("a2/x.txt", b"x")]})
    record_step(folder, beside, lambda _: None)
    erase(folder)
    assert git(folder.root, "for-each-ref", "--format=%(refname)").split() == [
        "refs/heads/main",
        "refs/particulars/TST-2026-ZZZZY",
    ]
