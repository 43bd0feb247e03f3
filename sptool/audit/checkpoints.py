"""Checkpoints: what the history was on a day, in a small signed statement.

A statement is plain text that people can read. Its digests are over the content of the files, so that they don't
lean on git's own ids; `sha256sum` makes the same (docs/auditors.md).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sptool.errors import UnfitFile, UsageError
from sptool.records.header import REGISTER
from sptool.records.references import is_reference
from sptool.store.folder import CaseFolder
from sptool.store.sshsig import BEGIN
from sptool.store.streaming import stream_objects
from sptool.text.plain import Plain
from sptool.text.yaml import read_plain, write_yaml

NAMESPACE = "sptool-checkpoint"
VERSION = "sptool-checkpoint/1"
UNSIGNED = "nobody"
FIELDS = (
    *("checkpoint", "folder", "commit", "commits", "records", "register", "files_sha256", "made_at", "made_by"),
    *("signed_with", "cases"),
)
_OPENING = b"""# A checkpoint: what this case folder's history was at one moment.
# Keep it where the folder's keepers can't change it.
# That the history has only grown since: sptool verify --against THIS-FILE
"""


@dataclass(frozen=True)
class Extent:
    """How far a history goes at a commit.

    Args:
        commits: how many commits lead to it, itself included.
        cases: how many records each case has.
        register_sha256: the digest of the register's files: the roster's version.
    """

    commit: str
    commits: int
    cases: Mapping[str, int]
    register_records: int
    register_sha256: str
    files_sha256: str

    @property
    def records(self) -> int:
        """How many records there are of all cases."""
        return sum(self.cases.values())


def extent(folder: CaseFolder, commit: str) -> Extent:
    """How far the history goes at a commit.

    Raises:
        UnfitFolder: git can't read it.
    """
    paths = _files(folder, commit)
    whole, register = sha256(), sha256()
    for (path, _), (_, content) in zip(paths, stream_objects(folder.git, (oid for _, oid in paths)), strict=True):
        line = f"{sha256(content).hexdigest()}  {path}\n".encode(errors="surrogateescape")
        whole.update(line)
        if path.startswith(f"{REGISTER}/"):
            register.update(line)
    cases = Counter(parts[1] for path, _ in paths if _of_case(parts := path.split("/")))
    in_register = sum(path.startswith(f"{REGISTER}/") for path, _ in paths)
    commits = int(commits_that(folder, "--count", commit))
    ordered = {case: cases[case] for case in sorted(cases)}
    return Extent(commit, commits, ordered, in_register, register.hexdigest(), whole.hexdigest())


def _files(folder: CaseFolder, commit: str) -> list[tuple[str, str]]:
    """Every file of a commit, by path, with the id of its content."""
    listed = folder.git.run("ls-tree", "-r", "-z", "--full-tree", commit).decode(errors="surrogateescape")
    entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
    return [(path, about.split(" ")[2]) for about, _, path in entries]


def _of_case(parts: list[str]) -> bool:
    return len(parts) == 3 and is_reference(parts[1]) and parts[2].endswith(".yaml")


def commits_that(folder: CaseFolder, *asked: str) -> str:
    """What git says of the commits themselves, without grafts or ready-made lists of them.

    Args:
        asked: what `git rev-list` is asked.
    """
    plain = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.commitGraph", "GIT_CONFIG_VALUE_0": "false"}
    return folder.git.run("rev-list", *asked, "--", settings={**plain, "GIT_GRAFT_FILE": os.devnull}).decode().strip()


def statement(folder: CaseFolder, reached: Extent, made_by: str, made_at: datetime, signed_with: str) -> bytes:
    """A checkpoint's text, without its signature.

    Args:
        made_by: the id of the officer who makes it.
        signed_with: the fingerprint of the officer's key; `nobody` if it is not signed.
    """
    said: dict[str, Plain] = {
        "checkpoint": VERSION,
        **said_of(folder, reached),
        "made_at": f"{made_at:%Y-%m-%dT%H:%M:%SZ}",
        "made_by": made_by,
        "signed_with": signed_with,
        "cases": dict(reached.cases),
    }
    return _OPENING + write_yaml(said)


def said_of(folder: CaseFolder, reached: Extent) -> dict[str, Plain]:
    """What a checkpoint says of the history itself, without the number of records of each case."""
    return {
        "folder": folder.settings.prefix,
        "commit": reached.commit,
        "commits": reached.commits,
        "records": reached.records,
        "register": {"records": reached.register_records, "sha256": reached.register_sha256},
        "files_sha256": reached.files_sha256,
    }


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint as it was read.

    Args:
        text: the bytes that the signature is over.
        signature: the signature, as text; empty if there is none.
        said: what it says, by field.
    """

    text: bytes
    signature: bytes
    said: Mapping[str, Plain]


def read_checkpoint(content: bytes) -> Checkpoint:
    """A checkpoint from the bytes of its file.

    Raises:
        UsageError: it is none, or of another version.
    """
    at = content.find(BEGIN)
    # A line's end that a mail program changed on its way would break the signature; sptool writes none but \\n.
    text, signature = (content, b"") if at < 0 else (content[:at], content[at:])
    text = text.replace(b"\r\n", b"\n")
    try:
        said = read_plain(text, "the checkpoint")
    except UnfitFile:
        said = None
    if not isinstance(said, dict) or said.get("checkpoint") != VERSION or set(said) != set(FIELDS):
        raise UsageError("The file given is no checkpoint that this sptool can read.", "To make one: sptool checkpoint")
    return Checkpoint(text, signature.replace(b"\r\n", b"\n"), said)
