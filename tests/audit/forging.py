"""Forges commits with git's own plumbing, as somebody could who has the folder and knows git well."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from sptool.audit.ancestry import Ancestry
from sptool.audit.findings import Finding
from sptool.audit.history import Passed, commit_ids, newest_commit, read_history
from sptool.audit.signatures import SignatureWatch
from sptool.records.header import Record
from sptool.records.plain import model_of
from sptool.store.folder import open_case_folder
from sptool.store.reading import objects
from sptool.text.yaml import read_plain
from tests.signing import SigningDesk

Person = tuple[str, str]
ONE: Person = ("Officer One", "officer.one@testshire.invalid")
TWO: Person = ("Officer Two", "officer.two@testshire.invalid")


def git(desk: SigningDesk, *words: str, given: bytes = b"", **named: str) -> str:
    """Stock git, with what it is told about author and committer."""
    command = ["git", *words]
    env = {**desk.environment(), **named}
    done = subprocess.run(command, cwd=desk.folder, env=env, input=given, capture_output=True, check=True)
    return done.stdout.decode().strip()


def raw(desk: SigningDesk, commit: str = "main") -> bytes:
    """The bytes of a commit."""
    command = ["git", "cat-file", "commit", commit]
    return subprocess.run(command, cwd=desk.folder, capture_output=True, check=True).stdout


def move_main(desk: SigningDesk, commit: str) -> str:
    """Puts main onto a commit."""
    desk.git("update-ref", "refs/heads/main", commit)
    return commit


def put_in_place(desk: SigningDesk, content: bytes) -> str:
    """Puts main onto a commit with these bytes."""
    return move_main(desk, git(desk, "hash-object", "-t", "commit", "-w", "--stdin", given=content))


def resigned(
    desk: SigningDesk,
    key: Path | None,
    author: Person | None = None,
    at: str = "",
    parents: tuple[str, ...] = (),
    tree: str = "",
) -> str:
    """Puts a like of the newest commit in its place: signed with another key or none, with other claims.

    Args:
        desk: where.
        key: the key; None for no signature.
        author: who it claims to be by; else as before.
        at: when it claims to be made; else as before.
        parents: what it follows; else as before.
        tree: what it holds; else as before.
    """
    shown = desk.git("show", "-s", "--format=%an%n%ae%n%at +0000%n%T%n%P", "main").splitlines()
    name, email = author or (shown[0], shown[1])
    when = at or shown[2]
    people = {
        f"GIT_{part}_{what}": value
        for part in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", name), ("EMAIL", email), ("DATE", when))
    }
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={key}")
    above = [word for parent in parents or tuple(shown[4].split()) for word in ("-p", parent)]
    command = (*signing, "commit-tree", *(("-S",) if key else ()), tree or shown[3], *above)
    message = desk.git("show", "-s", "--format=%B", "main").rstrip("\n") + "\n"
    return move_main(desk, git(desk, *command, given=message.encode(), **people))


def watched(desk: SigningDesk) -> tuple[SignatureWatch, list[Finding]]:
    """The history as the watch of signatures sees it, and everything that it found."""
    folder = open_case_folder(desk.folder)
    watch = SignatureWatch()
    found: list[Finding] = []
    ancestry = Ancestry()
    for passed in read_history(folder, commit_ids(folder.git, newest_commit(folder.git))):
        place = ancestry.place(passed.commit)
        for record in _records(desk, passed) if len(passed.commit.parents) < 2 else [None]:
            found += watch.see(passed.commit, record, place)
    return watch, [*found, *watch.where_joined()]


def checks(desk: SigningDesk) -> list[str]:
    """The ids of the checks that found something, in the order of the history."""
    return [finding.check for finding in watched(desk)[1]]


def _records(desk: SigningDesk, passed: Passed) -> list[Record | None]:
    added = [change for change in passed.changes[0] if re.fullmatch(r".*-[a-z0-9]{10}\.yaml", change.path)]
    contents = objects(open_case_folder(desk.folder).git, [change.now for change in added])
    return [_read(content, change.path) for (_, content), change in zip(contents, added, strict=True)] or [None]


def _read(content: bytes, path: str) -> Record:
    data = read_plain(content, path)
    model = model_of(data)
    assert not isinstance(model, str)
    return model.model_validate(data)
