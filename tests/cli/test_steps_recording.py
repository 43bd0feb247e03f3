"""One record, one commit: what it says, what it never says, and what stands on the screen afterwards."""

from __future__ import annotations

import re

import pytest

from sptool.text.yaml import read_plain
from tests.cli.cases import GROUND_ONE, NOT_NOTIFY, NOTIFY, REFERRAL, criteria, decided, notified, referred
from tests.cli.running import Desk, desk, pattern

__all__ = ["desk", "pattern"]

NAME = "Robin Examplechild"
PEOPLE = [{"id": "child-a", "role": "child", "name": NAME, "date_of_birth": "2019-05-06", "address": "12 Sample Mews"}]


def test_a_referral_needs_four_things(desk: Desk) -> None:
    flags = ("--caller", "anonymous", "--at-risk-now", "no", "--la-aware-on", "unknown")
    ran = desk.call("new-referral", *flags, "--from", "-", stdin="summary: Child A came to harm.\n", code=0)
    record = read_plain(desk.newest().encode(), "record")
    assert isinstance(record, dict)
    assert record["happened_on"] == "2026-03-02"
    assert record["la_aware_on"] == "unknown"
    assert "unknown" in ran.out
    desk.assert_sound()


@pytest.mark.parametrize("missing", ["caller", "at_risk_now", "la_aware_on", "summary"])
def test_a_referral_without_one_of_them_is_refused(desk: Desk, missing: str) -> None:
    before = desk.state()
    ran = desk.record("new-referral", answers={k: v for k, v in REFERRAL.items() if k != missing}, code=2)
    assert f"{missing}: this must be answered" in ran.err
    assert ran.err.count("must be answered") == 1
    assert desk.state() == before


def test_the_commit_has_a_plain_subject_and_trailers(desk: Desk) -> None:
    case = referred(desk)
    ran = desk.record("decide", case, answers=NOTIFY, today="2026-03-03", code=0)
    subject, _, body = desk.git("log", "-1", "--format=%B").strip().partition("\n\n")
    assert subject == f"{case}: notification decision: notify"
    record = read_plain(desk.newest().encode(), "record")
    assert isinstance(record, dict)
    assert body.splitlines() == [
        f"Case: {case}",
        "Step: notification-decision",
        f"Record: {record['id']}",
        "Decided-By: Assistant Director",
        "Decided-On: 2026-03-03",
    ]
    assert ran.case == case


def test_one_step_is_one_commit_with_one_new_file(desk: Desk) -> None:
    case = referred(desk)
    before = desk.git("rev-list", "--count", "main").strip()
    desk.record("note", case, happened_on="2026-03-02", text="Spoke with the school.")
    assert int(desk.git("rev-list", "--count", "main")) == int(before) + 1
    assert re.fullmatch(rf"A\t2026/{case}/[-\w]+\.yaml\n", desk.git("show", "--format=", "--name-status", "main"))
    when = desk.git("log", "-1", "--format=%aI %cI").split()
    assert when[0] == when[1]
    assert f"recorded_at: {when[0].replace('+00:00', 'Z')}" in desk.newest().replace('"', "").replace("'", "")


def test_the_screen_says_what_was_recorded_what_is_due_and_what_comes_next(desk: Desk) -> None:
    out = desk.record("new-referral", answers=REFERRAL).out
    first, *rest = out.splitlines()
    assert re.fullmatch(r"Recorded HSP-2026-\w{5}: referral\.", first)
    assert "Notify the Panel" in rest[0]
    assert "Mon 9 Mar 2026" in rest[0]
    assert "5 working days" in rest[0]
    assert "sptool decide HSP-2026-" in out
    assert max(map(len, out.splitlines())) <= 80


def test_json_names_case_record_and_commit(desk: Desk) -> None:
    case = referred(desk)
    data = desk.record("note", case, "--json", happened_on="2026-03-02", text="Spoke with the school.").data
    assert data["case"] == case
    assert data["commit"] == desk.git("rev-parse", "main").strip()
    assert f"id: {data['record']}" in desk.newest()


def test_a_dry_run_records_nothing(desk: Desk) -> None:
    case = referred(desk)
    before = desk.state()
    ran = desk.record("note", case, "--dry-run", happened_on="2026-03-02", text="Spoke with the school.")
    assert "Spoke with the school." in ran.out
    assert desk.state() == before


def test_after_every_command_of_a_whole_case_git_has_nothing_to_say(desk: Desk) -> None:
    case = decided(desk)
    desk.assert_sound()
    for words, answers in (
        (("submit",), {"happened_on": "2026-03-20"}),
        (("panel-reply",), {"happened_on": "2026-03-20", "position": "agrees"}),
        (("inform", case, "leadership"), {"happened_on": "2026-03-20"}),
        (("share-rationale",), {"happened_on": "2026-03-20", "shared": "shared", "how": "letter"}),
        (("correct", case, "ID"), {"replaces": {"reason": "The month was wrong."}, "happened_on": "2026-03-19"}),
        (("close",), {"happened_on": "2026-03-20", "reason": "review-complete", "open_duties": "None matters now."}),
    ):
        typed = [word.replace("ID", _newest_id(desk)) for word in words]
        desk.record(*typed, *([] if case in typed else [case]), answers=answers, today="2026-03-20")
        desk.assert_sound()
    for reading in (("show", case), ("overdue",), ("list", "--all"), ("timeline", case), ("retention",)):
        desk.call(*reading)
        desk.assert_sound()


