"""git is found, checked, and deaf to everything around it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from sptool.errors import UnfitFolder
from sptool.store.folder import CaseFolder
from sptool.store.git import Git, GitFailed, program, version
from sptool.store.identity import Identity, user_identity

from .setting import everything, git, record


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("git version 2.39.5\n", (2, 39)),
        ("git version 2.39.5 (Apple Git-154)\n", (2, 39)),
        ("git version 2.47.1.windows.2\n", (2, 47)),
        ("git version 3.0.0-rc1\n", (3, 0)),
        ("git: not found\n", (0, 0)),
    ],
)
def test_the_version_is_read_whoever_built_it(said: str, number: tuple[int, int]) -> None:
    assert version(said) == number


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for git")
@pytest.mark.parametrize("said", ["git version 2.37.9", "git version 1.8.3.1", "nonsense"])
def test_a_git_too_old_is_refused(
    folder: CaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    before = everything(folder)
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin" / "git"
    old.write_text(f"#!/bin/sh\necho '{said}'\n")
    old.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(old.parent))
        with pytest.raises(UnfitFolder, match=r"needs git 2\.38 or newer"):
            record(folder, "a1")
    assert everything(folder) == before


def test_a_missing_git_is_named(folder: CaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(folder)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        with pytest.raises(UnfitFolder, match="not installed") as refused:
            record(folder, "a1")
    assert "https://git-scm.com" in refused.value.fix
    assert everything(folder) == before


def test_a_refusal_by_git_is_an_error(folder: CaseFolder) -> None:
    with pytest.raises(GitFailed, match="git could not do its part"):
        Git(folder.root).run("rev-parse", "--verify", "refs/heads/missing")


def test_git_never_looks_above_the_folder(folder: CaseFolder, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "plain").mkdir()
    with pytest.raises(GitFailed):
        Git(tmp_path / "plain").run("rev-parse", "--git-dir")


def test_the_folder_is_its_own_working_tree(folder: CaseFolder, tmp_path: Path) -> None:
    git(folder.root, "config", "core.worktree", str(tmp_path))
    assert Path(Git(folder.root).run("rev-parse", "--show-toplevel").decode().strip()) == folder.root


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user_needs_a_word_of_trust(folder: CaseFolder, home: Path) -> None:
    record(folder, "a1")
    for path in (folder.root, folder.root / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(UnfitFolder, match="belongs to another user") as refused:
        record(folder, "a2")
    assert "safe.directory" in refused.value.fix
    assert len(git(folder.root, "-c", f"safe.directory={folder.root}", "log", "--format=%h").split()) == 2
    subprocess.run(refused.value.fix.split(": ", 1)[1].split(), check=True)
    record(folder, "a2")
    assert len(Git(folder.root).run("log", "--format=%h").split()) == 3


def test_the_users_identity_is_the_folders_else_their_own(folder: CaseFolder, home: Path, tmp_path: Path) -> None:
    assert user_identity(folder.root) is None
    (home / ".gitconfig").write_text("[user]\n\tname = Officer Two\n\temail = two@testshire.invalid\n")
    own = Identity("Officer Two", "two@testshire.invalid")
    assert user_identity(folder.root) == user_identity(tmp_path / "not" / "there" / "yet") == own
    git(folder.root, "config", "user.email", "duty@testshire.invalid")
    assert user_identity(folder.root) == Identity("Officer Two", "duty@testshire.invalid")
    git(folder.root, "config", "user.name", " ")
    assert user_identity(folder.root) is None


def test_the_identity_of_a_checkout_around_the_folder_does_not_count(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "Outer")
    git(tmp_path, "config", "user.email", "outer@x.invalid")
    assert user_identity(tmp_path / "inner") is None


def test_git_is_looked_up_on_the_path_of_the_day() -> None:
    assert Path(program()).is_absolute()
