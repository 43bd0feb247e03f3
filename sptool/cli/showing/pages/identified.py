"""The particulars of a case, read from its particulars ref: the one screen that shows names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pydantic import ValidationError

from sptool.cli.dates import british
from sptool.cli.screen import tell
from sptool.cli.showing.pages.wording import Part, labelled, part, wrapped
from sptool.errors import UnfitFile
from sptool.records.case import Case
from sptool.records.closing import Erasure
from sptool.records.header import PrivatePart, Record
from sptool.records.particulars import Particulars, Person
from sptool.records.plain import to_plain
from sptool.store.folder import CaseFolder
from sptool.text.plain import Plain
from sptool.text.yaml import read_plain
from sptool.workflow.names import label_of
from sptool.workflow.subjects import step_title

PARTICULARS = "particulars.yaml"


@dataclass(frozen=True)
class Held:
    """One private file of a record.

    Args:
        record: the record that it belongs to.
        file: its name there.
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
        folder: the case folder.
        case: the case as it is now, since what was erased is gone whatever day is asked for.
        wanted: the records.
    """
    from sptool.store.particulars import read_particulars  # as slow to load as the rest of the page

    contents = read_particulars(folder, case.ref)
    return Identified(tuple(_held(one, file, contents, case) for one in wanted for file in one.private))


def _held(record: Record, file: PrivatePart, contents: dict[str, bytes], case: Case) -> Held:
    salted = contents.get(f"{record.id}/{file.file}")
    if salted is None:
        return Held(record, file.file, None, None, _why_missing(record, case))
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


def _why_missing(record: Record, case: Case) -> str:
    erased = [one for one in case.all(Erasure) if record.id in case.pasts[one.id]]
    if erased:
        return f"erased on {british(erased[-1].happened_on)} by record {erased[-1].id}"
    return "not in this copy of the folder: an ordinary clone does not fetch particulars"


def warn(found: Identified) -> None:
    """Says among the messages whose names are about to be shown."""
    people = dict.fromkeys(person.id for one in found.held if one.particulars for person in one.particulars.people)
    if people:
        tell(f"This shows names and other particulars of: {', '.join(map(label_of, people))}.")
        tell("They are confidential. Don't leave them on a screen, in a file or in a message.")
    elif not any(one.size is not None for one in found.held):
        tell("No particulars are held here for this.")


def identified_parts(found: Identified) -> list[Part]:
    """The particulars, record by record."""
    return [one for held in found.held for one in part(_title(held), _lines(held))]


def _title(held: Held) -> str:
    return f"CONFIDENTIAL, from record {held.record.id} ({step_title(held.record)})"


def _lines(held: Held) -> Iterator[str]:
    if held.trouble:
        yield from wrapped(f"{held.file}: {held.trouble}.", indent=0)
    if held.particulars is not None:
        for person in held.particulars.people:
            yield from _person(person)
        if held.particulars.text:
            yield from wrapped(held.particulars.text, indent=0)
    elif held.size is not None:
        yield from wrapped(f"{held.file}, {held.size} bytes", indent=0)


def _person(person: Person) -> Iterator[str]:
    role = f" ({person.role})" if person.role else ""
    yield from labelled(label_of(person.id), (person.name or "name not recorded") + role)
    yield from labelled("  Also known as", ", ".join(person.aliases))
    yield from labelled("  Born", british(person.date_of_birth) if person.date_of_birth else "")
    yield from labelled("  Address", person.address or "")
    yield from labelled("  Contact", person.contact or "")


def identified_data(found: Identified) -> list[Plain]:
    """The particulars for other programs."""
    return [
        {
            "record": held.record.id,
            "file": held.file,
            "size": held.size,
            "trouble": held.trouble or None,
            "particulars": dict[str, Plain](to_plain(held.particulars)) if held.particulars else None,
        }
        for held in found.held
    ]
