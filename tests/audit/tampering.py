"""Tampers with a copy of the demonstration: rewrites its history step by step, or adds to it past sptool."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sptool.audit.findings import Report
from sptool.audit.verifying import Asked, verify
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.plain import to_plain
from sptool.records.references import case_folder, file_name
from sptool.store.casebook import Casebook
from sptool.store.folder import CaseFolder, open_case_folder
from sptool.store.identity import Identity
from sptool.store.recording import Entry, Step, record_step
from sptool.text.plain import Plain
from sptool.text.yaml import read_plain, write_yaml
from sptool.workflow.edition import load_edition
from sptool.workflow.subjects import commit_message
from tests.making import id_of

TODAY = date(2026, 12, 31)
NOW = datetime(2026, 12, 31, 18, tzinfo=UTC)


@dataclass
class Told:
    """One commit as `git fast-export` tells it.

    Args:
        mark: its mark.
        author: the author's line, without its first word.
        committer: the committer's line.
        message: its message.
        parents: the marks of its parents.
        changes: the lines of what it changes.
    """

    mark: str
    author: str
    committer: str
    message: str
    parents: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The file that it adds."""
        return self.changes[0].split(" ", 3)[3]

    @property
    def case(self) -> str:
        return self.message.split(":", 1)[0]

    def signed(self, person: str) -> Told:
        """The same by another author."""
        return replace(self, author=person, committer=person)

    def at(self, seconds: int) -> Told:
        """The same, so many seconds later."""
        head, at, zone = self.author.rsplit(" ", 2)
        return self.signed(f"{head} {int(at) + seconds} {zone}")


