"""`sptool show`: a case as it stands or stood, one record, and the particulars."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sptool.records.closing import Erasure
from sptool.records.particulars import Particulars, Person
from sptool.store.folder import CaseFolder
from sptool.store.refs import particulars_ref
from sptool.store.settling import destroy_erased
from tests.cli.fictional import CORRECTED, DECISION, REFERRAL, hardly_begun, in_full_course
from tests.cli.folders import REF, add_particulars, day, make_folder, run
from tests.cli.golden import assert_golden
from tests.making import (
    added,
    case_of,
    closed,
    confirmed,
    decision,
    legal_hold,
    make,
    new_referral,
    notified,
    reconsideration,
    update,
    withdrawal,
)

PERSON = Person(
    id="child-a",
    role="child",
    name="Pretend Person",
    aliases=("Pip Example",),
    date_of_birth=day("2025-08-01"),
    address="1 Nowhere Lane\nTestshire",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    return make_folder(tmp_path_factory.mktemp("show") / "c", in_full_course(), hardly_begun())


def with_names(root: Path) -> CaseFolder:
    case = case_of(new_referral())
    folder = make_folder(root, case)
    add_particulars(folder, case, update("2026-03-09"), Particulars(people=(PERSON,), text="Known to us as Pip."))
    return folder


def titles(data: dict[str, list[dict[str, str]]]) -> list[str]:
    return [one["title"] for one in data["records"]]


def test_a_reference_is_found_in_small_letters_or_by_its_beginning(folder: CaseFolder) -> None:
    for typed in (REF.lower(), REF[:10], "k7q"):
        assert run(folder, "show", typed).out.startswith(REF)


def test_an_unknown_reference_is_refused_with_the_nearest(folder: CaseFolder) -> None:
    screen = run(folder, "show", f"{REF[:-1]}X")
    assert (screen.code, screen.out) == (2, "")
    assert f"Did you mean {REF}" in screen.err


def test_as_of_a_day_only_what_had_been_recorded_by_its_end_is_known(folder: CaseFolder) -> None:
    # The decision of Wednesday 4 March was recorded on Monday 9 March.
    before = run(folder, "show", REF, "--as-of", "2026-03-08", "--json").data
    after = run(folder, "show", REF, "--as-of", "9 March 2026", "--json").data
    assert titles(before) == ["referral", "clarification asked"]
    assert before["decisions"] == []
    assert after["decisions"][0]["record"]["id"] == DECISION.id
    assert (before["as_of"], after["as_of"]) == ("2026-03-08", "2026-03-09")


def test_the_end_of_a_day_is_midnight_in_london(tmp_path: Path) -> None:
    # 23:30 UTC on 31 March 2026 is already 1 April in London, where summer time has begun.
    late = update("2026-03-31", recorded_at=datetime(2026, 3, 31, 23, 30, tzinfo=UTC))
    folder = make_folder(tmp_path / "c", case_of(new_referral(), late))
    days = ("2026-03-31", "2026-04-01")
    seen = {on: titles(run(folder, "show", REF, "--as-of", on, "--json", today="2026-04-02").data) for on in days}
    assert seen == {"2026-03-31": ["referral"], "2026-04-01": ["referral", "new information"]}


def test_as_of_a_day_a_deadline_is_as_it_was_then(folder: CaseFolder) -> None:
    states = {}
    for on in ("2026-03-09", "2026-03-16"):
        found = run(folder, "show", REF, "--as-of", on, "--json", today="2026-03-16").data["deadlines"]
        states[on] = next((one["state"], one["due"]) for one in found if one["deadline"] == "notify")
    assert states == {"2026-03-09": ("open", "2026-03-09"), "2026-03-16": ("met-late", "2026-03-06")}


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2026-03-01", "Its first record is of 2026-03-02."),
        ("2026-03-11", "lies in the future"),
        ("31 February 2026", "is not a date"),
    ],
)
def test_a_day_on_which_nothing_can_be_seen_is_refused(folder: CaseFolder, as_of: str, said: str) -> None:
    screen = run(folder, "show", REF, "--as-of", as_of, today="2026-03-10")
    assert (screen.code, screen.out) == (2, "")
    assert said in screen.err


def test_both_clocks_stay_visible(folder: CaseFolder) -> None:
    text = run(folder, "show", REF, today="2026-03-16").out
    assert "Authority aware Fri 27 Feb 2026" in text
    assert "it counted from Mon 2 Mar 2026" in text


def test_a_decision_shows_dissent_what_was_not_known_and_what_is_new(folder: CaseFolder) -> None:
    text = run(folder, "show", REF, today="2026-03-16").out
    for said in ("The police would have waited", "Whether the school had been told", "position: disagrees"):
        assert said in text
    assert "New since the decision: new information" in text
    assert "NEEDS ANOTHER LOOK" in text


def test_a_confirmed_decision_no_longer_needs_another_look(tmp_path: Path) -> None:
    case = added(in_full_course(), confirmed(DECISION, "2026-03-16"))
    screen = run(make_folder(tmp_path / "c", case), "show", REF, today="2026-03-17")
    assert "NEEDS ANOTHER LOOK" not in screen.out
    assert "Confirmed on Mon 16 Mar 2026 by Assistant Director: It changes nothing." in screen.out


def test_a_reconsidered_decision_stays_readable(tmp_path: Path) -> None:
    first = decision("2026-03-04", outcome="another-area-notifies")
    case = case_of(new_referral(), first, reconsideration(first, "2026-03-06", outcome="notify"))
    folder = make_folder(tmp_path / "c", case)
    text = run(folder, "show", REF).out
    assert "No longer stands: reconsidered on Fri 6 Mar 2026" in text
    assert f"sptool show {REF} --record {first.id}" in text
    assert "another area notifies" in run(folder, "show", REF, "--record", first.id).out.casefold()


def test_marks_stand_wherever_the_case_is_shown(tmp_path: Path) -> None:
    why = {"authorised_by": "Director", "reason": "It was thought to be an accident."}
    refused = decision(outcome="do-not-notify", duty_not_followed=why, then="nothing-further")
    late = notified("2026-03-05", out_of_order="The folder was set up in April.")
    case = case_of(new_referral(), refused, late, legal_hold("2026-03-06"), closed("2026-03-07"))
    text = run(make_folder(tmp_path / "c", case), "show", REF).out
    assert "DUTY NOT FOLLOWED" in text
    assert "recorded out of order" in text
    assert "nothing of this case may be erased" in text
    assert "The learning is complete" in text


def test_a_correction_and_its_original_stand_side_by_side_from_either_end(folder: CaseFolder) -> None:
    for record in (REFERRAL.id, CORRECTED.id):
        text = run(folder, "show", REF, "--record", record, today="2026-03-16").out
        assert f"{REFERRAL.id} was replaced by {CORRECTED.id}" in text
        assert "was  Mon 2 Mar 2026\n  now  Fri 27 Feb 2026" in text
        assert "Written down wrongly at first." in text


def test_a_withdrawn_record_stays_readable_beside_its_withdrawal(tmp_path: Path) -> None:
    wrong = update("2026-03-05", what="This is about another family.")
    case = case_of(new_referral(), wrong, withdrawal(wrong, "2026-03-06"))
    text = run(make_folder(tmp_path / "c", case), "show", REF, "--record", wrong.id).out
    assert "This is about another family." in text
    assert "It does not belong to this case." in text


def test_an_unknown_record_is_refused(folder: CaseFolder) -> None:
    screen = run(folder, "show", REF, "--record", "zzzzzzzzzz")
    assert (screen.code, screen.out) == (2, "")
    assert f"sptool show {REF}" in screen.err


def test_names_are_shown_only_when_asked_for(tmp_path: Path) -> None:
    folder = with_names(tmp_path / "c")
    plain = run(folder, "show", REF)
    named = run(folder, "show", REF, "--identify")
    assert "Pretend Person" not in plain.out + plain.err
    assert "Child A" in named.err
    assert "Pretend Person" not in named.err
    assert_golden("show-identify", named)


def test_programs_get_names_only_when_asked_for(tmp_path: Path) -> None:
    folder = with_names(tmp_path / "c")
    assert "particulars" not in run(folder, "show", REF, "--json").data
    held = run(folder, "show", REF, "--identify", "--json").data["particulars"]
    assert held[0]["particulars"]["people"][0]["name"] == "Pretend Person"


def test_after_an_erasure_it_says_by_which_record(tmp_path: Path) -> None:
    case = case_of(new_referral())
    folder = make_folder(tmp_path / "c", case)
    held = add_particulars(folder, case, update("2026-03-05"), Particulars(people=(PERSON,)))
    erased = make(
        Erasure, "2026-03-06", authority="Data protection officer", basis="right-to-erasure", reason="It was asked for."
    )
    add_particulars(folder, case.with_record(held), erased, Particulars())
    assert destroy_erased(folder, REF)
    for as_of in ((), ("--as-of", "2026-03-05")):
        screen = run(folder, "show", REF, "--identify", *as_of)
        assert f"particulars.yaml: erased on Fri 6 Mar 2026 by record {erased.id}." in screen.out
        assert "Pretend Person" not in screen.out


def test_a_clone_without_particulars_says_so(tmp_path: Path) -> None:
    folder = with_names(tmp_path / "c")
    folder.git.run("update-ref", "-d", particulars_ref(REF))
    screen = run(folder, "show", REF, "--identify")
    assert "not in this copy of the folder" in " ".join(screen.out.split())
    assert "No particulars are held here" in screen.err


def test_particulars_that_were_changed_are_said_to_be(tmp_path: Path) -> None:
    case = case_of(new_referral())
    folder = make_folder(tmp_path / "c", case)
    add_particulars(folder, case, update("2026-03-05"), Particulars(people=(PERSON,)), digest="0" * 64)
    assert "IT WAS CHANGED after it was recorded" in run(folder, "show", REF, "--identify").out
