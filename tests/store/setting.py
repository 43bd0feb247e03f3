"""A small, plainly fictional case folder, the same to the last byte each time it is made."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from sptool.store.folder import CaseFolder, FolderSettings
from sptool.store.founding import create_case_folder
from sptool.store.git import MAIN, Git, GitFailed
from sptool.store.identity import Identity
from sptool.store.reading import head
from sptool.store.recording import Entry, Step, record_step

OFFICER = Identity("Officer One", "officer.one@testshire.invalid")
AT = datetime(2026, 3, 2, 9, 14, 7, tzinfo=UTC)
CASE = "TST-2026-AAAAN"
REF = f"refs/particulars/{CASE}"
SETTINGS = FolderSettings(format=0, prefix="TST", partnership="Testshire", training=True)
FILES = {
    ".gitattributes": b"* -text\n",
    "README.md": b"A case folder.\n",
    "register/2026.yaml": b"record: register/1\n",
}


def make(root: Path) -> CaseFolder:
    """A case folder with one commit."""
    return create_case_folder(root, SETTINGS, FILES, OFFICER, AT, "Case folder made")


def id_of(record: str) -> str:
    """The id of a record that the tests call by a short name, such as `a1`."""
    return f"{record}zzzzzzzzzz"[:10]


def path_of(record: str) -> str:
    """Where a record's file stands."""
    return f"2026/{CASE}/2026-03-02-091407Z-note-{id_of(record)}.yaml"


def kept_at(record: str) -> str:
    """Where a record's particulars stand on the case's own ref."""
    return f"{id_of(record)}/particulars.yaml"


def step(record: str, *, private: bool = True) -> Step:
    """A step with one record and, unless told otherwise, one file of particulars."""
    return Step(
        entries=[Entry(path_of(record), f"record: note/1\nid: {record}\n".encode())],
        message=f"{CASE}: note\n\nCase: {CASE}\nRecord: {record}\n",
        author=OFFICER,
        at=AT,
        private={REF: [Entry(kept_at(record), secret(record))]} if private else {},
    )


def secret(record: str) -> bytes:
    """The particulars of a record."""
    return f"name: Pretend Person {record}\n".encode()


def record(folder: CaseFolder, name: str, *, private: bool = True) -> str:
    """Records a step that nothing stands against."""
    return record_step(folder, step(name, private=private), lambda _: None)


def git(root: Path, *args: str, home: Path | None = None) -> str:
    """What the user's own git says, run as a user would."""
    named = {"GIT_AUTHOR_NAME": "U", "GIT_COMMITTER_NAME": "U", "GIT_AUTHOR_EMAIL": "u@x.invalid"}
    fixed = {"GIT_COMMITTER_EMAIL": "u@x.invalid", "HOME": str(home or root), "PATH": os.environ["PATH"]}
    done = subprocess.run(["git", *args], cwd=root, env={**named, **fixed}, capture_output=True, text=True, check=True)
    return done.stdout


def everything(folder: CaseFolder) -> tuple[str, str, str, dict[str, bytes]]:
    """All that a refused step must leave as it was: refs, index, status and files."""
    files = (path for path in folder.root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return (
        git(folder.root, "for-each-ref"),
        git(folder.root, "ls-files", "-s"),
        git(folder.root, "status", "--porcelain"),
        {path.relative_to(folder.root).as_posix(): path.read_bytes() for path in files},
    )


def holds(root: Path, content: bytes) -> bool:
    """Whether any object of the repository, reachable or not, has exactly this content."""
    oid = Git(root).run("hash-object", "--stdin", "--no-filters", stdin=content).decode().strip()
    return says_yes(Git(root), "cat-file", "-e", oid)


def says_yes(here: Git, *args: str) -> bool:
    """Whether git answers yes to a question."""
    try:
        here.run(*args)
    except GitFailed:
        return False
    return True


def assert_sound(folder: CaseFolder) -> None:
    """The folder is clean and whole by git's own judgement, and shows what it records."""
    assert git(folder.root, "status", "--porcelain") == ""
    assert git(folder.root, "fsck", "--strict", "--no-dangling") == ""
    assert (folder.workshop / "shown").read_text() == head(folder) == git(folder.root, "rev-parse", MAIN).strip()
    assert sorted(path.name for path in folder.workshop.iterdir()) == ["lock", "shown"]
