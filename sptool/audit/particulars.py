"""Whether what is kept apart is what the records name. Its content is hashed and never looked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from typing import Literal

from sptool.audit.findings import Finding
from sptool.audit.ledger import Brought
from sptool.audit.replay import CaseFile
from sptool.records.case import Case, erased
from sptool.store.erasing import half_done, records_in
from sptool.store.folder import CaseFolder
from sptool.store.git import PARTICULARS
from sptool.store.refs import particulars_ref
from sptool.store.streaming import stream_objects

Kept = Literal["there and matching", "not fetched here", "erased", "wrong"]
_SALTED = re.compile(rb"[0-9a-f]{64}\n")


@dataclass(frozen=True, slots=True)
class Named:
    """One file that a record says is kept apart.

    Args:
        ref: the particulars ref on which it is to stand.
        erased_by: the id of the record of an erasure that came after it; empty if there is none.
        past: the ids of the records that its writer had.
        brought: the record's file and commit.
    """

    ref: str
    path: str
    sha256: str
    record: str
    erased_by: str
    past: Set[str]
    brought: Brought


@dataclass
class Tally:
    """How many files that are kept apart stand how, and what records an erasure took them from."""

    counts: Counter[str] = field(default_factory=Counter)
    erased_by: Counter[str] = field(default_factory=Counter)


def named_in(case: Case, files: Sequence[CaseFile]) -> list[Named]:
    """Every file that the records of a case say is kept apart."""
    ref = particulars_ref(case.ref)
    gone = erased(case)
    found: list[Named] = []
    for file in files:
        if file.record is None:
            continue
        record = file.record
        erased_by = gone[record.id].id if record.id in gone else ""
        for part in record.private:
            path = f"{record.id}/{part.file}"
            found.append(Named(ref, path, part.sha256, record.id, erased_by, case.pasts[record.id], file.brought))
    return found


def look_at_particulars(folder: CaseFolder, named: Sequence[Named], tally: Tally) -> Iterator[Finding]:
    """What does not match among what is kept apart.

    Args:
        tally: is given the count of each outcome.
    """
    refs = set(folder.git.run("for-each-ref", "--format=%(refname)", PARTICULARS).decode().split())
    objects = stream_objects(folder.git, (f"{one.ref}:{one.path}" for one in named))
    still_here = _still_here(folder, named, refs)
    began_without = cache(partial(_began_without, folder, named))  # seldom asked
    for one, (kind, content) in zip(named, objects, strict=True):
        if (one.ref, one.record) in still_here:
            outcome, what = "wrong", _unfinished(one)
        elif kind == "blob":
            outcome, what = _held_against(one, content)
        else:
            outcome, what = _missing(one, one.ref not in refs or one.record in began_without(one.ref))
        tally.counts[outcome] += 1
        if outcome == "erased":
            tally.erased_by[one.erased_by] += 1
        if outcome == "wrong":
            yield Finding("particulars", "failed", what, one.brought.by.id, f"{one.ref}:{one.path}", ("private",))


def _still_here(folder: CaseFolder, named: Sequence[Named], refs: Set[str]) -> set[tuple[str, str]]:
    """What is erased on record, and yet a ref leads to it here, or its objects may lie about."""
    gone = {(one.ref, one.record) for one in named if one.erased_by}
    begun = particulars_ref(half_done(folder))
    here = {ref: records_in(folder.git, ref) for ref in refs & {ref for ref, _ in gone}}
    return {(ref, record) for ref, record in gone if ref == begun or record in here.get(ref, ())}


def _began_without(folder: CaseFolder, named: Sequence[Named], ref: str) -> Set[str]:
    """The records that were there when a ref began, and whose particulars it began without.

    So it is in a copy that got the records alone, once something is recorded there.
    """
    first = folder.git.run("rev-list", "--max-parents=0", ref).decode().split()
    there = {record for commit in first for record in records_in(folder.git, commit)}
    return frozenset().union(*(one.past for one in named if one.ref == ref and one.record in there)) - there


def _unfinished(one: Named) -> str:
    case = one.ref.removeprefix(PARTICULARS)
    return f"It is erased on record, and the erasure is not finished here. To finish it: sptool erase {case}"


def _held_against(one: Named, content: bytes) -> tuple[Kept, str]:
    if sha256(content).hexdigest() != one.sha256:
        return "wrong", "What is kept apart is not what the record names: its digest differs."
    if not _SALTED.match(content):
        return "wrong", "What is kept apart has no salt before it."
    return "there and matching", ""


def _missing(one: Named, never_came: bool) -> tuple[Kept, str]:
    if one.erased_by:
        return "erased", ""
    if never_came:
        return "not fetched here", ""
    return "wrong", "What the record names is missing from what is kept apart, and no erasure is recorded."
