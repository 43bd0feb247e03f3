"""Checkpoints: what the history was on a day, in a small signed statement; and the proof that it has only grown since.

A statement is plain text that people can read. Its digests are over the content of the files, so that they don't
lean on git's own ids; `sha256sum` makes the same (docs/auditors.md).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sptool.audit.findings import Finding
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
OTHER = "checkpoint-of-another-folder"
GONE = "checkpoint-gone"
DIFFERS = "checkpoint-differs"
SIGNATURE = "checkpoint-signature"
BARE = "checkpoint-unsigned"
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
        commit: its id.
        commits: how many commits lead to it, itself included.
        cases: how many records each case has.
        register_records: how many the register has.
        register_sha256: the digest of the register's files: the roster's version.
        files_sha256: the digest of every file.
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

    Args:
        folder: the case folder.
        commit: the commit's id.

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
    commits = int(_history(folder, "--count", commit))
    ordered = {case: cases[case] for case in sorted(cases)}
    return Extent(commit, commits, ordered, in_register, register.hexdigest(), whole.hexdigest())


def _files(folder: CaseFolder, commit: str) -> list[tuple[str, str]]:
    """Every file of a commit, by path, with the id of its content."""
    listed = folder.git.run("ls-tree", "-r", "-z", "--full-tree", commit).decode(errors="surrogateescape")
    entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
    return [(path, about.split(" ")[2]) for about, _, path in entries]


def _of_case(parts: list[str]) -> bool:
    return len(parts) == 3 and is_reference(parts[1]) and parts[2].endswith(".yaml")


def _history(folder: CaseFolder, *asked: str) -> str:
    """What git says of the commits themselves, without grafts or ready-made lists of them."""
    plain = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.commitGraph", "GIT_CONFIG_VALUE_0": "false"}
    return folder.git.run("rev-list", *asked, "--", settings={**plain, "GIT_GRAFT_FILE": os.devnull}).decode().strip()


def statement(folder: CaseFolder, reached: Extent, made_by: str, made_at: datetime, signed_with: str) -> bytes:
    """A checkpoint's text, without its signature.

    Args:
        folder: the case folder.
        reached: how far its history goes.
        made_by: the id of the officer who makes it.
        made_at: when, in UTC.
        signed_with: the fingerprint of the officer's key; `nobody` if it is not signed.
    """
    said: dict[str, Plain] = {
        "checkpoint": VERSION,
        **_said_of(folder, reached),
        "made_at": f"{made_at:%Y-%m-%dT%H:%M:%SZ}",
        "made_by": made_by,
        "signed_with": signed_with,
        "cases": dict(reached.cases),
    }
    return _OPENING + write_yaml(said)


def _said_of(folder: CaseFolder, reached: Extent) -> dict[str, Plain]:
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


def check_against(folder: CaseFolder, content: bytes) -> Iterator[Finding]:
    """What stands against the history having only grown since a checkpoint; nothing where it has.

    Args:
        folder: the case folder.
        content: the bytes of the checkpoint's file, signature included.

    Raises:
        UsageError: it is no checkpoint.
    """
    from sptool.audit.checkpoints_signed import signature_findings

    checkpoint = read_checkpoint(content)
    commit = str(checkpoint.said["commit"])
    if checkpoint.said["folder"] != folder.settings.prefix:
        yield Finding(OTHER, "failed", "the checkpoint is of another folder", commit, fields=("folder",))
        return
    if not _there(folder, commit):
        yield Finding(
            GONE, "failed", "the commit of the checkpoint is not in this folder: history was replaced", commit
        )
        return
    if _history(folder, "-1", commit, "^refs/heads/main"):
        yield Finding(GONE, "failed", "main no longer leads to the commit of the checkpoint", commit)
    yield from _differences(folder, checkpoint, commit)
    yield from signature_findings(folder, checkpoint, commit)


def _there(folder: CaseFolder, commit: str) -> bool:
    if len(commit) not in (40, 64) or set(commit) - set("0123456789abcdef"):
        return False
    answer = folder.git.run("cat-file", "--batch-check=%(objecttype)", stdin=f"{commit}\n".encode())
    return answer.decode().strip() == "commit"


def _differences(folder: CaseFolder, checkpoint: Checkpoint, commit: str) -> Iterator[Finding]:
    reached = extent(folder, commit)
    wanted = {**_said_of(folder, reached), "cases": dict(reached.cases)}
    wrong = tuple(name for name, value in wanted.items() if checkpoint.said[name] != value)
    if wrong:
        what = "the commit does not hold what the checkpoint says of it"
        yield Finding(DIFFERS, "failed", what, commit, fields=wrong)
