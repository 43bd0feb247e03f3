"""One record, one commit: what it says, what it never says, and what stands on the screen afterwards."""

from __future__ import annotations

import re

import pytest

from sptool.text.yaml import read_plain
from tests.cli.cases import GROUND_ONE, NOTIFY, REFERRAL, criteria, decided, notified, referred
from tests.cli.running import Desk, desk, pattern

__all__ = ["desk", "pattern"]


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
        typed = [word.replace("ID", desk.newest_id()) for word in words]
        desk.record(*typed, *([] if case in typed else [case]), answers=answers, today="2026-03-20")
        desk.assert_sound()
    for reading in (("show", case), ("overdue",), ("list", "--all"), ("timeline", case), ("retention",)):
        desk.call(*reading)
        desk.assert_sound()


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
