"""The particulars that a case's records name, read from its own ref: held, missing, erased, or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from pydantic import ValidationError

from sptool.errors import UnfitFile
from sptool.records.case import Case, erased
from sptool.records.header import PrivatePart, Record
from sptool.records.particulars import Particulars
from sptool.store.folder import CaseFolder
from sptool.store.reading import Snapshot
from sptool.store.refs import particulars_ref, tips
from sptool.text.english import british
from sptool.text.yaml import read_plain

PARTICULARS = "particulars.yaml"
STILL_HERE = "but still here, so it is not shown"
Condition = Literal["there and matching", "not fetched here", "erased", "wrong"]


@dataclass(frozen=True)
class Held:
    """One private file of a record.

    Args:
        size: how many bytes it has, without its salt; None if it is not here.
        particulars: what it says, if it is the particulars; None otherwise.
        trouble: why it can't be shown, or that it was changed; empty if all is well.
    """

    record: Record
    file: str
    size: int | None
    particulars: Particulars | None
    trouble: str


@dataclass(frozen=True)
class Identified:
    """Everything identifying that a case or one of its records has."""

    held: tuple[Held, ...]


def identify(folder: CaseFolder, case: Case, wanted: Sequence[Record]) -> Identified:
    """What the particulars ref holds for some records of a case.

    Args:
        case: the case as it is now, since what was erased is gone whatever day is asked for.
    """
    # As slow to load as the rest of the page.
    from sptool.store.erasing import left_of

    contents = particulars_to_show(folder, case)
    here = left_of(folder, case).erased if erased(case) else frozenset()
    return Identified(tuple(_held(one, file, contents, case, here) for one in wanted for file in one.private))


def _held(
    record: Record, file: PrivatePart, contents: dict[str, bytes], case: Case, erased_and_here: frozenset[str]
) -> Held:
    salted = contents.get(f"{record.id}/{file.file}")
    if salted is None:
        return Held(record, file.file, None, None, _why_missing(record, case, record.id in erased_and_here))
    content = salted.partition(b"\n")[2]
    changed = sha256(salted).hexdigest() != file.sha256
    trouble = "IT WAS CHANGED after it was recorded: the digest in the record differs" if changed else ""
    if file.file != PARTICULARS:
        return Held(record, file.file, len(content), None, trouble)
    try:
        particulars = Particulars.model_validate(read_plain(content, PARTICULARS))
    except (UnfitFile, ValidationError):
        return Held(record, file.file, len(content), None, trouble or "it can't be read")
    return Held(record, file.file, len(content), particulars, trouble)


def _why_missing(record: Record, case: Case, is_here: bool) -> str:
    erasure = erased(case).get(record.id)
    if erasure:
        still = f", {STILL_HERE}. To destroy it: sptool erase {case.ref}" if is_here else ""
        return f"erased on {british(erasure.happened_on)} by record {erasure.id}{still}"
    return "not in this copy of the folder: an ordinary clone does not fetch particulars"


def read_particulars(folder: CaseFolder, case: str) -> dict[str, bytes]:
    """Everything that a case's particulars ref holds, by path; nothing if there is none (any more)."""
    commit = tips(folder.git, [particulars_ref(case)]).get(particulars_ref(case))
    if commit is None:
        return {}
    snapshot = Snapshot(folder, commit)
    return snapshot.read(snapshot.paths())


def particulars_to_show(folder: CaseFolder, case: Case) -> dict[str, bytes]:
    """The same without what is erased on record, which is never shown, even while it is still here."""
    gone = erased(case)
    return {path: held for path, held in read_particulars(folder, case.ref).items() if path.split("/")[0] not in gone}


@dataclass(frozen=True)
class KeptApart:
    """One file that a record names and that main does not hold.

    Args:
        record: the id of the record that names it.
        sha256: the digest that the record names, of the salted bytes.
        erased_by: the id of the record of the erasure, for what was erased.
        salted: its bytes as they are kept, salt first; None if it is not here.
    """

    case: str
    record: str
    file: str
    sha256: str
    condition: Condition
    erased_by: str
    salted: bytes | None

    @property
    def told(self) -> str:
        """How it is, in words."""
        return f"erased by record {self.erased_by}" if self.condition == "erased" else self.condition

    @property
    def plain(self) -> bytes:
        """What it says, without its salt."""
        return (self.salted or b"").partition(b"\n")[2]


def kept_apart(folder: CaseFolder, case: Case) -> tuple[KeptApart, ...]:
    """Every file that the records of a case name, in the order of the records."""
    return tuple(_told(case, particulars_to_show(folder, case)))


def _told(case: Case, contents: Mapping[str, bytes]) -> Iterator[KeptApart]:
    gone = erased(case)
    for record in case.records:
        erased_by = gone[record.id].id if record.id in gone else ""
        for part in record.private:
            salted = contents.get(f"{record.id}/{part.file}")
            condition = _condition(part, salted, erased_by, bool(contents))
            yield KeptApart(case.ref, record.id, part.file, part.sha256, condition, erased_by, salted)


def _condition(part: PrivatePart, salted: bytes | None, erased_by: str, others_are_here: bool) -> Condition:
    if salted is not None:
        return "there and matching" if sha256(salted).hexdigest() == part.sha256 else "wrong"
    if erased_by:
        return "erased"
    return "wrong" if others_are_here else "not fetched here"
