"""Whether the register holds what it may: nobody takes another officer's place; each edition is the adopted one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sptool.audit.findings import Finding
from sptool.audit.ledger import Brought, World
from sptool.audit.replay import CaseFile
from sptool.records.header import Record
from sptool.records.kinds import REGISTER_KINDS
from sptool.records.register import EditionAdopted, OfficerAdded

Entries = Sequence[tuple[OfficerAdded, Brought]]


def look_at_register(files: Sequence[CaseFile], world: World) -> Iterator[Finding]:
    """Which records of the register sptool would not have made.

    Args:
        files: the register's files, in the order of the history.
    """
    officers: list[tuple[OfficerAdded, Brought]] = []
    for file in files:
        record, brought = file.record, file.brought
        if record is None:
            continue
        if record.kind not in REGISTER_KINDS or record.replaces:
            yield brought.failed("rules", "The register never holds a record like this: each entry of it stands.")
        elif isinstance(record, EditionAdopted):
            yield from _edition(record, brought, world)
        elif isinstance(record, OfficerAdded):
            yield from _officer(record, brought, officers)
            officers.append((record, brought))


def _edition(record: EditionAdopted, brought: Brought, world: World) -> Iterator[Finding]:
    edition = world.editions.get(record.edition)
    if edition is None or edition.sha256 != record.sha256:
        what = "The framework edition that is adopted here is not in the folder as it was adopted."
        yield brought.failed("edition", what, "edition", "sha256")


def _officer(record: OfficerAdded, brought: Brought, earlier: Entries) -> Iterator[Finding]:
    """An entry that makes one officer's steps look like another's."""
    if any(_same_address(record, one) and one.officer != record.officer for one, _ in earlier):
        what = "This entry gives an officer the e-mail address of another, so their steps can't be told apart."
        yield brought.failed("rules", what, "email")
    before = [(one, by) for one, by in earlier if one.officer == record.officer and not _same_address(record, one)]
    if not before:
        return
    if not all(brought.by.place.follows(by.by.place) for _, by in before):
        what = "Two officers were given the same id on two lines of history that were joined."
        yield brought.failed("rules", what, "officer")
    elif _is_by_officer(record, brought, earlier):
        what = "An officer has another e-mail address from here on; ask whether the officer knows."
        yield brought.noted("address", what, "email")
    else:
        what = "Whoever put another e-mail address in the place of an officer's was no officer by then."
        yield brought.failed("author", what, "email")


def _same_address(one: OfficerAdded, other: OfficerAdded) -> bool:
    return one.email.casefold() == other.email.casefold()


def _is_by_officer(record: Record, brought: Brought, earlier: Entries) -> bool:
    """Whether the commit's author was the officer whom the record names, before this very entry."""
    known = {one.officer: one.email for one, by in earlier if brought.by.place.follows(by.by.place)}
    return known.get(record.recorded_by, "").casefold() == brought.by.author.email.casefold()
