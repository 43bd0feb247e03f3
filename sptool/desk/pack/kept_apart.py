"""The particulars that the records of a case name: there and matching, not fetched here, erased, or wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sptool.desk.held import particulars_to_show
from sptool.records.case import Case, erased
from sptool.records.header import PrivatePart
from sptool.store.folder import CaseFolder

Condition = Literal["there and matching", "not fetched here", "erased", "wrong"]


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
