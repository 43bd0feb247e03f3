"""The cases of a folder as one commit has them: bytes read, checked against their models, and folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pydantic import ValidationError

from sptool.errors import UnfitFile, UnfitFolder, listed
from sptool.framework.models import Framework
from sptool.records.case import Case, UnreadRecord
from sptool.records.header import REGISTER, Record
from sptool.records.plain import model_of, problems_of
from sptool.records.references import case_at, case_folder, is_record_id, is_record_path, is_reference
from sptool.records.register import EditionAdopted, OfficerAdded
from sptool.store.casefiles import CaseFiles, entries_of, files_of, folders_of, no_record
from sptool.store.folder import CaseFolder
from sptool.store.reading import Snapshot, head
from sptool.text.yaml import read_plain

FRAMEWORKS = "framework"
LoadEdition = Callable[[bytes, str], Framework]


@dataclass(frozen=True)
class Casebook:
    """Everything that a case folder holds, read from one commit.

    Args:
        load_edition: makes a framework edition of the bytes of its file and its name, or refuses it.
        today: the day on which it is read, in London: an edition counts from the day it is in force.
    """

    folder: CaseFolder
    commit: str
    load_edition: LoadEdition
    today: date = date.max

    @classmethod
    def newest(cls, folder: CaseFolder, load_edition: LoadEdition, today: date) -> Casebook:
        """The folder as the last recorded step left it."""
        return cls(folder, head(folder), load_edition, today)

    @cached_property
    def snapshot(self) -> Snapshot:
        return Snapshot(self.folder, self.commit)

    @cached_property
    def references(self) -> References:
        """The references of every case, in order."""
        return References(self.snapshot)

    def case(self, reference: str) -> Case:
        """One case, read from its own folder only. A case without a record is empty."""
        if reference not in self._cases_read:
            self._cases_read[reference] = read_case(self.snapshot, reference)
        return self._cases_read[reference]

    @cached_property
    def _cases_read(self) -> dict[str, Case]:
        return {}

    @cached_property
    def _files(self) -> Mapping[str, CaseFiles]:
        """What stands in the folder of each case, by reference, in order."""
        found: dict[str, CaseFiles] = defaultdict(CaseFiles)
        for path, is_file in self.snapshot.entries():
            reference = case_at(path)
            if reference:
                found[reference].add(path, is_file)
        return {reference: found[reference] for reference in sorted(found)}

    def cases(self) -> Iterator[Case]:
        """Every case, in the order of the references; read in one go."""
        contents = self.snapshot.read(path for files in self._files.values() for path in files.records)
        for reference, files in self._files.items():
            yield _folded(reference, files, contents)

    def naming(self, reference: str) -> tuple[str, ...]:
        """The other cases whose records name this one; found by git, so that not every case is read."""
        found = self.folder.git.search(self.commit, reference)
        return tuple(sorted({case_at(path) for path in found if is_record_path(path)} - {reference, ""}))

    def tree_id(self, reference: str) -> str | None:
        """What changes whenever anything is recorded about a case."""
        return self.snapshot.tree_id(case_folder(reference))

    @cached_property
    def register(self) -> Case:
        """The folder's register: editions adopted and officers, as records."""
        return read_register(self.snapshot)

    @property
    def officers(self) -> Mapping[str, OfficerAdded]:
        """The officers who may record, by id; the newest entry of each stands."""
        return {entry.officer: entry for entry in self.register.all(OfficerAdded)}

    @cached_property
    def editions(self) -> Mapping[str, Framework]:
        """Every framework edition of the folder, by name."""
        contents = self.snapshot.read(self.snapshot.paths(FRAMEWORKS))
        loaded = [self.load_edition(content, path) for path, content in contents.items() if _is_edition(path)]
        return {edition.edition: edition for edition in loaded}

    @property
    def current_edition(self) -> Framework:
        """The edition under which new cases are opened: the one adopted last of those in force."""
        adopted = [self._edition(entry.edition, entry.sha256) for entry in self.register.all(EditionAdopted)]
        if not adopted:
            raise UnfitFolder("The register names no framework edition.", "sptool framework adopt FILE")
        in_force = [edition for edition in adopted if edition.in_force_from <= self.today]
        return in_force[-1] if in_force else adopted[0]

    def edition_of(self, case: Case) -> Framework:
        """The edition that a case was opened under; it stays on it."""
        if not case.records:
            return self.current_edition
        used = case.records[0].framework
        return self._edition(used.edition, used.sha256)

    def _edition(self, name: str, digest: str) -> Framework:
        edition = self._edition_by_its_file(name) or self.editions.get(name)
        if edition is None:
            raise UnfitFolder(f"The framework edition {name} is missing from this folder.", "Restore its file.")
        if edition.sha256 != digest:
            raise UnfitFolder(
                f"The file of framework edition {name} was changed after it was adopted.",
                f"Bring the adopted file back: git log -p -- {FRAMEWORKS}/{name}.yaml",
            )
        return edition

    def _edition_by_its_file(self, name: str) -> Framework | None:
        """An edition whose file bears its name, as all do that sptool adopted; so that the others need not be read."""
        path = f"{FRAMEWORKS}/{name}.yaml"
        content = self.snapshot.read([path]).get(path)
        found = self.load_edition(content, path) if content else None
        return found if found and found.edition == name else None

    def overrides(self) -> dict[str, bytes]:
        """The partnership's own document templates, by file name."""
        folder = f"{FRAMEWORKS}/templates"
        return {
            path.rsplit("/", 1)[1]: content for path, content in self.snapshot.read(self.snapshot.paths(folder)).items()
        }


