"""Dates wherever one is typed: a flag, a file, an option, a prompt. What is no date is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from sptool.text.yaml import read_plain
from tests.cli.cases import NOT_NOTIFY, REFERRAL, referred
from tests.cli.running import Desk, desk, pattern

__all__ = ["desk", "pattern"]

TODAY = "2026-11-25"
READ = {
    "2026-11-20": "2026-11-20",
    "20/11/2026": "2026-11-20",
    "20.11.2026": "2026-11-20",
    "20-11-26": "2026-11-20",
    "1st December 2025": "2025-12-01",
    "Friday 20 November 2026": "2026-11-20",
}
REFUSED = {
    "before 3 June 2026": "words before or after it",
    "not 3 June 2026": "words before or after it",
    "3 June 2026 or later": "words before or after it",
    "1 marble 2026": "no month begins so",
    "Monday 20 November 2026": "this date is a Friday",
    "31/6/2023": "there is no such date: that month has 30 days",
    "20 Nov": "write the year too",
}
RELATIVE = {"today": TODAY, "yesterday": "2026-11-24"}


def newest(desk: Desk) -> dict[str, Any]:
    record = read_plain(desk.newest().encode(), "record")
    assert isinstance(record, dict)
    return record


@pytest.fixture
def case(desk: Desk) -> str:
    """A case with a referral."""
    return referred(desk)


def refused(desk: Desk, *words: str) -> str:
    before = desk.state()
    ran = desk.call(*words, today=TODAY, code=2)
    assert desk.state() == before
    return ran.err


@pytest.mark.parametrize(("text", "day"), (READ | RELATIVE).items())
def test_a_flag_reads_a_date(desk: Desk, case: str, text: str, day: str) -> None:
    desk.call("note", case, "--on", text, "--from", desk.file("text: Spoke with the school.\n"), today=TODAY, code=0)
    assert newest(desk)["happened_on"] == day


@pytest.mark.parametrize(("text", "day"), READ.items())
def test_a_file_reads_a_date(desk: Desk, case: str, text: str, day: str) -> None:
    people = [{"id": "child-a", "name": "Robin Examplechild", "date_of_birth": text}]
    given = {**REFERRAL, "happened_on": TODAY, "la_aware_on": TODAY, "incident_on": text,
             "children": [{"id": "child-a", "died_on": text}]}  # fmt: skip
    desk.record("new-referral", answers=given, private={"people": people}, today=TODAY)
    record = newest(desk)
    assert (record["incident_on"], record["children"][0]["died_on"]) == (day, day)
    assert f"date_of_birth: {day}" in desk.git("log", "-p", "-1", f"refs/particulars/{record['case']}")
    assert case != record["case"]


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_neither_takes_what_is_no_date(desk: Desk, case: str, text: str, why: str) -> None:
    words = ("note", case, "--from", str(desk.file("text: Spoke with the school.\n")), "--on", text)
    assert f"happened_on: {why}" in refused(desk, *words).replace("write the date alone: ", "").replace(
        "the day of the week is wrong: ", ""
    )
    file = str(desk.file({"text": "Spoke with the school.", "happened_on": text}))
    said = refused(desk, "note", case, "--from", file)
    assert "line 2, happened_on: " in said
    assert why in said


@pytest.mark.parametrize("text", RELATIVE)
def test_no_file_says_today(desk: Desk, case: str, text: str) -> None:
    file = str(desk.file({"text": "Spoke with the school.", "happened_on": text}))
    assert "line 2, happened_on: write the date itself" in refused(desk, "note", case, "--from", file)


@pytest.mark.parametrize("role", ["Today", "Yesterday", "3 June 2026", "20/11/2026"])
def test_a_role_is_stored_as_it_was_typed(desk: Desk, case: str, role: str) -> None:
    given = {name: value for name, value in NOT_NOTIFY.items() if name != "decided_by"}
    desk.record("decide", case, "--decided-by", role, answers=given, today="2026-03-03")
    assert newest(desk)["decided_by"] == role
    assert f"Decided-By: {role}" in desk.git("log", "-1", "--format=%B")


def test_a_date_of_the_partnerships_own_questions_is_read_in_a_file(desk: Desk) -> None:
    own = "questions:\n  note:\n  - {id: seen-on, ask: When was the child seen?, type: date}\n"
    edition = (desk.folder / "framework" / "2022-01.yaml").read_text("utf-8").replace("questions: {}\n", own)
    changed = edition.replace("edition: 2022-01", "edition: 2026-11").replace('"2022-01"', '"2026-11"')
    desk.call("framework", "adopt", desk.file(changed, "2026-11.yaml"), today=TODAY, code=0)
    case = desk.record("new-referral", answers={**REFERRAL, "happened_on": TODAY}, today=TODAY).case
    note = {"happened_on": TODAY, "text": "Spoke with the school."}
    desk.record("note", case, answers=note, local={"seen-on": "Friday 20 November 2026"}, today=TODAY)
    assert newest(desk)["local"] == {"seen-on": "2026-11-20"}
    file = str(desk.file({**note, "local": {"seen-on": "Monday 20 November 2026"}}))
    assert "local.seen-on: the day of the week is wrong: this date is a Friday" in refused(
        desk, "note", case, "--from", file
    )


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_an_option_or_argument_takes_only_a_date(desk: Desk, case: str, text: str, why: str) -> None:
    for words, what in (
        (("show", case, "--as-of", text), "--as-of"),
        (("working-days", text, "5"), "DATE"),
        (("history", case, "--since", text), "--since"),
        (("--today", text, "list"), "--today"),
        (("render", case, "need-to-know", "--record", "--sent-to", "A role", "--on", text), "--on"),
    ):
        said = refused(desk, *words)
        assert f"{what} is not a date: " in said
        assert why in said


@pytest.mark.parametrize(("text", "day"), READ.items())
def test_an_option_or_argument_reads_a_date(desk: Desk, case: str, text: str, day: str) -> None:
    whole = desk.call("working-days", text, "1", "--json", today=TODAY, code=0).data
    assert whole["from"] == day
    desk.call("--today", text.replace("-26", "-2026"), "show", case, code=0)  # no day is known to tell the century by
