"""`sptool verify` as an auditor types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import Desk, commit_by_hand, desk, pattern
from tests.conftest import DemoRun

__all__ = ["desk", "pattern"]

REFERRAL = {
    "happened_on": "2026-03-02",
    "la_aware_on": "2026-03-02",
    "at_risk_now": "no",
    "caller": "hillingdon-hospital",
    "summary": "Child A came to harm.",
}


@pytest.fixture
def recorded(desk: Desk) -> Desk:
    """A desk with one case."""
    desk.record("new-referral", answers=REFERRAL)
    return desk


def tampered(desk: Desk) -> None:
    """Somebody changes what a record says, with an editor and git."""
    path = desk.git("log", "-1", "--name-only", "--format=", "main").strip()
    content = (desk.folder / path).read_bytes()
    commit_by_hand(desk, path, content.replace(b"Child A came to harm.", b"Nothing happened."))


def test_an_untouched_folder_holds(recorded: Desk) -> None:
    before = recorded.state()
    ran = recorded.call("verify", code=0)
    assert "PROVED: Each commit is one step" in ran.out
    assert "NOT PROVABLE: The history was not rewritten" in ran.out
    assert "Everything that can be checked here holds." in ran.out
    assert max(len(line) for line in ran.out.splitlines()) <= 80
    assert recorded.state() == before


def test_tampering_is_named_without_its_values(recorded: Desk) -> None:
    tampered(recorded)
    before = recorded.state()
    ran = recorded.call("verify", code=1)
    assert "NOT EVERYTHING HOLDS" in ran.out
    assert "Fields: summary." in ran.out
    assert "Nothing happened" not in ran.said
    assert recorded.state() == before


def test_values_are_shown_to_whoever_asks(recorded: Desk) -> None:
    tampered(recorded)
    assert "Nothing happened." in recorded.call("verify", "--values", code=1).out


@pytest.mark.parametrize("values", [True, False])
def test_for_other_programs(recorded: Desk, values: bool) -> None:
    tampered(recorded)
    told = recorded.call("verify", "--json", *(["--values"] if values else []), code=1)
    assert told.data["holds"] is False
    assert {one["check"] for one in told.data["findings"] if one["verdict"] == "failed"} >= {"unchanged"}
    assert ("Nothing happened." in told.out) == values


def test_nobody_is_named(demo: DemoRun, tmp_path: Path) -> None:
    code, said = demo.ask("verify", "--dates")
    page = tmp_path / "certificate.html"
    demo.ask("verify", "--certificate", str(page))
    everything = said + json.dumps(demo.ask_json("verify")) + page.read_text(encoding="utf-8")
    assert code == 0
    names = [line for line in demo.git("log", "--format=%an%n%ae").splitlines() if line]
    assert [name for name in names if name in everything] == []


@pytest.mark.parametrize("ending", ["md", "docx", "pdf", "html"])
def test_the_certificate_comes_in_every_format(recorded: Desk, tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"certificate.{ending}"
    recorded.call("verify", "--certificate", place, code=0)
    assert place.stat().st_size > 500


def test_the_certificate_of_a_tampered_folder_says_so(recorded: Desk, tmp_path: Path) -> None:
    tampered(recorded)
    place = tmp_path / "certificate.md"
    recorded.call("verify", "--certificate", place, code=1)
    text = place.read_text(encoding="utf-8")
    assert "NOT EVERYTHING HOLDS" in text
    assert "| **failed** |" in text
    assert "Nothing happened" not in text


def test_a_certificate_is_never_written_over_a_file(recorded: Desk, tmp_path: Path) -> None:
    place = tmp_path / "certificate.md"
    place.write_text("Mine", encoding="utf-8")
    before = recorded.state()
    recorded.call("verify", "--certificate", place, code=2)
    assert place.read_text(encoding="utf-8") == "Mine"
    assert recorded.state() == before


def test_every_date_is_listed_with_its_rule(recorded: Desk) -> None:
    ran = recorded.call("verify", "--dates", code=0, today="2026-03-20")
    assert "9 Mar 2026" in ran.out
    due = recorded.call("verify", "--json", code=0, today="2026-03-20").data["due"]
    notify = next(one for one in due if one["deadline"] == "notify")
    assert (notify["due_on"], notify["state"], notify["late_by"]) == ("2026-03-09", "open", 9)
    assert notify["source"]


def test_a_working_tree_that_somebody_emptied_changes_nothing(recorded: Desk) -> None:
    shutil.rmtree(recorded.folder / "2026")
    assert recorded.call("verify", code=0).out


def test_a_checkpoint_that_is_not_there_is_refused(recorded: Desk) -> None:
    before = recorded.state()
    ran = recorded.call("verify", "--against", "nowhere.txt", code=2)
    assert "Check its path." in ran.err
    assert recorded.state() == before


def test_with_a_checkpoint_it_is_proved_that_the_history_only_grew(recorded: Desk, tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint.txt"
    recorded.call("checkpoint", "--out", kept, code=0)
    recorded.record("note", recorded.git("ls-tree", "--name-only", "main", "2026/").strip().split("/")[1], answers=NOTE)
    assert "PROVED: The history was not rewritten since" in recorded.call("verify", "--against", kept).out
    recorded.git("reset", "-q", "--hard", "HEAD~2")
    recorded.record("new-referral", answers=REFERRAL)
    assert "FAILED: The history was not rewritten since" in recorded.call("verify", "--against", kept, code=1).out


NOTE = {"happened_on": "2026-03-02", "text": "Spoke with the school."}


def test_several_checkpoints_are_held_against_the_history(recorded: Desk, tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    recorded.call("checkpoint", "--out", first, code=0)
    recorded.record("new-referral", answers=REFERRAL)
    recorded.call("checkpoint", "--out", second, code=0)
    assert "PROVED: The history was not" in recorded.call("verify", "--against", first, "--against", second).out
    recorded.git("reset", "-q", "--hard", "HEAD~1")
    assert recorded.call("verify", "--against", first, code=0).out
    assert "checkpoint" in recorded.call("verify", "--against", first, "--against", second, code=1).out


def test_a_file_that_is_far_too_large_for_a_checkpoint_is_refused(recorded: Desk, tmp_path: Path) -> None:
    huge, before = tmp_path / "huge.txt", recorded.state()
    huge.write_bytes(b"x" * (5 * 1024 * 1024))
    assert "far too large" in recorded.call("verify", "--against", huge, code=2).err
    assert recorded.state() == before
