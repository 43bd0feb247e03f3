"""Random but repeatable histories of a case folder: steps, corrections, withdrawals, joins, damage and rewinding."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.references import case_folder
from sptool.store.casebook import Casebook
from sptool.store.folder import CaseFolder
from sptool.workflow.edition import load_edition
from tests.cli.folders import REFS, bytes_of, path_of
from tests.making import (
    GROUND_ONE,
    action,
    answers,
    asked_agencies,
    closed,
    correction,
    decision,
    met,
    new_referral,
    note,
    notified,
    outcome,
    panel_replied,
    question,
    reconsideration,
    reopened,
    returned,
    review_decision,
    submitted,
    update,
    withdrawal,
)
from tests.planted import BESIDE, STRANGE

FIRST_DAY = date(2026, 3, 2)
ENVIRONMENT = {
    "GIT_AUTHOR_NAME": "Officer One",
    "GIT_AUTHOR_EMAIL": "officer.one@testshire.invalid",
    "GIT_COMMITTER_NAME": "Officer One",
    "GIT_COMMITTER_EMAIL": "officer.one@testshire.invalid",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "PATH": os.environ["PATH"],
}
One = TypeVar("One")
Files = Mapping[str, bytes | None]
"""What a commit changes: the content by path; None for a file that goes."""

EVERYTHING = {
    "cases": "SELECT * FROM cases",
    "deadlines": "SELECT * FROM deadlines",
    "loud": "SELECT * FROM loud",
    "read_from": "SELECT * FROM read_from",
    "names": "SELECT * FROM names",
    "editions": "SELECT * FROM editions",
    "calendars": "SELECT * FROM calendars",
}
STEPS: tuple[Callable[..., Record], ...] = (
    lambda on, **more: new_referral(on, la_aware_on=on, **more),
    lambda on, **more: update(on, la_aware_on="unknown", **more),
    lambda on, **more: decision(on, **more),
    lambda on, **more: decision(on, outcome="do-not-notify", criteria=[answers(*GROUND_ONE)], **more),
    lambda on, **more: notified(on, **more),
    lambda on, **more: asked_agencies(on, "police", "school", **more),
    lambda on, **more: returned(on, **more),
    lambda on, **more: met(on, themes=["neglect"], **more),
    lambda on, **more: review_decision(on, **more),
    lambda on, **more: submitted(on, **more),
    lambda on, **more: panel_replied(on, "disagrees", **more),
    lambda on, **more: outcome(on, themes=["domestic-abuse"], **more),
    lambda on, **more: action(on, due_on="2026-09-30", **more),
    lambda on, **more: question(on, **more),
    lambda on, **more: note(on, text=f"It belongs with {REFS[0]}.", **more),
    lambda on, **more: closed(on, **more),
    lambda on, **more: reopened(on, **more),
)


def git(folder: CaseFolder, *words: str, stdin: bytes = b"", index: Path | None = None) -> str:
    """What a user's own git says."""
    settings = {**ENVIRONMENT, **({"GIT_INDEX_FILE": str(index)} if index else {})}
    done = subprocess.run(["git", *words], cwd=folder.root, env=settings, input=stdin, capture_output=True, check=True)
    return done.stdout.decode().strip()


def commit(folder: CaseFolder, files: Files, onto: str = "main", *also: str) -> str:
    """A commit that changes these files; no branch moves.

    Args:
        folder: the case folder.
        files: what changes.
        onto: the commit that it follows.
        also: further parents.
    """
    index = folder.root.parent / "index-of-the-test"
    git(folder, "read-tree", onto, index=index)
    for path, content in files.items():
        if content is None:
            git(folder, "update-index", "--force-remove", path, index=index)
        else:
            blob = git(folder, "hash-object", "-w", "--stdin", stdin=content)
            git(folder, "update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", index=index)
    tree = git(folder, "write-tree", index=index)
    parents = [word for parent in (onto, *also) for word in ("-p", parent)]
    return git(folder, "commit-tree", tree, *parents, "-m", "A step")


def move_main(folder: CaseFolder, to: str) -> None:
    """Makes main that commit."""
    git(folder, "update-ref", "refs/heads/main", to)


def change(folder: CaseFolder, files: Files) -> str:
    """Changes these files on main, and says which commit it was."""
    made = commit(folder, files)
    move_main(folder, made)
    return made


