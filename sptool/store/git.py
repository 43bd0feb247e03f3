"""Runs git in one case folder, deaf to whatever else is set up on this computer.

Nothing of the user's or the system's configuration counts, and of the folder's own nothing that starts a program:
hooks, filters, editors, signing programs and transports are all off. Only the user's word that a folder which
belongs to somebody else is safe is listened to.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sptool.errors import UnfitFolder
from sptool.store.complaints import cause_of, remedy_for

OLDEST_GIT = (2, 38)  # the first with `cat-file --batch -z`
MAIN = "refs/heads/main"
PARTICULARS = "refs/particulars/"

_KEPT = (
    *("HOME", "PATH", "SSH_AUTH_SOCK", "TMP", "TEMP", "TMPDIR", "SYSTEMROOT", "SYSTEMDRIVE"),
    *("USERPROFILE", "HOMEDRIVE", "HOMEPATH", "PATHEXT", "COMSPEC"),
)
_FIXED = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_DEFAULT_HASH": "sha1",
    "GIT_DEFAULT_REF_FORMAT": "files",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
# Given on the command line, these win over the folder's own configuration.
OVERRIDES = (
    "commit.gpgSign=false",
    "core.alternateRefsCommand=",
    "core.attributesFile=" + os.devnull,
    "core.autocrlf=false",
    "core.commitGraph=true",
    "core.excludesFile=" + os.devnull,
    "core.filesRefLockTimeout=2000",
    "core.fsmonitor=false",
    "core.fsync=all",
    "core.fsyncMethod=fsync",
    "core.hooksPath=" + os.devnull,
    "core.logAllRefUpdates=true",
    "core.packedRefsTimeout=2000",
    "core.pager=cat",
    "core.precomposeUnicode=false",
    "core.quotePath=false",
    "core.safecrlf=false",
    "core.splitIndex=false",
    "core.untrackedCache=false",
    "diff.external=",
    "gc.auto=0",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "log.showSignature=false",
    "maintenance.auto=false",
    "submodule.recurse=false",
)


class GitFailed(UnfitFolder):
    """git refused to do something that it should be able to do.

    Args:
        command: git's own name for what was asked, such as `update-ref`.
        killed: whether it was ended from outside, and may have left its locks behind.
    """

    def __init__(self, command: str, said: str, *, killed: bool = False) -> None:
        said = said or ("it was stopped from outside" if killed else "")
        self.said = said
        self.killed = killed
        super().__init__(f"git could not do its part ({command}): {cause_of(said)}", remedy_for(said))


class Git:
    """git, run in one case folder.

    Args:
        held: file descriptors that every git process keeps open too, so that the lock on the folder outlives
            this process if a git process does.
    """

    def __init__(self, root: Path, held: tuple[int, ...] = ()) -> None:
        self.root = root
        self.held = held if os.name == "posix" else ()

    def run(self, *args: str, stdin: bytes = b"", settings: Mapping[str, str] | None = None) -> bytes:
        """What git prints.

        Args:
            args: git's command line, without `git`.
            settings: environment variables for this one run, such as the author.

        Raises:
            GitFailed: git refused.
            UnfitFolder: git is missing or too old, or the folder belongs to somebody else.
        """
        done = self._started(args, stdin, settings or {})
        if done.returncode:
            raise GitFailed(args[0], done.stderr.decode(errors="replace"), killed=done.returncode < 0)
        return done.stdout

    def command(self, *args: str) -> list[str]:
        """The whole command line of a git that reads questions and answers as it goes; see `store.streaming`.

        Raises:
            UnfitFolder: git is missing or too old, or the folder belongs to somebody else.
        """
        self.run("rev-parse", "--git-dir")  # refuses a folder that is not trusted; so that it is, from here on
        options = [word for override in OVERRIDES for word in ("-c", override)]
        return [program(), *options, "-c", f"safe.directory={self.root.as_posix()}", *args]

    def search(self, commit: str, text: str) -> list[str]:
        """The files of a commit that hold a text.

        Args:
            text: what to look for, to the letter.

        Raises:
            GitFailed: git could not search.
        """
        done = self._started(("grep", "-l", "-z", "--full-name", "-F", "-e", text, commit), b"", {})
        if done.returncode > 1 or done.returncode < 0:
            raise GitFailed("grep", done.stderr.decode(errors="replace"))
        names = done.stdout.decode(errors="surrogateescape").split("\0")
        return [name.removeprefix(f"{commit}:") for name in names if name]

    def _started(
        self, args: tuple[str, ...], stdin: bytes, settings: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        done = self._start(OVERRIDES, args, stdin, settings)
        if done.returncode == 128 and b"dubious ownership" in done.stderr:
            self._refuse_unless_trusted()
            trusted = (*OVERRIDES, f"safe.directory={self.root.as_posix()}")
            done = self._start(trusted, args, stdin, settings)
        return done

    def _start(
        self, overrides: tuple[str, ...], args: tuple[str, ...], stdin: bytes, settings: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        options = [word for override in overrides for word in ("-c", override)]
        return subprocess.run(
            [program(), *options, *args],
            cwd=self.root,
            env={**environment(self.root), **settings},
            input=stdin,
            capture_output=True,
            check=False,
            pass_fds=self.held,
        )

    def _refuse_unless_trusted(self) -> None:
        folder = self.root.as_posix()
        done = subprocess.run(
            [program(), "config", "--global", "--get-all", "safe.directory"],
            env=environment(self.root, users_own=True),
            capture_output=True,
            check=False,
        )
        if not {folder, "*"} & set(done.stdout.decode(errors="replace").splitlines()):
            raise UnfitFolder(
                "The case folder belongs to another user of this computer, and git won't touch it.",
                f"If you trust it: git config --global --add safe.directory {folder}",
            )


def environment(root: Path, *, users_own: bool = False) -> dict[str, str]:
    """The environment in which git runs.

    Args:
        root: the case folder; git never looks for a repository above it.
        users_own: let git read the user's own configuration, to learn who the user is and what they trust.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    bounds = {"GIT_CEILING_DIRECTORIES": str(root.parent), "GIT_WORK_TREE": str(root)}
    if not users_own:
        return {**kept, **_FIXED, **bounds}
    fixed = {name: value for name, value in _FIXED.items() if name != "GIT_CONFIG_GLOBAL"}
    where = {name: os.environ[name] for name in ("XDG_CONFIG_HOME",) if name in os.environ}
    return {**kept, **where, **fixed, "GIT_CEILING_DIRECTORIES": str(root.parent)}


def program() -> str:
    """The git program on the PATH, once it is known to be new enough.

    Raises:
        UnfitFolder: git is missing or too old.
    """
    return _fit_program(os.environ.get("PATH"))


@functools.cache
def _fit_program(path: str | None) -> str:
    found = shutil.which("git", path=path)
    needed = ".".join(map(str, OLDEST_GIT))
    fix = f"Install git {needed} or newer: https://git-scm.com"
    if found is None:
        raise UnfitFolder("git is not installed, or not on the PATH.", fix)
    done = subprocess.run([found, "version"], capture_output=True, check=False)
    if version(done.stdout.decode(errors="replace")) < OLDEST_GIT:
        raise UnfitFolder(f"sptool needs git {needed} or newer; the git on the PATH is older.", fix)
    return found


def version(said: str) -> tuple[int, int]:
    """The major and minor number in what `git version` prints; (0, 0) if there is none."""
    found = re.match(r"git version (\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)