def read_case(snapshot: Snapshot, reference: str) -> Case:
    """One case as a commit has it, read from its own folder only. A case without a record is empty.

    Raises:
        UnfitFolder: git has lost a part of it.
    """
    found = files_of(entries_of(snapshot, reference)) if is_reference(reference) else CaseFiles()
    return _folded(reference, found, snapshot.read(found.records))


def read_register(snapshot: Snapshot) -> Case:
    """The register of a folder as one commit has it.

    Raises:
        UnfitFolder: git has lost a part of it.
    """
    found = files_of(snapshot.entries(REGISTER))
    return _folded(REGISTER, found, snapshot.read(found.records))


def _folded(reference: str, files: CaseFiles, contents: Mapping[str, bytes]) -> Case:
    """A case made of every one of its records. To go on without one would hide what it says."""
    whose = "the register" if reference == REGISTER else reference
    try:
        return fold(reference, {path: contents[path] for path in files.records}, files.others)
    except KeyError:
        raise UnfitFolder(f"git has lost a record of {whose}.", "To look into it: git fsck --strict") from None


@dataclass(frozen=True)
class References(Collection[str]):
    """The references of a folder's cases. Whether one is there is told without reading the others."""

    snapshot: Snapshot

    @cached_property
    def _all(self) -> tuple[str, ...]:
        years = [f"{year}/" for year in self.snapshot.years]
        folders = self.snapshot.names(*years) if years else []
        known = (folder.rpartition("/")[2] for folder in folders)
        return tuple(sorted({reference for reference in known if is_reference(reference)}))

    def __contains__(self, reference: object) -> bool:
        if not isinstance(reference, str) or not is_reference(reference):
            return False
        if self.snapshot.tree_id(case_folder(reference)) is not None:
            return True
        return any(self.snapshot.tree_id(folder) is not None for folder in folders_of(self.snapshot, reference))

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def _is_edition(path: str) -> bool:
    return path.count("/") == 1 and path.endswith(".yaml")


def fold(reference: str, contents: Mapping[str, bytes], others: Iterable[UnreadRecord] = ()) -> Case:
    """The case made of these files.

    Args:
        reference: the case's reference, or `register`.
        contents: the content of each record's file, by its path.
    """
    return sorted_out(reference, {path: read_record(path, content) for path, content in contents.items()}, others)


def sorted_out(reference: str, read: Mapping[str, Record | UnreadRecord], others: Iterable[UnreadRecord] = ()) -> Case:
    """The case made of these records.

    Args:
        reference: the case's reference, or `register`.
        read: each record, or why it can't be read, by its path.
    """
    records = [(path, one) for path, one in read.items() if isinstance(one, Record)]
    unread = [one for one in read.values() if isinstance(one, UnreadRecord)]
    return Case.of_files(reference, records, [*unread, *others])


def read_record(path: str, content: bytes) -> Record | UnreadRecord:
    """The record in a file, checked; or why it can't be read."""
    try:
        data = read_plain(content, path)
    except UnfitFile as error:
        return _unread(path, error.message)
    model = model_of(data)
    if isinstance(model, str):
        return _unread(path, model, data)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        return _unread(path, listed([problem for _, problem in problems_of(error, model)]), data)


def _unread(path: str, why: str, data: object = None) -> UnreadRecord:
    record_id = path.removesuffix(".yaml").rpartition("-")[2]
    if not is_record_id(record_id):  # it could be anything, and goes into no message and no command
        return no_record(path)
    return UnreadRecord(record_id, path, why, _after(data))


def _after(data: object) -> tuple[str, ...]:
    named = data.get("after") if isinstance(data, dict) else None
    return tuple(earlier for earlier in named if isinstance(earlier, str)) if isinstance(named, list) else ()