class Choice:
    """Chooses the same in every run with the same seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.asked = 0

    def _number(self) -> int:
        self.asked += 1
        return int.from_bytes(sha256(f"{self.seed} {self.asked}".encode()).digest()[:6])

    def choice(self, among: Sequence[One]) -> One:
        """One of these."""
        return among[self._number() % len(among)]

    def often(self, of_ten: int) -> bool:
        """Yes so many times out of ten."""
        return self._number() % 10 < of_ten


class History:
    """A folder to which one random thing after another happens.

    Args:
        folder: the case folder.
        seed: what decides what happens.
    """

    def __init__(self, folder: CaseFolder, seed: int) -> None:
        self.folder = folder
        self.choose = Choice(seed)
        self.count = 0
        self.commits = [git(folder, "rev-parse", "main")]

    def go_on(self) -> str:
        """One thing more; its name is for the message of a test that fails."""
        happening = self.choose.choice(
            (
                *(self._step, self._step, self._step, self._correct, self._withdraw, self._join),
                *(self._damage, self._plant, self._rewind),
            )
        )
        happening()
        self.commits.append(git(self.folder, "rev-parse", "main"))
        return happening.__name__

    def _case(self, onto: str = "main") -> Case:
        reference = self.choose.choice(REFS)
        return Casebook(self.folder, git(self.folder, "rev-parse", onto), load_edition).case(reference)

    def _on(self) -> str:
        self.count += 1
        return (FIRST_DAY + timedelta(days=self.count)).isoformat()

    def _placed(self, case: Case, record: Record, *, aware: bool = True) -> Files:
        """A record as its file; at times its writer did not know all that was recorded."""
        known = case.heads
        if case.records and not (aware and self.choose.often(7)):
            known = (self.choose.choice(case.records).id,)
        record = record.model_copy(update={"after": known})
        return {path_of(record, case.ref): bytes_of(record, case.ref)}

    def _new(self) -> Record:
        return self.choose.choice(STEPS)(self._on(), name=str(self.count))

    def _step(self) -> None:
        change(self.folder, self._placed(self._case(), self._new()))

    def _correct(self) -> None:
        case = self._case()
        wrong = [record for record in case.records if record.kind != "withdrawal" and record.replaces is None]
        if wrong:
            chosen = self.choose.choice(wrong)
            how = reconsideration if chosen.kind.endswith("decision") and self.choose.often(5) else correction
            change(self.folder, self._placed(case, how(chosen, self._on(), name=str(self.count))))

    def _withdraw(self) -> None:
        case = self._case()
        if case.records:
            change(self.folder, self._placed(case, withdrawal(self.choose.choice(case.records), self._on())))

    def _join(self) -> None:
        """Two officers work apart from the same moment, and their histories are joined."""
        ours, theirs = (self._placed(self._case(), self._new(), aware=False) for _ in range(2))
        start = git(self.folder, "rev-parse", "main")
        one, other = commit(self.folder, ours, start), commit(self.folder, theirs, start)
        move_main(self.folder, commit(self.folder, theirs, one, other))

    def _damage(self) -> None:
        reference = self.choose.choice(REFS)
        self.count += 1
        name = f"2026-06-01-{self.count:06d}Z-note-b000000{self.count:03d}.yaml"
        content = self.choose.choice((b"record: note/1\ntext: [\n", b"record: note/99\n", b"\xff\xfe", b"- 1\n"))
        change(self.folder, {f"{case_folder(reference)}/{name}": content})

    def _plant(self) -> None:
        """A stranger puts something among the records that has no place there."""
        case = self._case()
        if case.records:
            change(self.folder, self.choose.choice((*STRANGE, *BESIDE))(case, case.ref))

    def _rewind(self) -> None:
        move_main(self.folder, self.choose.choice(self.commits[-6:]))


def everything(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All that an index holds but the numbers that it gives to records."""
    found = {name: sorted(connection.execute(statement), key=repr) for name, statement in EVERYTHING.items()}
    records = connection.execute(
        "SELECT ref, id, kind, records.title, happened_on, stands, words.title, text "
        "FROM records JOIN words ON words.rowid = records.number"
    )
    found["records"] = sorted(records, key=repr)
    found["words"] = list(connection.execute("SELECT count(*) FROM words"))
    return found


def from_scratch(folder: CaseFolder) -> dict[str, list[tuple[object, ...]]]:
    """What an index made from nothing holds."""
    from sptool.index.catching_up import catch_up

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        catch_up(connection, folder, git(folder, "rev-parse", "main"), lambda _: None)
        return everything(connection)
