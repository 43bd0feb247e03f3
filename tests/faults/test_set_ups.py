"""Whatever the user, the system or the folder itself has set up for git, a step is the same to the last byte."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sptool.store.folder import CaseFolder, open_case_folder
from sptool.store.recording import repair
from tests.store.setting import assert_sound, everything, git, make, record

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")


@dataclass(frozen=True)
class Surroundings:
    """What a set-up can meddle with, and a program that must never run."""

    home: Path
    root: Path
    trap: Path
    setenv: Callable[[str, str], None]

    def users(self, *lines: str) -> None:
        """Puts settings into the user's own configuration, as `section.name=value`."""
        for line in lines:
            git(self.home, "config", "--global", *line.split("=", 1), home=self.home)

    def folders(self, *lines: str) -> None:
        """Puts settings into the case folder's own configuration."""
        for line in lines:
            git(self.root, "config", *line.split("=", 1))

    def users_file(self, name: str, content: str) -> Path:
        """A file in the user's home."""
        (self.home / name).write_text(content)
        return self.home / name


def programs(trap: Path) -> list[str]:
    """Every setting that names a program to run."""
    names = (
        *("core.fsmonitor", "core.editor", "core.pager", "core.sshCommand", "core.askPass", "gpg.program"),
        *("gpg.ssh.program", "diff.external", "core.alternateRefsCommand", "credential.helper"),
        *("filter.trap.clean", "filter.trap.smudge", "filter.trap.process", "diff.trap.textconv"),
    )
    return [f"{name}={trap}" for name in names]