def _newest_id(desk: Desk) -> str:
    return str(desk.git("log", "-1", "--format=%(trailers:key=Record,valueonly)").strip())


# --- names and particulars -----------------------------------------------------------------------------------


def _everything_on_main(desk: Desk) -> str:
    log = desk.git("log", "-p", "--format=fuller", "main")
    return log + desk.git("ls-tree", "-r", "--name-only", "main") + desk.git("for-each-ref")


def test_particulars_are_kept_apart_salted_and_hashed(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    assert "Examplechild" not in _everything_on_main(desk)
    assert "2019-05-06" not in _everything_on_main(desk)
    kept = desk.git("show", f"refs/particulars/{case}:{_newest_id(desk)}/particulars.yaml")
    salt, _, text = kept.partition("\n")
    assert re.fullmatch(r"[0-9a-f]{64}", salt)
    assert NAME in text
    assert NAME in desk.call("show", case, "--identify", code=0).out
    assert NAME not in desk.call("show", case, code=0).said
    assert "Examplechild" not in desk.git("log", "--format=%B", f"refs/particulars/{case}")
    desk.assert_sound()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("We met Robin at home.", "text:1:3"),
        ("First line.\nThen EXAMPLECHILD came.", "text:2:2"),
        ("Born on 6 May 2019.", "text:1:3"),
        ("Lives at 12 Sample Mews now.", "text:1:3"),
    ],
)
def test_prose_that_names_somebody_is_stopped(desk: Desk, text: str, place: str) -> None:
    case = referred(desk, private={"people": PEOPLE})
    before = desk.state()
    ran = desk.record("note", case, happened_on="2026-03-02", text=text, code=2)
    assert "write Child A instead" in ran.err
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
    assert listed.strip() == f"{_newest_id(desk)}/attachment-1.pdf"
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
    assert "a file of that name already" in again.err
    desk.call("render", case, "decision-letter", "--record", code=2)
    desk.call("render", case, "decision-letter", "--out", "here.md", code=2)
    assert desk.state() == before


# --- erasure and retention -----------------------------------------------------------------------------------

ERASURE = {"happened_on": "2026-03-02", "authority": "Data Protection Officer", "basis": "court-order", "reason": "So."}


def test_erasing_leaves_the_records_and_every_other_command(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    blob = desk.git("rev-parse", f"refs/particulars/{case}:{_newest_id(desk)}/particulars.yaml").strip()
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
    desk.record("note", case, happened_on="2026-03-02", text="Robin came by.")
    desk.call("attach", case, "--file", desk.file(b"x", "a.txt"), "--what", "other", "--on", "today", code=0)
    desk.record("erase", case, answers=ERASURE)
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


# --- several children, notified and met grounds --------------------------------------------------------------


def test_the_criteria_are_answered_for_every_child(desk: Desk) -> None:
    case = referred(desk, children=[{"id": "child-a"}, {"id": "child-b"}])
    before = desk.state()
    ran = desk.record("decide", case, answers=NOTIFY, today="2026-03-03", code=2)
    assert "the criteria are not answered for child-b" in ran.err
    twice = [criteria(*GROUND_ONE), criteria(), criteria(child="child-b")]
    ran = desk.record("decide", case, answers={**NOTIFY, "criteria": twice}, today="2026-03-03", code=2)
    assert "this child is there twice" in ran.err
    unknown = [criteria(*GROUND_ONE), criteria(child="child-b"), criteria(child="child-z")]
    ran = desk.record("decide", case, answers={**NOTIFY, "criteria": unknown}, today="2026-03-03", code=2)
    assert "this case has no such child. Known: child-a, child-b" in ran.err
    assert desk.state() == before
    both = [criteria(*GROUND_ONE), criteria(child="child-b")]
    desk.record("decide", case, answers={**NOTIFY, "criteria": both}, today="2026-03-03")


def test_siblings_in_two_cases_are_linked(desk: Desk) -> None:
    one, other = referred(desk), referred(desk)
    desk.call("link", one, other.lower(), "--relation", "sibling", "--on", "today", code=0)
    assert other in desk.call("show", one, code=0).out
    before = desk.state()
    assert "linked to itself" in desk.call("link", one, one, "--relation", "sibling", "--on", "today", code=2).err
    assert desk.state() == before


def test_a_lead_officer_is_one_of_the_register(desk: Desk) -> None:
    case = notified(desk)
    desk.call("lead", case, "officer-one", "--on", "today", code=0)
    assert "officer-one" in desk.call("show", case, code=0).out
    before = desk.state()
    assert "Known: officer-one" in desk.call("lead", case, "officer-nine", "--on", "today", code=2).err
    assert desk.state() == before
