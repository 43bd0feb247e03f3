"""`sptool history`: the screen, the table and the answer for other programs."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sptool.desk.proof.history_table import COLUMNS, harmless
from tests.cli.auditors import Answer, ask, everything
from tests.cli.folders import REFS, Screen, make_folder
from tests.cli.golden import assert_golden
from tests.cli.looked_into import CORRECTED, NEW, SENT, decided_twice, in_conflict, looked_into
from tests.conftest import DemoRun
from tests.making import added, correction

REF, TWICE, CONFLICT = REFS[:3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("history") / "cases"
    return make_folder(place, looked_into(), decided_twice(), in_conflict()).root


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.out)))


@pytest.mark.parametrize(("name", "ref"), [("history", REF), ("history-conflict", TWICE)])
def test_the_screen_reads_as_it_should(name: str, ref: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    answer = ask(folder, "history", ref)
    assert answer.code == 0
    steady = re.sub(r"commit [0-9a-f]{12}", "commit 0123456789ab", answer.out)
    assert_golden(name, Screen(steady, answer.err, answer.code))


def test_every_step_has_the_commit_that_added_it(demo: DemoRun) -> None:
    ref = demo.reference("08-panel-disagrees")
    data = ask(demo.folder, "history", ref, "--json", today=demo.today).data
    assert len(data["steps"]) > 10
    for step in data["steps"]:
        added = demo.git("show", "--format=", "--name-only", step["commit"]).strip()
        assert added.endswith(f"-{step['record']}.yaml")


def test_only_what_was_recorded_since_a_day_is_shown(folder: Path) -> None:
    since = ask(folder, "history", REF, "--since", "2026-03-13", "--json").data
    assert [step["step"] for step in since["steps"]] == [7, 8, 9, 10]
    assert since["since"] == "2026-03-13"
    assert "Nothing was recorded since then." in ask(folder, "history", REF, "--since", "2026-04-20").out


def test_late_and_in_time_are_numbers_for_programs(folder: Path) -> None:
    steps = {step["record"]: step for step in ask(folder, "history", REF, "--json").data["steps"]}
    notify = next(one for one in steps[SENT.id]["deadlines"] if one["deadline"] == "notify")
    assert (notify["late"], notify["working_days_late"], notify["last_day"]) == (True, 1, "2026-03-09")
    assert "16C" in notify["source"]
    assert {one["field"] for one in steps[CORRECTED.id]["changed"]} == {"incident_on", "summary"}


def test_conflicts_and_how_they_were_settled_are_there_for_programs(folder: Path) -> None:
    (conflict,) = ask(folder, "history", TWICE, "--json").data["conflicts"]
    assert conflict["stands"] in conflict["records"]
    assert conflict["settled_by"]
    (unsettled,) = ask(folder, "history", CONFLICT, "--json").data["conflicts"]
    assert unsettled["settled_by"] is None


def test_the_table_has_a_heading_and_a_row_for_each_step(folder: Path) -> None:
    table = rows(ask(folder, "history", REF, "--csv"))
    assert tuple(table[0]) == COLUMNS
    assert [row["step"] for row in table] == [str(number) for number in range(1, 11)]
    sent = next(row for row in table if row["record"] == SENT.id)
    assert (sent["in_time"], sent["working_days_late"], sent["last_days"]) == ("no", "1", "2026-03-09")
    corrected = next(row for row in table if row["record"] == CORRECTED.id)
    assert "was: Child A came to harm. now: It was Child A's arm." in corrected["before_and_after"]


def test_no_cell_of_the_table_can_be_taken_for_a_formula(tmp_path: Path) -> None:
    case = looked_into()
    for harmful in ("=1+1", "+1", "-1", "@SUM(A1)"):
        changed = case.records[2].model_copy(update={"decided_by": harmful, "dissent": harmful})
        folder = make_folder(
            tmp_path / str(ord(harmful[0])), type(case).of(case.ref, [*case.records[:2], changed])
        ).root
        table = rows(ask(folder, "history", REF, "--csv"))
        assert table[2]["decided_by"] == table[2]["dissent"] == f"'{harmful}"
        assert not any(cell[:1] in tuple("=+-@\t\r\n") for row in table for cell in row.values() if cell)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_each_beginning_of_a_formula_is_made_harmless(begins: str) -> None:
    assert harmless(f"{begins}cmd") == f"'{begins}cmd"
    assert harmless(f"a{begins}") == f"a{begins}"


def test_the_table_is_utf_8_whatever_the_terminal(demo: DemoRun) -> None:
    ref = demo.reference("08-panel-disagrees")
    command = [sys.executable, "-m", "sptool", "--cases", str(demo.folder), "history", ref, "--csv"]
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "SPTOOL_TODAY": demo.today}
    done = subprocess.run(command, env=env, capture_output=True, check=True)
    assert done.stdout.decode().startswith("case,step,recorded_at,")


def test_new_information_is_told_as_what_nobody_could_know(folder: Path) -> None:
    steps = {step["record"]: step for step in ask(folder, "history", REF, "--json").data["steps"]}
    assert len(steps[NEW.id]["new_since"]) == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("history", "HSP-2026-NONE"), 2, "no case"),
        (("history", REF, "--since", "2027-01-01"), 2, "future"),
        (("history", REF, "--since", "soon"), 2, "not a date"),
        (("history", REF, "--csv", "--json"), 2, "--csv and --json"),
    ],
)
def test_what_can_not_be_understood_is_refused(words: tuple[str, ...], code: int, says: str, folder: Path) -> None:
    before = everything(folder)
    answer = ask(folder, *words)
    assert (answer.code, answer.out) == (code, "")
    assert says in answer.err
    assert everything(folder) == before


def test_looking_back_writes_nothing(folder: Path) -> None:
    before = everything(folder)
    for words in (("history", REF), ("history", REF, "--csv"), ("history", REF, "--json"), ("decision", REF)):
        assert ask(folder, *words).code == 0
    assert everything(folder) == before


def test_a_record_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    path = "2026/" + REF + "/2026-03-20-090000Z-omen-a123456789.yaml"
    strange = f"record: omen/1\nid: a123456789\ncase: {REF}\nafter:\n- {looked_into().heads[0]}\n".encode()
    folder = make_folder(tmp_path / "c", looked_into(), files={path: strange}).root
    assert "Record a123456789 can't be read" in ask(folder, "history", REF).out
    assert ask(folder, "history", REF, "--json").data["unreadable"][0]["id"] == "a123456789"


@pytest.mark.parametrize("ref", [REF, TWICE, CONFLICT])
def test_the_document_says_what_the_screen_says(ref: str, folder: Path) -> None:
    document = " ".join(ask(folder, "render", ref, "case-history", "--out", "-").out.replace("\\", "").split())
    for step in ask(folder, "history", ref, "--json").data["steps"]:
        assert f"**Record:** {step['record']}" in document
        assert ("NEEDED ANOTHER LOOK" in document) >= bool(step["needs_another_look"])
        assert ("CONFLICTED with" in document) >= bool(step["conflicts_with"])
    assert ("| When did the incident happen? | Unknown | Thursday 26 February 2026 |" in document) == (ref == REF)


def test_a_document_tells_an_answer_that_was_taken_out(tmp_path: Path) -> None:
    case = looked_into()
    bare = correction(case.records[2], "2026-04-01", dissent=None, not_known=None)
    folder = make_folder(tmp_path / "c", added(case, bare)).root
    assert (
        "| The police would have waited. | Not answered |"
        in ask(folder, "render", REF, "case-history", "--out", "-").out
    )
