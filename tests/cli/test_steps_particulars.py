"""What identifies somebody: kept apart, stopped in prose, lawfully erased."""

from __future__ import annotations

import re

import pytest

from sptool.text.yaml import read_plain
from tests.cli.cases import NOT_NOTIFY, NOTIFY, REFERRAL, referred
from tests.cli.running import Desk, desk, pattern

__all__ = ["desk", "pattern"]

NAME = "Robin Examplechild"
PEOPLE = [{"id": "child-a", "role": "child", "name": NAME, "date_of_birth": "2019-05-06", "address": "12 Sample Mews"}]


# --- names and particulars -----------------------------------------------------------------------------------


def _everything_on_main(desk: Desk) -> str:
    log = desk.git("log", "-p", "--format=fuller", "main")
    return log + desk.git("ls-tree", "-r", "--name-only", "main") + desk.git("for-each-ref")


def test_particulars_are_kept_apart_salted_and_hashed(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    assert "Examplechild" not in _everything_on_main(desk)
    assert "2019-05-06" not in _everything_on_main(desk)
    kept = desk.git("show", f"refs/particulars/{case}:{desk.newest_id()}/particulars.yaml")
    salt, _, text = kept.partition("\n")
    assert re.fullmatch(r"[0-9a-f]{64}", salt)
    assert NAME in text
    assert NAME in desk.call("show", case, "--identify", code=0).out
    assert NAME not in desk.call("show", case, code=0).said
    assert "Examplechild" not in desk.git("log", "--format=%B", f"refs/particulars/{case}")
    desk.assert_sound()


@pytest.mark.parametrize(
    ("text", "place", "label"),
    [
        ("We met Robin at home.", "text:1:3", "Child A"),
        ("First line.\nThen EXAMPLECHILD came.", "text:2:2", "Child A"),
        ("Born on 6 May 2019.", "text:1:3", "Child A's date of birth"),
        ("Lives at 12 Sample Mews now.", "text:1:3", "Child A's address"),
    ],
)
def test_prose_that_names_somebody_is_stopped(desk: Desk, text: str, place: str, label: str) -> None:
    case = referred(desk, private={"people": PEOPLE})
    before = desk.state()
    ran = desk.record("note", case, happened_on="2026-03-02", text=text, code=2)
    assert f"write {label} instead" in ran.err
    assert f"--not-a-name {place}" in ran.err
    for part in ("Robin", "examplechild", "Mews", "2019"):
        assert part.casefold() not in ran.said.casefold()
    assert desk.state() == before
    desk.record("note", case, "--not-a-name", place, happened_on="2026-03-02", text=text)


def test_a_confirmed_place_confirms_no_other(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    before = desk.state()
    text = "Robin and again Robin."
    ran = desk.record("note", case, "--not-a-name", "text:1:1", happened_on="2026-03-02", text=text, code=2)
    assert "text:1:1" not in ran.err
    assert "--not-a-name text:1:4" in ran.err
    assert desk.state() == before


def test_a_name_given_with_the_step_is_looked_for_in_it(desk: Desk) -> None:
    before = desk.state()
    ran = desk.record(
        "new-referral", answers={**REFERRAL, "summary": "Robin came to harm."}, private={"people": PEOPLE}, code=2
    )
    assert "summary: line 1, word 1 identifies somebody" in ran.err
    assert "Robin" not in ran.said
    assert desk.state() == before


def test_a_rationale_and_a_role_are_looked_through_too(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    before = desk.state()
    answers = {**NOTIFY, "rationale": f"{NAME} was harmed.", "decided_by": "Robin's aunt"}
    ran = desk.record("decide", case, answers=answers, today="2026-03-03", code=2)
    assert "rationale: line 1, word 1" in ran.err
    assert "decided_by: line 1, word 1" in ran.err
    assert desk.state() == before


def test_an_attachment_loses_its_name(desk: Desk) -> None:
    case = referred(desk)
    file = desk.file(b"%PDF Robin", "Robin Examplechild.PDF")
    desk.call("attach", case, "--file", file, "--what", "minutes", "--on", "today", code=0)
    assert "Examplechild" not in _everything_on_main(desk)
    listed = desk.git("ls-tree", "-r", "--name-only", f"refs/particulars/{case}")
    assert listed.strip() == f"{desk.newest_id()}/attachment-1.pdf"
    kept = desk.git("show", f"refs/particulars/{case}:{listed.strip()}")
    assert kept.partition("\n")[2] == "%PDF Robin"


def test_a_document_that_was_sent_keeps_its_very_bytes(desk: Desk) -> None:
    case = referred(desk)
    desk.record("decide", case, answers=NOT_NOTIFY, today="2026-03-03")
    to = ("--record", "--sent-to", "Designated safeguarding lead")
    desk.call("render", case, "decision-letter", *to, today="2026-03-03", code=0)
    (letter,) = desk.folder.parent.glob("*.md")
    record = read_plain(desk.newest().encode(), "record")
    assert isinstance(record, dict)
    kept = desk.git("show", f"refs/particulars/{case}:{record['id']}/document-1.md")
    assert kept.partition("\n")[2] == letter.read_text("utf-8")
    desk.assert_sound()
    before = desk.state()
    again = desk.call("render", case, "decision-letter", *to, today="2026-03-03", code=2)
    assert "already a file with that name" in again.err
    desk.call("render", case, "decision-letter", "--record", code=2)
    desk.call("render", case, "decision-letter", "--out", "here.md", code=2)
    assert desk.state() == before


# --- erasure and retention -----------------------------------------------------------------------------------

ERASURE = {"happened_on": "2026-03-02", "authority": "Data Protection Officer", "basis": "court-order", "reason": "So."}


def test_erasing_leaves_the_records_and_every_other_command(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    blob = desk.git("rev-parse", f"refs/particulars/{case}:{desk.newest_id()}/particulars.yaml").strip()
    desk.call("note", case, "--from", "-", stdin=f"text: {NAME}\n", code=2)
    assert len(desk.drafts()) == 1
    ran = desk.record("erase", case, answers=ERASURE)
    assert "What remains to be done elsewhere" in ran.out
    assert f"refs/particulars/{case}" not in desk.git("for-each-ref")
    assert "bad" in desk.git("cat-file", "-t", blob, check=False) or not desk.git("cat-file", "-t", blob, check=False)
    assert desk.drafts() == []
    desk.assert_sound()
    for words in (("show", case), ("show", case, "--identify"), ("timeline", case), ("list",), ("retention",)):
        again = desk.call(*words, code=0)
        assert NAME not in again.said
    desk.record("note", case, "--names-nobody", happened_on="2026-03-02", text="Robin came by.")
    desk.call("attach", case, "--file", desk.file(b"x", "a.txt"), "--what", "other", "--on", "today", code=0)
    desk.record("erase", case, "--names-nobody", answers=ERASURE)
    desk.assert_sound()


def test_nothing_is_erased_under_a_legal_hold(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    hold = {"happened_on": "2026-03-02", "authority": "Legal adviser", "reason": "An inquest is open."}
    desk.record("hold", case, answers=hold)
    before = desk.state()
    assert "legal hold" in desk.record("erase", case, answers=ERASURE, code=1).err
    assert "legal hold" in desk.record("hold", case, answers=hold, code=1).err
    assert desk.state() == before
    assert NAME in desk.call("show", case, "--identify", code=0).out
    assert desk.call("retention", "--json", code=0).data[0]["state"].startswith("legal hold")
    desk.record("hold", case, "--lift", answers=hold)
    assert "no legal hold" in desk.record("hold", case, "--lift", answers=hold, code=1).err
    desk.record("erase", case, answers=ERASURE)


def test_retention_says_what_is_due_and_deletes_nothing(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    desk.record("decide", case, answers=NOT_NOTIFY, today="2026-03-03")
    desk.record("close", case, happened_on="2026-03-03", reason="nothing-further", today="2026-03-03")
    before = desk.state()
    assert desk.call("retention", "--json", code=0, today="2026-04-01").data[0]["state"] == "kept"
    assert desk.call("retention", "--json", code=0, today="2099-01-01").data[0]["state"] == "due for review"
    assert desk.state() == before
