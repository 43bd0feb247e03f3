"""Verifies a case folder from its objects alone: reads the history once, then each case, and collects what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sptool.audit.agreement import look_at_authors, look_at_times
from sptool.audit.ancestry import Ancestry
from sptool.audit.claims import HAPPENED, about_particulars, about_rewriting, claims_from
from sptool.audit.findings import Claim, Due, Finding, Report
from sptool.audit.history import Change, Passed, commit_ids, newest_commit, read_history
from sptool.audit.indexed import IndexWatch
from sptool.audit.ledger import Brought, Ledger, Made, Roster, World, calendar_version
from sptool.audit.particulars import Named, Tally, look_at_particulars, named_in
from sptool.audit.register import look_at_register
from sptool.audit.replay import CaseFile, case_of, look_at_delays, look_at_files, read_file, replay, work_out
from sptool.audit.shape import added_records, explained, is_template, look_at_shape
from sptool.audit.signatures import SignatureWatch
from sptool.audit.since_checkpoint import check_against
from sptool.audit.soundness import look_at_reading, look_at_store
from sptool.errors import UnfitFile, UnfitFolder
from sptool.framework.models import Framework
from sptool.records.header import REGISTER, Record
from sptool.store.folder import CaseFolder
from sptool.store.streaming import stream_objects
from sptool.workflow.edition import load_edition

Progress = Callable[[str, int, int], None]
LONG_AFTER = 10
"""Working days after which an entry counts as written down long after it happened, if no other number is given."""


@dataclass(frozen=True)
class Asked:
    """What to verify, and how.

    Args:
        checkpoints: the bytes of each checkpoint to hold the history against.
        long_after: after how many working days an entry counts as late.
        without: ids of checks to leave out.
    """

    folder: CaseFolder
    today: date
    now: datetime
    checkpoints: tuple[bytes, ...] = ()
    long_after: int = LONG_AFTER
    without: frozenset[str] = frozenset()


def unwatched(stage: str, done: int, of: int) -> None:
    """Progress that nobody follows."""
    del stage, done, of


def verify(asked: Asked, progress: Progress = unwatched) -> Report:
    """Establishes what a folder's history proves.

    Args:
        progress: is told what is being done: the stage, how much is done, of how much.

    Raises:
        UnfitFolder: the history can't be read at all.
    """
    return _Verification(asked, progress).report()


@dataclass
class _Verification:
    """One run."""

    asked: Asked
    progress: Progress
    ledger: Ledger = field(default_factory=Ledger)
    signatures: SignatureWatch = field(default_factory=SignatureWatch)
    findings: list[Finding] = field(default_factory=list)
    register: list[CaseFile] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    due: list[Due] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    is_read: bool = False

    def report(self) -> Report:
        folder = self.asked.folder
        self.progress("Checking git's objects", 0, 0)
        self._note(look_at_store(folder))
        self._note(look_at_reading(folder))
        newest = newest_commit(folder.git)
        if not {"shallow", "partial"} & {one.check for one in self.findings}:
            self._read_as_far_as_possible(newest)
        return self._result(newest, self._held_against())

    def _read_as_far_as_possible(self, newest: str) -> None:
        """Reads everything. What is damaged half-way leaves the claims that rest on it open, not the whole run."""
        try:
            self._read_history(newest)
            self._read_cases(newest)
            self._note(explained(self.asked.folder.git, self.ledger.altered))
            self.progress("Checking what is kept apart", 0, 0)
            self._note(look_at_particulars(self.asked.folder, self.named, self.tally))
            self.is_read = True
        except UnfitFolder as error:
            self._note(iter([Finding("objects", "failed", error.message)]))

    def _note(self, found: Iterator[Finding]) -> None:
        self.findings += (one for one in found if one.check not in self.asked.without)

    def _read_history(self, newest: str) -> None:
        ids = commit_ids(self.asked.folder.git, newest)
        ancestry = Ancestry()
        dated: dict[str, int] = {}
        for number, passed in enumerate(read_history(self.asked.folder, ids)):
            commit = passed.commit
            self._note(look_at_shape(passed, is_first=number == 0))
            self._note(look_at_times(commit, dated, self.asked.now))
            founds = number == 0 and not commit.parents
            made = Made(commit.id, ancestry.place(commit), commit.author, commit.message, founds)
            self._note(self.signatures.see(commit, self._keep(passed, made), made.place))
            if number % 500 == 0:
                self.progress("Reading the history", number, len(ids))
        self._note(self.signatures.where_joined())
        self.ledger.commits = len(ids)

    def _keep(self, passed: Passed, made: Made) -> Record | None:
        """Keeps what a commit brought. Of the register the record is read at once, as keys hang on it."""
        known: Record | None = None
        for change in (change for side in passed.changes for change in side):
            if change.path.startswith("framework/") and change.path.count("/") == 1 and change.how == "A":
                self.ledger.editions.setdefault(change.path, change.now)
            elif change.how == "M" and not is_template(change.path):
                self.ledger.altered[made.id, change.path] = change
        added = added_records(passed)
        if not added and len(passed.commit.parents) == 1:
            self.ledger.without_record.append(made)
        for change in added:
            self.ledger.brought(change, made)
            if change.path.startswith(f"{REGISTER}/"):
                known = self._read_register(change, made) or known
        return known

    def _read_register(self, change: Change, made: Made) -> Record | None:
        content = self.asked.folder.git.run("cat-file", "blob", change.now)
        file = read_file(Brought(change.path, change.now, made), content)
        self.register.append(file)
        return file.record

    def _read_cases(self, newest: str) -> None:
        roster = Roster(tuple((file.record, file.brought.by) for file in self.register if file.record))
        prefix = self.asked.folder.settings.prefix
        world = World(self.ledger, roster, self._editions(), self.asked.today, self.asked.long_after, prefix)
        self._note(look_at_register(self.register, world))
        self._note(look_at_authors(self.ledger.without_record, roster))
        index = IndexWatch(self.asked.folder, newest)
        index.begin(self.ledger.records)
        self._look_at_case(REGISTER, self.register, world)
        index.see(REGISTER, self.register)
        wanted = [one for reference in self.ledger.references for one in self.ledger.cases[reference]]
        contents = stream_objects(self.asked.folder.git, (one.blob for one in wanted))
        done = 0
        for reference in self.ledger.references:
            brought = self.ledger.cases[reference]
            files = [read_file(one, next(contents)[1]) for one in brought]
            self._look_at_case(reference, files, world)
            index.see(reference, files)
            done += len(files)
            self.progress("Replaying the cases", done, len(wanted))
        self._note(index.findings({REGISTER, *self.ledger.references}))

    def _look_at_case(self, reference: str, files: list[CaseFile], world: World) -> None:
        case = case_of(reference, files)
        self._note(self._unique(files))
        self._note(look_at_files(case, files, world))
        self._note(replay(case, files, world))
        if reference != REGISTER:
            found = work_out(case, world)
            self._note(look_at_delays(case, files, found, world))
            self.due += found
            self.named += named_in(case, files)

    def _unique(self, files: list[CaseFile]) -> Iterator[Finding]:
        for file in files:
            if file.record and file.record.id in self.ids:
                what = "Another record has the same id."
                yield file.brought.failed("unique", what, "id")
            elif file.record:
                self.ids[file.record.id] = file.brought.path

    def _editions(self) -> dict[str, Framework]:
        found: dict[str, Framework] = {}
        for path, blob in self.ledger.editions.items():
            content = self.asked.folder.git.run("cat-file", "blob", blob)
            try:
                edition = load_edition(content, path)
            except UnfitFile:
                what = "This framework edition can't be read, so what rests on it can't be judged."
                self._note(iter([Finding("edition", "failed", what, "", path)]))
                continue
            found[edition.edition] = edition
        return found

    def _held_against(self) -> list[Finding] | None:
        if not self.asked.checkpoints:
            return None
        found = [one for given in self.asked.checkpoints for one in check_against(self.asked.folder, given)]
        self._note(iter(found))
        return found

    def _result(self, newest: str, against: list[Finding] | None) -> Report:
        settings, counts = self.asked.folder.settings, self.tally.counts
        claims: list[Claim] = claims_from(self.findings, self.is_read)
        claims += [about_particulars(counts), self.signatures.summary()] if self.is_read else []
        return Report(
            newest=newest,
            made_on=self.asked.today,
            partnership=settings.partnership,
            training=settings.training,
            commits=self.ledger.commits,
            records=self.ledger.records,
            cases=len(self.ledger.references),
            claims=(*claims, HAPPENED, about_rewriting(against)),
            findings=tuple(self.findings),
            due=tuple(self.due),
            calendar=calendar_version(),
            kept_apart=dict(counts),
            erased_by=dict(self.tally.erased_by),
            against=against is not None,
        )
