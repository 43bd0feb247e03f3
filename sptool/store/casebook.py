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
from sptool.records.references import case_folder, is_reference
from sptool.records.register import EditionAdopted, OfficerAdded
from sptool.store.folder import CaseFolder
from sptool.store.reading import Snapshot, head
from sptool.text.yaml import read_plain

FRAMEWORKS = "framework"
LoadEdition = Callable[[bytes, str], Framework]


@dataclass(frozen=True)
class Casebook:
    """Everything that a case folder holds, read from one commit.

    Args:
        folder: the case folder.
        commit: the commit that is read.
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
            contents = self.snapshot.read(paths := _records_in(self.snapshot, reference))
            self._cases_read[reference] = fold(reference, _whole(reference, paths, contents))
        return self._cases_read[reference]

    @cached_property
    def _cases_read(self) -> dict[str, Case]:
        return {}

    @cached_property
    def _paths(self) -> Mapping[str, tuple[str, ...]]:
        """The record files of each case, by reference, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in self.snapshot.paths():
            reference = _case_of(path)
            if reference:
                found[reference].append(path)
        return {reference: tuple(found[reference]) for reference in sorted(found)}

    def cases(self) -> Iterator[Case]:
        """Every case, in the order of the references; read in one go."""
        contents = self.snapshot.read(path for paths in self._paths.values() for path in paths)
        for reference in self._paths:
            yield fold(reference, _whole(reference, self._paths[reference], contents))

    def naming(self, reference: str) -> tuple[str, ...]:
        """The other cases whose records name this one; found by git, so that not every case is read."""
        found = self.folder.git.search(self.commit, reference)
        return tuple(sorted({_case_of(path) for path in found} - {reference, ""}))

    def tree_id(self, reference: str) -> str | None:
        """What changes whenever anything is recorded about a case."""
        return self.snapshot.tree_id(case_folder(reference))

    @cached_property
    def register(self) -> Case:
        """The folder's register: editions adopted and officers, as records."""
        paths = self.snapshot.paths(REGISTER)
        return fold(REGISTER, _whole("the register", paths, self.snapshot.read(paths)))

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


def _case_of(path: str) -> str:
    """The case whose record stands at this place; empty for anything else."""
    _, _, reference_and_name = path.partition("/")
    reference, _, name = reference_and_name.partition("/")
    if "/" in name or not name.endswith(".yaml") or not is_reference(reference):
        return ""
    return reference if path == f"{case_folder(reference)}/{name}" else ""


def _whole(reference: str, paths: Iterable[str], contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The content of every one of these records. To go on without one would hide what it says."""
    try:
        return {path: contents[path] for path in paths}
    except KeyError:
        raise UnfitFolder(f"git has lost a record of {reference}.", "To look into it: git fsck --strict") from None


def _records_in(snapshot: Snapshot, reference: str) -> list[str]:
    if not is_reference(reference):
        return []
    return [path for path in snapshot.paths(case_folder(reference)) if _case_of(path)]


@dataclass(frozen=True)
class References(Collection[str]):
    """The references of a folder's cases. Whether one is there is told without reading the others.

    Args:
        snapshot: the folder as one commit has it.
    """

    snapshot: Snapshot

    @cached_property
    def _all(self) -> tuple[str, ...]:
        years = [f"{name}/" for name in self.snapshot.names() if name.isdigit()]
        folders = self.snapshot.names(*years) if years else []
        known = (folder.rpartition("/")[2] for folder in folders)
        return tuple(sorted(reference for reference in known if is_reference(reference)))

    def __contains__(self, reference: object) -> bool:
        if not isinstance(reference, str) or not is_reference(reference):
            return False
        return self.snapshot.tree_id(case_folder(reference)) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def _is_edition(path: str) -> bool:
    return path.count("/") == 1 and path.endswith(".yaml")


def fold(reference: str, contents: Mapping[str, bytes]) -> Case:
    """The case made of these files.

    Args:
        reference: the case's reference, or `register`.
        contents: the content of each record's file, by its path.
    """
    records: list[Record] = []
    unread: list[UnreadRecord] = []
    for path, content in contents.items():
        found = read_record(path, content)
        if isinstance(found, Record):
            records.append(found)
        else:
            unread.append(found)
    return Case.of(reference, records, unread)


def read_record(path: str, content: bytes) -> Record | UnreadRecord:
    """The record in a file, checked; or why it can't be read."""
    record_id = path.removesuffix(".yaml").rpartition("-")[2]
    try:
        data = read_plain(content, path)
    except UnfitFile as error:
        return UnreadRecord(record_id, path, error.message)
    model = model_of(data)
    if isinstance(model, str):
        return UnreadRecord(record_id, path, model, _after(data))
    try:
        return model.model_validate(data)
    except ValidationError as error:
        why = listed([problem for _, problem in problems_of(error, model)])
        return UnreadRecord(record_id, path, why, _after(data))


def _after(data: object) -> tuple[str, ...]:
    named = data.get("after", ()) if isinstance(data, dict) else ()
    return tuple(str(earlier) for earlier in named) if isinstance(named, Iterable) else ()
