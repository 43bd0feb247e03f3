"""What stands in the folder of a case: its records, and what else somebody put there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sptool.records.header import REGISTER
from sptool.records.placing import NO_CASE, NO_FILE, NO_FOLDER, NO_NAME, OTHER_YEAR, UnreadRecord
from sptool.records.references import case_at, case_folder, is_record_path
from sptool.store.reading import Entry, Snapshot


@dataclass
class CaseFiles:
    """What stands in the folder of a case, or in the register.

    Args:
        records: the paths of what should be records.
        others: everything else.
    """

    records: list[str] = field(default_factory=list)
    others: list[UnreadRecord] = field(default_factory=list)

    def add(self, path: str, is_file: bool) -> None:
        """Notes what stands at a path.

        Args:
            path: with `/` between the parts.
            is_file: whether git has its content.
        """
        if is_file and is_record_path(path):
            self.records.append(path)
        else:
            self.others.append(no_record(path, is_file))


def no_record(path: str, is_file: bool = True) -> UnreadRecord:
    """Something that stands where records do and is none, with the reason.

    Args:
        path: with `/` between the parts.
        is_file: whether git has its content.
    """
    return UnreadRecord("", path, _why(path, is_file), how="filed")


def _why(path: str, is_file: bool) -> str:
    if not is_file:
        return NO_FILE
    reference = case_at(path)
    own = case_folder(reference) if reference else REGISTER
    if not f"{path}/".startswith(f"{own}/"):
        return OTHER_YEAR if reference else NO_CASE
    return NO_FOLDER if "/" in path.removeprefix(f"{own}/") and path != own else NO_NAME


def files_of(entries: Iterable[Entry]) -> CaseFiles:
    """What stands in one case's folder.

    Args:
        entries: its paths, each with whether git has its content.
    """
    found = CaseFiles()
    for path, is_file in entries:
        found.add(path, is_file)
    return found


def folders_of(snapshot: Snapshot, reference: str) -> list[str]:
    """Where the records of a case may stand: its folder, and any that bears its name in another year."""
    own = case_folder(reference)
    return sorted({own, *(f"{year}/{reference}" for year in snapshot.years)})


def entries_of(snapshot: Snapshot, reference: str) -> list[Entry]:
    """Everything that stands in those folders."""
    return [entry for folder in folders_of(snapshot, reference) for entry in snapshot.entries(folder)]
