"""`sptool erase`: says what is so and destroys what is on record, whatever was here before and whatever came back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.cases import NOT_NOTIFY, referred
from tests.cli.erased import ERASURE, NAME, PEOPLE, assert_nothing_said, assert_said
from tests.cli.running import MONDAY, Desk, Ran, desk, pattern

__all__ = ["desk", "pattern"]


def said(ran: Ran) -> str:
    return " ".join(ran.said.split())


def brought_back(desk: Desk, case: str, today: str = MONDAY) -> str:
    """What an erasure took is here again, as it is after an older sptool died on the way: on record, without a mark."""
    ref = f"refs/particulars/{case}"
    desk.git("bundle", "create", "-q", "../kept.bundle", ref)
    desk.record("erase", case, answers=ERASURE, today=today)
    desk.git("fetch", "-q", "../kept.bundle", f"{ref}:{ref}")
    return ref


def test_what_came_back_is_noticed_and_a_second_erasure_destroys_it(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    ref = brought_back(desk, case)
    before = desk.state()
    assert_said(desk, case)
    assert "Would destroy" in desk.call("erase", case, "--dry-run", code=0).out
    assert desk.state() == before
    again = desk.call("erase", case, code=0)
    assert "was not finished here. It is now." in again.out
    assert "can't be brought back" in again.out
    assert ref not in desk.git("for-each-ref")
    assert desk.git("log", "--format=%s", "main").count("erased") == 1
    assert_nothing_said(desk)


def test_programs_get_the_erasure_that_was_recorded_before(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    brought_back(desk, case)
    data = desk.call("erase", case, "--json", code=0).data
    assert (data["case"], data["record"], data["step"]) == (case, desk.newest_id(), "erasure")
    assert data["commit"] == desk.git("rev-parse", "main").strip()


def test_what_was_recorded_since_is_kept_unless_it_is_asked_for(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    ref = brought_back(desk, case)
    desk.call("attach", case, "--file", desk.file(b"new", "a.txt"), "--what", "other", "--on", "today", code=0)
    newest = desk.newest_id()
    assert "are kept" in desk.call("erase", case, code=0).out
    assert desk.git("ls-tree", "-r", "--name-only", ref).strip() == f"{newest}/attachment-1.txt"
    assert_nothing_said(desk)
    ran = desk.record("erase", case, "--names-nobody", answers={**ERASURE, "reason": "All."})
    assert "can't be brought back" in ran.out
    assert ref not in desk.git("for-each-ref")
    assert desk.git("log", "--format=%s", "main").count("erased") == 2


def test_a_second_erasure_of_what_is_gone_is_refused_and_says_what_is_so(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    desk.record("erase", case, answers=ERASURE)
    refused = desk.refused("erase", case, code=1, answers=ERASURE, today="2026-03-02")
    assert "are erased already" in refused
    assert "brought back" not in refused


@pytest.mark.parametrize("named", [False, True])
def test_an_erasure_where_no_particulars_are_says_so(desk: Desk, tmp_path: Path, named: bool) -> None:
    case = referred(desk, **({"private": {"people": PEOPLE}} if named else {}))
    desk.git("clone", "-q", "--no-local", str(desk.folder), str(tmp_path / "clone"))
    clone = replace(desk, folder=tmp_path / "clone")
    clone.git("config", "user.name", "Officer One")
    clone.git("config", "user.email", "officer.one@testshire.invalid")
    ran = clone.record("erase", case, "--names-nobody", answers=ERASURE)
    assert "brought back" not in ran.said
    assert ("holds no particulars of this case" in said(ran)) is named
    desk.git("pull", "-q", "--ff-only", str(clone.folder), "main")
    if named:
        assert_said(desk, case)
        desk.call("erase", case, code=0)
    assert_nothing_said(desk)
    assert NAME not in desk.call("show", case, "--identify", code=0).out


def test_a_legal_hold_stands_over_an_erasure_that_was_not_finished(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    ref = brought_back(desk, case)
    hold = {"happened_on": "2026-03-02", "authority": "Legal adviser", "reason": "An inquest is open."}
    desk.record("hold", case, answers=hold)
    (desk.folder / ".git" / "sptool" / "erasing").write_text(ref)
    before = desk.state()
    assert "legal hold" in desk.call("erase", case, code=1).err
    assert f"sptool show {case}" in desk.call("overdue").out
    told = desk.call("tidy", code=0).err
    assert "a legal hold stands" in told
    assert desk.state() == before
    desk.record("hold", case, "--lift", answers=hold)
    desk.call("tidy", code=0)
    assert ref not in desk.git("for-each-ref")
    assert_nothing_said(desk)


def test_the_retention_review_says_what_is_still_here(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    desk.record("decide", case, answers=NOT_NOTIFY, today="2026-03-03")
    desk.record("close", case, happened_on="2026-03-03", reason="nothing-further", today="2026-03-03")
    brought_back(desk, case, today="2026-03-03")
    (row,) = desk.call("retention", "--json", code=0, today="2026-03-03").data
    assert row["state"] == f"erased on record, still here: sptool erase {case}"
    desk.call("erase", case, code=0, today="2026-03-03")
    assert desk.call("retention", "--json", code=0, today="2026-03-03").data[0]["state"] == "particulars erased"


def test_a_ref_that_leads_astray_hides_nothing_that_is_due(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    desk.record("erase", case, answers=ERASURE)
    desk.git("symbolic-ref", f"refs/particulars/{case}", "refs/heads/main")
    before = desk.state()
    assert f"sptool erase {case}" in desk.call("overdue").out
    assert "only another name" in desk.call("erase", case, code=3).err
    assert desk.state() == before