def hooks(folder: Path, trap: Path) -> None:
    """Every hook that git knows to run around a commit."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (
        "pre-commit",
        "commit-msg",
        "post-commit",
        "reference-transaction",
        "post-index-change",
        "pre-auto-gc",
    ):
        (folder / name).write_bytes(trap.read_bytes())
        (folder / name).chmod(0o755)


def hooks_of_the_user(near: Surroundings) -> None:
    hooks(near.home / "hooks", near.trap)
    near.users(f"core.hooksPath={near.home / 'hooks'}")


def hooks_of_the_template(near: Surroundings) -> None:
    hooks(near.home / "template" / "hooks", near.trap)
    near.users(f"init.templateDir={near.home / 'template'}")
    near.setenv("GIT_TEMPLATE_DIR", str(near.home / "template"))


def hooks_of_the_folder(near: Surroundings) -> None:
    hooks(near.root / ".git" / "hooks", near.trap)


def filters_of_the_user(near: Surroundings) -> None:
    attributes = near.users_file("attributes", "* filter=trap diff=trap ident working-tree-encoding=UTF-16\n")
    near.users(f"core.attributesFile={attributes}", *programs(near.trap), "filter.trap.required=true")


def filters_of_the_folder(near: Surroundings) -> None:
    (near.root / ".git" / "info").mkdir(exist_ok=True)
    (near.root / ".git" / "info" / "attributes").write_text("* filter=trap diff=trap\n")
    near.folders(*programs(near.trap), "filter.trap.required=true")


def foreign_repository(near: Surroundings) -> None:
    other = near.home / "other"
    other.mkdir()
    git(other, "init", "-q")
    places = {"DIR": ".git", "WORK_TREE": ".", "INDEX_FILE": ".git/index", "OBJECT_DIRECTORY": ".git/objects"}
    for name, place in places.items():
        near.setenv(f"GIT_{name}", str(other / place))
    near.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(other / ".git" / "objects"))
    near.setenv("GIT_COMMON_DIR", str(other / ".git"))


def settings_in_the_environment(near: Surroundings) -> None:
    given = {
        "GIT_AUTHOR_NAME": "Somebody Else",
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
        "GIT_COMMITTER_EMAIL": "else@x.invalid",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.hooksPath",
        "GIT_CONFIG_VALUE_0": str(near.home),
        "GIT_CONFIG_PARAMETERS": "'core.fsmonitor'='x'",
        "GIT_DEFAULT_HASH": "sha256",
        "GIT_EXEC_PATH": str(near.home),
        "GIT_NAMESPACE": "elsewhere",
        "GIT_QUARANTINE_PATH": str(near.home),
        "GIT_REPLACE_REF_BASE": "refs/heads/",
        "GIT_TRACE": "1",
        "GIT_CEILING_DIRECTORIES": str(near.root),
        "LC_ALL": "de_DE.UTF-8",
        "LANGUAGE": "de",
        "TZ": "Pacific/Kiritimati",
    }
    for name, value in given.items():
        near.setenv(name, value)


SIGNING = (
    "commit.gpgSign=true",
    "tag.gpgSign=true",
    "user.signingKey=none",
    "gpg.format=ssh",
    "log.showSignature=true",
)
ENDINGS = ("core.autocrlf=true", "core.safecrlf=true", "core.eol=crlf", "core.fileMode=false", "core.quotePath=true")
COMMITS = (
    *("i18n.commitEncoding=ISO-8859-1", "i18n.logOutputEncoding=UTF-16", "commit.cleanup=scissors"),
    *("commit.template=/nowhere", "commit.verbose=true", "user.useConfigOnly=true", "trailer.case.command=false"),
)
STORAGE = (
    *("core.logAllRefUpdates=always", "core.abbrev=4", "core.splitIndex=true", "core.untrackedCache=true"),
    *("index.version=4", "feature.manyFiles=true", "core.compression=0", "gc.auto=1", "maintenance.auto=true"),
    *("core.fsync=none", "core.sharedRepository=world", "receive.denyDeletes=true", "fetch.writeCommitGraph=true"),
)
DEFAULTS = ("init.defaultBranch=trunk", "init.defaultObjectFormat=sha256", "alias.commit-tree=!false")

SET_UPS: dict[str, Callable[[Surroundings], object]] = {
    "nothing": lambda _: None,
    "another repository in the environment": foreign_repository,
    "settings in the environment": settings_in_the_environment,
    "the user's hooks": hooks_of_the_user,
    "the template's hooks": hooks_of_the_template,
    "the folder's hooks": hooks_of_the_folder,
    "the user's filters": filters_of_the_user,
    "the folder's filters": filters_of_the_folder,
    "the user's programs": lambda near: near.users(*programs(near.trap)),
    "the folder's programs": lambda near: near.folders(*programs(near.trap)),
    "the user's signing": lambda near: near.users(*SIGNING, f"gpg.ssh.program={near.trap}"),
    "the folder's signing": lambda near: near.folders(*SIGNING, f"gpg.ssh.program={near.trap}"),
    "the user's line endings": lambda near: near.users(*ENDINGS),
    "the folder's line endings": lambda near: near.folders(*ENDINGS),
    "the user's commits": lambda near: near.users(*COMMITS),
    "the folder's commits": lambda near: near.folders(*COMMITS),
    "the user's storage": lambda near: near.users(*STORAGE),
    "the folder's storage": lambda near: near.folders(*STORAGE),
    "the user's defaults": lambda near: near.users(*DEFAULTS),
    "a working tree elsewhere": lambda near: near.folders(f"core.worktree={near.home}"),
    "everything ignored": lambda near: near.users(f"core.excludesFile={near.users_file('ignored', '*')}"),
    "a broken configuration": lambda near: near.users_file(".gitconfig", "[core\nnonsense"),
}


@pytest.fixture
def near(folder: CaseFolder, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Surroundings:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\necho sprung >> {tmp_path / 'sprung'}\nexit 1\n")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(trap))
    return Surroundings(home, folder.root, trap, monkeypatch.setenv)


@pytest.fixture
def expected(tmp_path: Path) -> list[str]:
    """The commits of the same steps where nothing is set up."""
    plain = make(tmp_path / "plain")
    return [record(plain, "a1"), record(plain, "a2")]


@pytest.mark.parametrize("set_up", SET_UPS.values(), ids=SET_UPS)
def test_a_step_is_the_same_whatever_is_set_up(
    expected: list[str], near: Surroundings, tmp_path: Path, set_up: Callable[[Surroundings], object]
) -> None:
    set_up(near)
    folder = open_case_folder(near.root)
    assert [record(folder, "a1"), record(folder, "a2")] == expected
    assert repair(folder) == []
    fresh = make(tmp_path / "fresh")
    assert [record(fresh, "a1"), record(fresh, "a2")] == expected
    assert everything(fresh)[2] == ""
    assert not (tmp_path / "sprung").exists()
    assert_sound(fresh)
