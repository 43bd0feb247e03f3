"""Whose names are at hand, so that prose can be looked through for them, and whose are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from pydantic import ValidationError

from sptool.desk.held import read_particulars
from sptool.errors import UnfitFile, UnfitFolder
from sptool.records.case import Case
from sptool.records.fields import CaseMark
from sptool.records.header import Record
from sptool.records.particulars import PARTICULARS_FILE, Particulars, Person
from sptool.records.walk import leaves
from sptool.store.casebook import Casebook
from sptool.text.yaml import read_plain
from sptool.workflow.names_held import Gap, gap_of
from sptool.workflow.state import linked_cases


@dataclass(frozen=True)
class Known:
    """Somebody whose particulars are held here.

    Args:
        case: the linked case that holds them; empty for the case itself.
    """

    person: Person
    case: str = ""


@dataclass(frozen=True)
class AtHand:
    """What is here of the names that prose is looked through for.

    Args:
        people: those whose names can be looked for.
        gaps: whose can't, case by case.
    """

    people: tuple[Known, ...]
    gaps: tuple[Gap, ...]


def at_hand(book: Casebook, reference: str, naming: Iterable[str]) -> AtHand:
    """Everybody whose particulars the case holds here, then everybody of the cases linked with it.

    Args:
        naming: the other cases whose records name it.
    """
    case = book.case(reference)
    linked = dict.fromkeys([*(other for other, _ in linked_cases(case)), *naming])
    others = [book.case(other) for other in linked if other != reference]
    found = [_held(book, case, ""), *(_held(book, other, other.ref) for other in others)]
    people = tuple(one for known, _ in found for one in known)
    return AtHand(people, tuple(gap for _, gap in found if gap))


def at_hand_for(record: Record, book: Casebook, naming: Iterable[str]) -> AtHand:
    """The same for a record that is about to be made: the cases that it names itself count as linked, too."""
    return at_hand(book, record.case, [*naming, *_named_in(record)])


def _named_in(record: Record) -> Iterator[str]:
    for leaf in leaves(record):
        if isinstance(leaf.value, str) and any(isinstance(mark, CaseMark) for mark in leaf.marks):
            yield leaf.value


def _held(book: Casebook, case: Case, linked: str) -> tuple[list[Known], Gap | None]:
    digests = {
        record.id: part.sha256 for record in case.records for part in record.private if part.file == PARTICULARS_FILE
    }
    people: list[Known] = []
    kept: set[str] = set()
    good: set[str] = set()
    try:
        held = read_particulars(book.folder, case.ref)
    except UnfitFolder:  # damaged: whatever was kept there can't be read
        held, kept = {}, set(digests)
    for path, salted in held.items():
        record, _, file = path.rpartition("/")
        if file != PARTICULARS_FILE:
            continue
        kept.add(record)
        found = _read(salted)
        if found is None:
            continue
        people += [Known(person, linked) for person in found.people]
        if digests.get(record) == sha256(salted).hexdigest():
            good.add(record)
    return people, gap_of(case, kept, good, linked != "")


def _read(salted: bytes) -> Particulars | None:
    try:
        return Particulars.model_validate(read_plain(salted.partition(b"\n")[2], PARTICULARS_FILE))
    except (UnfitFile, ValidationError):
        return None
