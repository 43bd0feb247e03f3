"""Which of the names that a case's records speak of can be looked for here, and what is said where some can't."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sptool.records.case import Case
from sptool.records.closing import Erasure
from sptool.records.particulars import PARTICULARS_FILE

CANT_LOOK = "sptool can't look for them in what you wrote."


@dataclass(frozen=True)
class Gap:
    """Names of a case that can't be looked for.

    Args:
        linked: whether it is another case, linked with the one that is written in.
        absent: whether some are not in this copy of the folder.
        spoilt: whether some can't be read, or are not as they were recorded.
        erased: whether some were lawfully erased.
        others: whether others of the case can be looked for.
    """

    case: str
    linked: bool
    absent: bool
    spoilt: bool
    erased: bool
    others: bool


def gap_of(case: Case, kept: Collection[str], good: Collection[str], linked: bool = False) -> Gap | None:
    """What is missing of the names that a case's records say are kept apart; None where nothing is.

    Args:
        kept: the ids of the records whose particulars are in this copy.
        good: of these, the ones that can be read and are as they were recorded.
        linked: whether the case is only linked with the one that is written in.
    """
    named = {record.id for record in case.records if any(part.file == PARTICULARS_FILE for part in record.private)}
    gone = named - set(kept)
    erased = {record for record in gone if erasure_of(case, record)}
    spoilt = (named & set(kept)) - set(good)
    if not gone and not spoilt:
        return None
    return Gap(case.ref, linked, bool(gone - erased), bool(spoilt), bool(erased), bool(named & set(good)))


def erasure_of(case: Case, record: str) -> Erasure | None:
    """The newest lawful erasure that came after a record and took what was kept apart for it."""
    found = [one for one in case.all(Erasure) if record in case.pasts[one.id]]
    return found[-1] if found else None


def in_words(gaps: Iterable[Gap]) -> str:
    """Why not every name can be looked for; empty where every one can."""
    said = [sentence for gap in gaps for sentence in _sentences(gap)]
    return " ".join([*said, CANT_LOOK]) if said else ""


def _sentences(gap: Gap) -> Iterable[str]:
    whose = f"of {gap.case}, a linked case," if gap.linked else "of this case"
    all_alike = gap.absent + gap.spoilt + gap.erased == 1 and not gap.others
    names = f"{'The' if all_alike else 'Some'} names {whose}"
    if gap.absent:
        yield f"{names} are not on this computer."
    if gap.spoilt:
        yield f"{names} can't be read here, or were changed after they were recorded."
    if gap.erased:
        yield f"{names} were erased, as its records say."