@dataclass(frozen=True)
class Place:
    """A copy of the demonstration that may be tampered with."""

    root: Path

    @property
    def folder(self) -> CaseFolder:
        return open_case_folder(self.root)

    @property
    def book(self) -> Casebook:
        return Casebook.newest(self.folder, load_edition, TODAY)

    def git(self, *words: str, stdin: bytes = b"") -> str:
        """What the tamperer's own git says."""
        who = ("-c", "user.name=Nobody Known", "-c", "user.email=nobody@example.invalid", "-c", "commit.gpgSign=false")
        done = subprocess.run(["git", *who, *words], cwd=self.root, input=stdin, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode(errors="surrogateescape").strip()

    def blob(self, content: bytes) -> str:
        return self.git("hash-object", "-w", "--stdin", stdin=content)

    def content(self, path: str) -> bytes:
        """A file as main has it."""
        return self.git("cat-file", "blob", f"main:{path}").encode() + b"\n"

    def history(self) -> list[Told]:
        """Every commit of main, the first first."""
        told: list[Told] = []
        lines = iter(self.git("fast-export", "--no-data", "main").split("\n"))
        for line in lines:
            if line.startswith("mark "):
                told.append(_commit(line.removeprefix("mark "), lines))
            elif line.startswith(("from ", "merge ")):
                told[-1].parents.append(line.partition(" ")[2])
            elif line.startswith(("M ", "D ")):
                told[-1].changes.append(line)
        return told

    def rewrite(self, history: list[Told]) -> None:
        """Makes main say this instead."""
        stream = "".join(_as_stream(one) for one in history)
        self.git("fast-import", "--force", "--quiet", stdin=f"{stream}done\n".encode(errors="surrogateescape"))
        self.git("update-ref", "refs/heads/main", "refs/heads/forged")
        self.git("update-ref", "-d", "refs/heads/forged")

    def rewrite_where(self, wanted: Callable[[Told], bool], change: Callable[[Told], Told]) -> None:
        """Changes the last commit of which something holds."""
        history = self.history()
        number = max(number for number, one in enumerate(history) if wanted(one))
        history[number] = change(history[number])
        self.rewrite(history)

    def rewrite_content(self, kind: str, change: Callable[[bytes], bytes]) -> None:
        """Has the last record of a kind say something else from the beginning."""

        def changed(one: Told) -> Told:
            how, mode, blob, path = one.changes[0].split(" ", 3)
            content = self.git("cat-file", "blob", blob).encode() + b"\n"
            return replace(one, changes=[f"{how} {mode} {self.blob(change(content))} {path}", *one.changes[1:]])

        self.rewrite_where(lambda one: f"Step: {kind}\n" in one.message, changed)

    def hand_in(self, changes: dict[str, bytes | None], message: str = "Tidied up\n") -> None:
        """A commit on top, by somebody with an editor and git."""
        history = self.history()
        lines = [
            f"D {path}" if content is None else f"M 100644 {self.blob(content)} {path}"
            for path, content in changes.items()
        ]
        newest = history[-1]
        self.rewrite(
            [*history, replace(newest.at(60), mark=":9999", message=message, parents=[newest.mark], changes=lines)]
        )

    def case_with(self, kind: str) -> Case:
        """The first case whose newest standing record of a kind exists."""
        return next(case for case in self.book.cases() if any(one.kind == kind for one in case.records))

    def add(self, case: Case, like: Record, minutes: int = 1, **changes: object) -> Record:
        """Adds a record to a case as sptool would, but without asking the rules.

        Args:
            case: the case.
            like: what it says.
            minutes: how long after the last step.
            changes: what it says otherwise.
        """
        at = self._last_moment() + timedelta(minutes=minutes)
        body = {name: value for name, value in to_plain(like).items() if name not in ("private", "replaces")}
        header = {
            "id": id_of(f"{like.id} {changes}"),
            "case": case.ref,
            "after": list(case.heads),
            "recorded_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "recorded_by": case.records[0].recorded_by,
            "framework": to_plain(case.records[0])["framework"],
        }
        record = type(like).model_validate({**body, **header, **changes})
        path = f"{case_folder(record.case)}/{file_name(at, record.kind, record.id)}"
        entry = Entry(path, write_yaml(to_plain(record)))
        record_step(self.folder, Step([entry], commit_message(record), self._officer(record), at), lambda _: None)
        return record

    def _officer(self, record: Record) -> Identity:
        entry = self.book.officers[record.recorded_by]
        return Identity(entry.name, entry.email)

    def _last_moment(self) -> datetime:
        return datetime.fromtimestamp(int(self.git("log", "-1", "--format=%ct", "main")), UTC)

    def verified(self, *without: str, now: datetime = NOW, checkpoint: bytes | None = None) -> Report:
        """The verification, with some checks taken out."""
        checkpoints = () if checkpoint is None else (checkpoint,)
        return verify(Asked(self.folder, TODAY, now, checkpoints, without=frozenset(without)))


def _commit(mark: str, lines: Iterator[str]) -> Told:
    told: dict[str, str] = {}
    for line in lines:
        name, _, rest = line.partition(" ")
        if name == "data":
            break
        told[name] = rest
    size, message = int(rest), ""
    while len(message.encode()) < size:
        message += f"{next(lines)}\n"
    return Told(mark, told["author"], told["committer"], message)


def _as_stream(one: Told) -> str:
    parents = "".join(f"{'merge' if number else 'from'} {mark}\n" for number, mark in enumerate(one.parents))
    start = "" if one.parents else "reset refs/heads/forged\n"
    message = f"data {len(one.message.encode())}\n{one.message}\n"
    changes = "".join(f"{line}\n" for line in one.changes)
    return (
        f"{start}commit refs/heads/forged\nmark {one.mark}\nauthor {one.author}\ncommitter {one.committer}\n"
        f"{message}{parents}{changes}\n"
    )


def field_changed(content: bytes, name: str, value: Plain) -> bytes:
    """A record with another answer, written as sptool writes it."""
    data = read_plain(content, "record")
    assert isinstance(data, dict)
    data[name] = value
    return write_yaml(data)
