"""`sptool decision`: what was known then, and below it what became known later."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.auditors import ask, everything
from tests.cli.folders import EDITION, REFS, Screen, make_folder
from tests.cli.golden import assert_golden
from tests.cli.looked_into import CONFIRMED, CORRECTED, DECISION, NEW, REFERRAL, decided_twice, looked_into, reviewed
from tests.making import added, correction, update

REF, TWICE, REVIEWED = REFS[:3]
BELOW = "WHAT BECAME KNOWN OR WAS DONE LATER"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("decision") / "cases"
    return make_folder(place, looked_into(), decided_twice(), reviewed()).root


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.parametrize(("name", "words"), [("decision", (REF, DECISION.id)), ("decision-list", (TWICE,))])
def test_the_screen_reads_as_it_should(name: str, words: tuple[str, ...], folder: Path) -> None:
    answer = ask(folder, "decision", *words)
    assert answer.code == 0
    assert_golden(name, Screen(answer.out, answer.err, answer.code))


def test_the_only_decision_needs_no_id(folder: Path) -> None:
    assert ask(folder, "decision", REF).out == ask(folder, "decision", REF, DECISION.id).out
    assert len(ask(folder, "decision", TWICE, "--json").data["decisions"]) == 3


def test_a_decision_about_a_local_review_shows_every_list_of_criteria(folder: Path) -> None:
    decisions = ask(folder, "decision", REVIEWED, "--json").data["decisions"]
    answer = ask(folder, "decision", REVIEWED, decisions[-1]["id"])
    assert all(heading in answer.out for heading in ("Local review", "Circumstances", "National review"))
    assert "No return yet from Metropolitan Police" in answer.out


def test_later_facts_never_reach_the_first_part(folder: Path, tmp_path: Path) -> None:
    more = added(
        looked_into(), update("2026-04-02", what="All is clear."), correction(REFERRAL, "2026-04-03", place="in-area")
    )
    other = make_folder(tmp_path / "c", more).root
    first, second = (ask(one, "decision", REF).out for one in (folder, other))
    assert first != second
    assert first.partition(BELOW)[0] == second.partition(BELOW)[0]
    one, two = (ask(each, "decision", REF, "--json").data for each in (folder, other))
    assert one["known_then"] == two["known_then"]
    assert one["became_known_later"] != two["became_known_later"]


def test_what_came_later_stands_below_only(folder: Path) -> None:
    above, _, below = ask(folder, "decision", REF).out.partition(BELOW)
    for later in (NEW.id, CORRECTED.id, CONFIRMED.id, "It was Child A's arm."):
        assert later not in above
        assert later in below
    assert "It was confirmed on Mon 16 Mar 2026" in " ".join(below.split())


def test_a_correction_of_the_decision_leads_to_the_decision(tmp_path: Path) -> None:
    mended = added(looked_into(), correction(DECISION, "2026-04-01", rationale="Better spelt."))
    folder = make_folder(tmp_path / "c", mended).root
    answer = ask(folder, "decision", REF, mended.records[-1].id)
    assert "Better spelt." not in answer.out.partition(BELOW)[0]
    assert "Better spelt." in answer.out.partition(BELOW)[2]


def test_a_case_without_a_decision_says_so(tmp_path: Path) -> None:
    case = looked_into()
    folder = make_folder(tmp_path / "c", type(case).of(case.ref, case.records[:2])).root
    answer = ask(folder, "decision", REF)
    assert answer.code == 0
    assert "nothing has been decided in this case yet" in answer.out


@pytest.mark.parametrize("record", ["zzzzzzzzzz", NEW.id])
def test_what_is_no_decision_is_refused(record: str, folder: Path) -> None:
    before = everything(folder)
    answer = ask(folder, "decision", REF, record)
    assert (answer.code, answer.out) == (2, "")
    assert f"sptool decision {REF}" in answer.err
    assert everything(folder) == before


def test_an_edition_that_was_changed_since_is_never_shown_as_the_wording_of_the_day(tmp_path: Path) -> None:
    case = looked_into()
    folder = make_folder(tmp_path / "c", case, edition=EDITION + b"# a quiet change\n").root
    before = everything(folder)
    answer = ask(folder, "decision", REF)
    assert answer.code == 3
    assert "changed" in answer.err
    assert everything(folder) == before
