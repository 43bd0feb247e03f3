"""A case folder is made whole, found where it is meant, and keeps to itself."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from sptool.errors import SptoolError, UnfitFile, UnfitFolder, UsageError
from sptool.store.folder import NEWEST_FORMAT, CaseFolder, find_root, open_case_folder, read_settings
from sptool.store.founding import create_case_folder
from sptool.store.reading import Snapshot, head
from sptool.store.recording import Identity

from .setting import AT, FILES, OFFICER, SETTINGS, assert_sound, everything, git, make, record


def test_a_new_folder_is_one_commit_with_all_its_files(folder: CaseFolder) -> None:
    assert Snapshot(folder, head(folder)).paths() == sorted([*FILES, "sptool.yaml"])
    assert git(folder.root, "log", "--format=%s|%an|%at").strip() == f"Case folder made|Officer One|{AT:%s}"
    assert {name: (folder.root / name).read_bytes() for name in FILES} == FILES
    assert [path.name for path in folder.root.parent.iterdir()] == ["tst"]
    assert list((folder.root / ".git").glob("hooks/*")) == []
    assert "user." not in (folder.root / ".git" / "config").read_text()
    assert_sound(folder)
    if os.name == "posix":
        assert folder.root.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("left", [None, b"", b"cut off"])
def test_where_the_index_of_its_pack_is_lost_the_way_back_is_said(folder: CaseFolder, left: bytes | None) -> None:
    git(folder.root, "gc", "-q")
    (index,) = (folder.root / ".git" / "objects" / "pack").glob("*.idx")
    index.unlink()
    if left is not None:
        index.write_bytes(left)
    with pytest.raises(UnfitFolder, match="The index of a pack is lost") as refused:
        open_case_folder(folder.root)
    (command,) = refused.value.fix.splitlines()[1:]
    git(folder.root, *command.split()[1:])
    assert_sound(open_case_folder(folder.root))


def test_where_gits_own_settings_are_spoilt_nothing_is_said_of_ours(folder: CaseFolder) -> None:
    (folder.root / ".git" / "config").write_text("[core\n")
    with pytest.raises(UnfitFolder, match=r"bad config line 1 in file \.git/config"):
        open_case_folder(folder.root)


def test_an_empty_folder_can_become_one(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert_sound(make(tmp_path / "new"))


@pytest.mark.parametrize("place", ["occupied", "file.txt", "tst", "tst/register/inner", "occupied/../tst"])
def test_nothing_is_made_where_something_else_is(tmp_path: Path, place: str) -> None:
    folder = make(tmp_path / "tst")
    (tmp_path / "occupied").mkdir()
    for name in ("occupied/own.txt", "file.txt"):
        (tmp_path / name).write_text("own")
    before = everything(folder), sorted(tmp_path.rglob("[!.]*"))
    with pytest.raises(UnfitFolder, match="Nothing was changed"):
        make(tmp_path / place)
    assert (everything(folder), sorted(tmp_path.rglob("[!.]*"))) == before


def test_a_folder_that_can_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    nobody = Identity("", "")
    with pytest.raises(SptoolError):
        create_case_folder(tmp_path / "new", SETTINGS, FILES, nobody, AT, "Case folder made")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_found_by_name_then_upwards_then_below_cases(folder: CaseFolder, tmp_path: Path) -> None:
    assert open_case_folder(find_root(tmp_path, folder.root)) == folder
    assert open_case_folder(find_root(folder.root / "register", None)) == folder
    assert open_case_folder(find_root(tmp_path, None)) == folder
    assert open_case_folder(find_root(tmp_path, None)).settings == SETTINGS


def test_several_folders_are_listed_to_choose_from(folder: CaseFolder, tmp_path: Path) -> None:
    make(tmp_path / "cases" / "two")
    with pytest.raises(UsageError, match=r"(?s)--cases cases/tst.*--cases cases/two"):
        open_case_folder(find_root(tmp_path, None))
    assert open_case_folder(find_root(tmp_path, tmp_path / "cases" / "two")).root.name == "two"


@pytest.mark.parametrize("named", [None, "empty"])
def test_none_found_says_how_to_make_one(tmp_path: Path, named: str | None) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnfitFolder) as refused:
        open_case_folder(find_root(tmp_path / "empty", tmp_path / named if named else None))
    assert "sptool init" in refused.value.fix
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_folder_without_its_repository_is_refused_even_inside_another(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "sptool.yaml").write_bytes(SETTINGS.as_yaml())
    git(tmp_path, "add", "sptool.yaml")
    git(tmp_path, "commit", "-q", "-m", "outer")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "sptool.yaml").write_bytes(SETTINGS.as_yaml())
    with pytest.raises(UnfitFolder, match="lost its git repository"):
        open_case_folder(find_root(inner, None))
    (inner / ".git").mkdir()
    with pytest.raises(UnfitFolder):
        open_case_folder(find_root(inner, None))


def test_settings_count_as_committed_not_as_edited(tmp_path: Path) -> None:
    live = replace(SETTINGS, training=False)
    folder = create_case_folder(tmp_path / "live", live, FILES, OFFICER, AT, "Case folder made")
    (folder.root / "sptool.yaml").write_bytes(SETTINGS.as_yaml())
    assert open_case_folder(find_root(folder.root, None)).settings == live


def test_settings_of_a_newer_sptool_ask_for_an_update() -> None:
    with pytest.raises(UnfitFolder) as refused:
        read_settings(replace(SETTINGS, format=NEWEST_FORMAT + 1).as_yaml())
    assert "newer one" in refused.value.fix


def test_unfit_settings_are_all_named() -> None:
    with pytest.raises(UnfitFile) as refused:
        read_settings(b"format: true\nprefix: 3\npartnership: Testshire\n")
    assert [problem.field for problem in refused.value.problems] == ["format", "prefix", "training"]


def outer_checkout(tmp_path: Path) -> Path:
    """Another repository that ignores its `cases` but for one file, as sptool's own does."""
    outer = tmp_path / "outer"
    (outer / "cases").mkdir(parents=True)
    (outer / ".gitignore").write_text("/cases/*\n!/cases/.gitkeep\n")
    (outer / "cases" / ".gitkeep").write_text("")
    git(outer, "init", "-q", "-b", "main")
    git(outer, "add", "-A")
    git(outer, "commit", "-q", "-m", "outer")
    return outer


@pytest.mark.parametrize(
    "command",
    [
        ["add", "-A"],
        ["add", "-f", "-A"],
        ["add", "-f", "cases"],
        ["add", "-f", "cases/tst"],
        ["add", "-f", "cases/tst/"],
        ["add", "-f", "cases/tst/README.md"],
        ["stash", "-a"],
        ["clean", "-fdx"],
    ],
    ids=" ".join,
)
def test_no_case_text_reaches_a_checkout_around_the_folder(tmp_path: Path, command: list[str]) -> None:
    outer = outer_checkout(tmp_path)
    folder = make(outer / "cases" / "tst")
    record(folder, "a1")
    before = everything(folder)
    subprocess.run(["git", "-c", "user.name=U", "-c", "user.email=u@x.invalid", *command], cwd=outer, check=False)
    mine = git(folder.root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split()
    outers = git(outer, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split()
    assert set(mine) & set(outers) == set()
    assert everything(folder) == before
    assert_sound(folder)
