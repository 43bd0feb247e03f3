"""What an erasure took follows from who knew what, and nothing that comes later changes it."""

from __future__ import annotations

from sptool.records.case import erased
from sptool.records.closing import Erasure
from tests.making import added, case_of, make, new_referral, update, with_past, withdrawal

WORDS = {"authority": "Data protection officer", "basis": "court-order", "reason": "So."}


def erasure(on: str, **more: object) -> Erasure:
    return make(Erasure, on, **WORDS, **more)


def test_an_erasure_takes_what_its_writer_had_and_itself() -> None:
    referral, taken = new_referral(), erasure("2026-03-06")
    apart = with_past(update("2026-03-05", name="apart"), referral)
    case = added(case_of(referral, update("2026-03-05"), taken, apart), update("2026-03-09"))
    gone = erased(case)
    assert len(gone) == 3
    assert {one.id for one in gone.values()} == {taken.id}
    assert apart.id not in gone


def test_of_two_erasures_each_took_what_the_other_had_not() -> None:
    first, second = erasure("2026-03-06"), erasure("2026-03-10")
    case = case_of(new_referral(), first, update("2026-03-09"), second)
    assert [one.id for one in erased(case).values()].count(first.id) == 2
    assert [one.id for one in erased(case).values()].count(second.id) == 2


def test_nothing_takes_the_place_of_an_erasure() -> None:
    taken, later = erasure("2026-03-06"), update("2026-03-09")
    said_anew = erasure("2026-03-10", replaces={"record": taken.id, "as": "correction", "reason": "Badly said."})
    case = case_of(new_referral(), taken, later, said_anew, withdrawal(taken, "2026-03-11"))
    assert later.id not in erased(case)
    assert taken.id in erased(case)
