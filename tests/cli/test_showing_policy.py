"""`sptool working-days` and `sptool framework`: counting, and the policy explained and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from sptool.store.folder import CaseFolder
from tests.cli.fictional import in_full_course
from tests.cli.folders import EDITION, make_folder, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    return make_folder(tmp_path_factory.mktemp("policy") / "c", in_full_course())


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("typed", ["2026-12-23", "23/12/2026", "23 December 2026", "Wed 23 Dec 2026"])
def test_working_days_are_counted_across_christmas(folder: CaseFolder, typed: str) -> None:
    # 24, 29, 30, 31 December and 4 January; the 28th is Boxing Day's substitute.
    found = run(folder, "working-days", typed, "5", "--json").data
    assert (found["date"], found["weekday"], found["provisional"]) == ("2027-01-04", "Monday", False)


def test_the_holidays_skipped_are_named(folder: CaseFolder) -> None:
    text = run(folder, "working-days", "2026-12-23", "5").out
    for name in ("Christmas Day", "Boxing Day (substitute day)", "New Year's Day"):
        assert name in text


def test_beyond_the_published_years_a_count_is_provisional(folder: CaseFolder) -> None:
    assert "Provisional" in run(folder, "working-days", "2040-04-01", "3").out
    assert "Provisional" not in run(folder, "working-days", "2026-04-01", "3").out


def test_it_counts_from_today(folder: CaseFolder) -> None:
    assert run(folder, "working-days", "today", "0", "--json", today="2026-03-10").data["date"] == "2026-03-10"


def test_without_a_case_folder_england_is_counted(nowhere: Path) -> None:
    assert run(None, "working-days", "2026-12-23", "5", "--json").data["date"] == "2027-01-04"


def test_with_a_case_folder_its_own_holidays_count(tmp_path: Path) -> None:
    extra = b"extra_holidays:\n    - on: 2026-03-11\n      name: Testshire Day\n"
    edition = EDITION.replace(b"extra_holidays: []\n", extra)
    folder = make_folder(tmp_path / "c", edition=edition)
    screen = run(folder, "working-days", "2026-03-10", "1")
    assert "Thu 12 Mar 2026" in screen.out
    assert "Testshire Day" in screen.out


@pytest.mark.parametrize("number", ["-5", "401", "two", "1.5", "٣"])
def test_what_can_not_be_counted_is_refused_kindly(folder: CaseFolder, number: str) -> None:
    screen = run(folder, "working-days", "2026-03-10", number)
    assert (screen.code, screen.out) == (2, "")
    assert "from 0 to 400" in screen.err


def test_a_date_that_does_not_exist_is_refused(folder: CaseFolder) -> None:
    screen = run(folder, "working-days", "2026-02-30", "5")
    assert (screen.code, screen.out) == (2, "")
    assert "2026-02-30" not in screen.err


def test_the_current_edition_is_named_with_its_cases(folder: CaseFolder) -> None:
    found = run(folder, "framework", "list", "--json").data
    assert [(one["edition"], one["current"], one["cases"]) for one in found] == [("2022-01", True, 1)]


def test_an_id_that_stands_in_several_lists_is_explained_in_each(folder: CaseFolder) -> None:
    found = run(folder, "framework", "explain", "police", "--json").data
    assert [one["list"] for one in found] == ["agencies", "safeguarding-partners"]
    assert found[0]["sources"][0]["cite"].endswith("Learning from Practice Framework, January 2022")


@pytest.mark.parametrize("item", ["notify", "abuse-or-neglect", "icb", "neglect", "retention", "serious-harm", "forum"])
def test_everything_in_the_policy_can_be_explained_with_its_source(folder: CaseFolder, item: str) -> None:
    text = run(folder, "framework", "explain", item).out
    assert "Source" in text
    assert "Verified" in text


def test_the_policy_can_be_read_without_a_case_folder(nowhere: Path) -> None:
    assert "Notify the Panel" in run(None, "framework", "explain").out


def test_what_the_policy_does_not_have_is_refused_with_the_nearest(folder: CaseFolder) -> None:
    screen = run(folder, "framework", "explain", "agencys")
    assert (screen.code, screen.out) == (2, "")
    assert "Did you mean `agencies`?" in screen.err
    assert run(folder, "framework", "explain", "--edition", "2031-01").code == 2


def test_a_good_edition_passes_the_check(tmp_path: Path) -> None:
    file = tmp_path / "2026-04.yaml"
    file.write_bytes(EDITION)
    screen = run(None, "framework", "check", str(file))
    assert screen.code == 0
    assert screen.out.startswith("This is a good edition: 2022-01")


def test_everything_wrong_with_an_edition_is_listed_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "2026-04.yaml"
    text = (
        EDITION.decode().replace("days: 5\n", "days: five\n", 1).replace("met_by: partners-told", "met_by: nobody", 1)
    )
    file.write_text(text, encoding="utf-8")
    lines = [text.splitlines().index(wrong) + 1 for wrong in ("    days: five", "    met_by: nobody")]
    screen = run(None, "framework", "check", str(file))
    assert (screen.code, screen.out) == (3, "")
    for line in lines:
        assert f"2026-04.yaml, line {line}, deadlines." in screen.err
    listed = run(None, "framework", "check", str(file), "--json")
    assert listed.code == 3
    assert [one["line"] for one in listed.data] == lines


def test_a_file_that_is_not_there_is_a_mistake_in_typing(tmp_path: Path) -> None:
    assert run(None, "framework", "check", str(tmp_path / "none.yaml")).code == 2
