"""A step recorded at the desk: in a conversation, by nobody, and without any terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import pytest

from sptool.desk.clock import read_clock
from sptool.desk.command import cases_meant, take
from sptool.desk.conversation import Conversation, Nobody, Option
from sptool.desk.founding import Founding, found
from sptool.desk.session import Globals, Session
from sptool.desk.wanted import Recorded
from sptool.errors import Interrupted, InvalidAnswers, StepRefused, UsageError
from sptool.records.anytime import Note
from sptool.records.referral import Referral
from sptool.store.identity import Identity
from sptool.workflow.steps import COMMANDS
from tests.desk.talking import Prepared

DAY = "2026-03-02"
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "record_a_note.py"
CALL = {
    "at risk now": "no",
    "Who called?": "anonymous",
    "What happened": "Child A was brought to hospital.",
    "become aware": "unknown",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A practice folder, with one officer."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    place = tmp_path / "cases"
    officer = Identity("Officer One", "officer.one@testshire.invalid")
    found(place, Founding("HSP", "Testshire Partnership", training=True), officer, read_clock(DAY))
    return place


def at_the_desk(folder: Path, talk: Conversation | None = None) -> Session:
    return Session(Globals(folder, DAY), talk)


def taken(session: Session, name: str, **typed: object) -> Recorded:
    command = COMMANDS[name]
    done = [take(session, command, reference, typed) for reference in cases_meant(session, command, typed)]
    assert len(done) == 1
    assert isinstance(done[0], Recorded)
    return done[0]


def test_a_referral_is_recorded_in_a_conversation(folder: Path) -> None:
    officer = Prepared(CALL)
    done = taken(at_the_desk(folder, officer), "new-referral")
    assert isinstance(done.record, Referral)
    assert (done.record.at_risk_now, done.record.caller) == ("no", "anonymous")
    assert "at risk now" in officer.asked[0]
    assert officer.asked[-1] == "Record this?"
    assert at_the_desk(folder).case(done.record.case).by_id[done.record.id] == done.record


TOLD = "Mr Quirke told us. Ms Quirke's child was brought from 1 Example Row."
FAMILY = {
    "people": [
        {"id": "child-a", "name": "Fern Quirke", "address": "1 Example Row"},
        {"id": "parent-b", "role": "parent", "name": "Marlo Quirke"},
    ]
}


def test_what_will_be_recorded_is_shown_in_words_and_not_in_codes(folder: Path) -> None:
    officer = Prepared({**CALL, "Who called?": "hillingdon-hospital", "become aware": "2026-02-27"})
    taken(at_the_desk(folder, officer), "new-referral")
    assert officer.said.count("When was the referral received? Mon 2 Mar 2026") == 1
    assert "Who called? The Hillingdon Hospital" in officer.said
    assert "When did the local authority become aware? Fri 27 Feb 2026" in officer.said
    assert not any("`" in said for said in officer.said)


def test_no_question_is_offered_that_nothing_can_answer_yet(folder: Path) -> None:
    offered: list[str] = []

    class Offered(Prepared):
        def pick(
            self, question: str, options: Sequence[Option], chosen: Collection[str] = (), *, required: bool = False
        ) -> list[str]:
            offered.extend(option.text for option in options)
            return super().pick(question, options, chosen, required=required)

    taken(at_the_desk(folder, Offered(CALL)), "new-referral")
    assert "Which children?" in offered
    assert "Which cases are linked?" not in offered
    taken(at_the_desk(folder, Offered(CALL)), "new-referral")
    assert "Which cases are linked?" in offered


def test_a_label_takes_the_place_of_a_name_with_its_title_and_says_what_it_means(folder: Path) -> None:
    meant = ["Parent B", "Parent B", "Child A's address"]

    class Settling(Prepared):
        def choose(self, question: str, options: Sequence[Option], suggested: str = "") -> str:
            if question != "What should stand there?":
                return super().choose(question, options, suggested)
            assert [option.code for option in options][-2:] == ["keep", "stop"]
            assert meant[0] in {option.code for option in options}
            return meant.pop(0)

    known = folder.parent / "answers.yaml"
    given = {"at_risk_now": "no", "caller": "anonymous", "la_aware_on": "unknown", "summary": "A call."}
    known.write_text(json.dumps({**given, "private": FAMILY}))
    case = taken(at_the_desk(folder), "new-referral", answers_from=str(known)).record.case
    done = taken(at_the_desk(folder, Settling({"What should be noted?": TOLD})), "note", reference=case)
    assert isinstance(done.record, Note)
    assert done.record.text == "Parent B told us. Parent B's child was brought from Child A's address."


def test_whoever_says_no_at_the_end_has_recorded_nothing(folder: Path) -> None:
    before = at_the_desk(folder).book.commit
    with pytest.raises(Interrupted):
        taken(at_the_desk(folder, Prepared({**CALL, "Record this?": False})), "new-referral")
    assert at_the_desk(folder).book.commit == before


def test_nobody_is_told_every_problem_by_its_field(folder: Path) -> None:
    before = at_the_desk(folder).book.commit
    with pytest.raises(InvalidAnswers) as refused:
        taken(at_the_desk(folder), "new-referral", caller="anonymous")
    assert {"at_risk_now", "summary", "la_aware_on"} <= {problem.field for problem in refused.value.problems}
    assert at_the_desk(folder).book.commit == before


def test_a_step_of_no_case_names_the_command(folder: Path) -> None:
    with pytest.raises(UsageError) as refused:
        taken(at_the_desk(folder), "decide")
    assert refused.value.fix == "sptool decide REF"


def test_a_step_that_comes_too_early_is_refused_before_anything_is_asked(folder: Path) -> None:
    case = taken(at_the_desk(folder, Prepared(CALL)), "new-referral").record.case
    officer = Prepared({"Has it already happened": False})
    with pytest.raises(StepRefused):
        taken(at_the_desk(folder, officer), "notify", reference=case)
    assert officer.asked == ["Has it already happened, and you are only recording it now?"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda talk: talk.confirm("Which day?"),
        lambda talk: talk.choose("Which day?", [Option("a", "A")]),
        lambda talk: talk.pick("Which day?", [Option("a", "A")]),
        lambda talk: talk.line("Which day?"),
        lambda talk: talk.prose("Which day?", required=False),
    ],
)
def test_nobody_refuses_each_question_by_name(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(UsageError) as refused:
        ask(Nobody())
    assert "Which day?" in refused.value.message


def test_the_example_records_a_step_and_reads_the_list_without_a_terminal(folder: Path) -> None:
    case = taken(at_the_desk(folder, Prepared(CALL)), "new-referral").record.case
    loaded = folder.parent / "loaded.json"
    program = (
        "import json, runpy, sys; from pathlib import Path\n"
        f"sys.argv = ['example', {str(folder)!r}, {case!r}, {DAY!r}]\n"
        f"runpy.run_path({str(EXAMPLE)!r}, run_name='__main__')\n"
        f"Path({str(loaded)!r}).write_text(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    assert f"Recorded {case}: note" in done.stdout
    assert f"sptool decide {case}" in done.stdout or f"sptool update {case}" in done.stdout
    modules = set(json.loads(loaded.read_text()))
    assert {name for name in modules if name.split(".")[0] in {"typer", "rich", "questionary", "click"}} == set()
    assert not any(name.startswith("sptool.cli") for name in modules)
