"""A folder, a record or a git that is not as it should be: a plain message, no traceback, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.cli.running import MONDAY, Desk, commit_by_hand, desk, pattern
from tests.cli.troubled import CANARY, case, note, plain, posix_only

__all__ = ["case", "desk", "pattern"]

# --- the folder ----------------------------------------------------------------------------------------------


def test_a_folder_that_is_no_case_folder(desk: Desk, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for words in (("list",), ("new-referral",), ("overdue",), ("note", "HSP-2026-ABCDE"), ("retention",)):
        ran = desk.run("--cases", empty, *words)
        plain(ran, 3, "is not a case folder")
        assert "sptool init" in ran.err
    assert list(empty.iterdir()) == []


def test_nowhere_to_look_for_a_case_folder(desk: Desk, tmp_path: Path) -> None:
    plain(desk.run("list", cwd=tmp_path), 3, "There is no case folder here.")
    gone = tmp_path / "gone"
    plain(desk.run("list", "--cases", gone), 3, "is not a case folder")


def test_a_case_folder_without_its_repository(desk: Desk, case: str) -> None:
    shutil.rmtree(desk.folder / ".git")
    plain(desk.run("show", case), 3, "has lost its git repository")


BROKEN_SETTINGS = (
    (b"format: 0\nformat: 0\n", "this field is there twice"),
    (b"format: no\nprefix: HSP\n", "format: this must be a whole number"),
    (b"\xff\xfe", "sptool.yaml"),
    (b"format: 99\nprefix: HSP\n", "made by a newer sptool"),
    (b"", "this must be"),
)


@pytest.mark.parametrize(("content", "said"), BROKEN_SETTINGS)
def test_a_broken_settings_file(desk: Desk, case: str, content: bytes, said: str) -> None:
    commit_by_hand(desk, "sptool.yaml", content)
    before = desk.state()
    plain(desk.call("list"), 3, said)
    plain(note(desk, case), 3, said)
    assert desk.state() == before


def test_settings_broken_by_hand_and_not_committed_stop_nothing(desk: Desk, case: str) -> None:
    (desk.folder / "sptool.yaml").write_bytes(b"training: [")
    assert note(desk, case).code == 0
    assert (desk.folder / "sptool.yaml").read_bytes() == b"training: ["


def test_another_branch_is_checked_out(desk: Desk, case: str) -> None:
    desk.git("switch", "-q", "-c", "mine")
    before = desk.state()
    ran = note(desk, case)
    plain(ran, 3, "another branch than main")
    assert "git switch main" in ran.err
    assert desk.state() == before


# --- records that can't be read ------------------------------------------------------------------------------

BROKEN_RECORDS = (
    f"record: [{CANARY}\n".encode(),
    f"record: note/1\ntext: {CANARY}\n".encode(),
    f"record: note/7\nid: zzzzzzzzzz\nafter: []\ntext: {CANARY}\n".encode(),
    f"record: horoscope/1\nid: zzzzzzzzzz\nafter: []\ntext: {CANARY}\n".encode(),
    b"\xff\xfe\x00\x01",
    b"",
    b"- 1\n- 2\n",
)
NAMES = ("2026-03-02-090500Z-note-zzzzzzzzzz.yaml", "mine.yaml", "2026-03-02-090500Z-note-UPPER CASE.yaml")


@pytest.mark.parametrize("content", BROKEN_RECORDS, ids=range(len(BROKEN_RECORDS)))
@pytest.mark.parametrize("name", NAMES)
def test_an_unreadable_record_blocks_only_what_depends_on_it(desk: Desk, case: str, content: bytes, name: str) -> None:
    commit_by_hand(desk, f"2026/{case}/{name}", content)
    for words in (("show", case), ("timeline", case), ("next", case), ("overdue",), ("list",), ("retention",)):
        ran = desk.call(*words)
        assert ran.code in (0, 1), ran
        assert "Traceback" not in ran.said
    assert note(desk, case).code == 0
    assert desk.call("show", case, "--json").code == 0
    desk.assert_sound()


def test_a_changed_framework_edition(desk: Desk, case: str) -> None:
    path = "framework/2022-01.yaml"
    content = (desk.folder / path).read_bytes()
    commit_by_hand(desk, path, content + b"# changed\n")
    before = desk.state()
    plain(note(desk, case), 3, "was changed after it was adopted")
    assert desk.state() == before


def test_a_broken_framework_edition(desk: Desk, case: str) -> None:
    commit_by_hand(desk, "framework/2022-01.yaml", b"edition: [")
    plain(note(desk, case), 3, "framework/2022-01.yaml, line")
    plain(desk.call("show", case), 3, "framework/2022-01.yaml, line")


# --- git and who the officer is ------------------------------------------------------------------------------


def test_git_is_missing(desk: Desk, case: str, tmp_path: Path) -> None:
    environment = {**desk.environment(), "PATH": str(tmp_path)}
    for words in (("list",), ("note", case), ("init", str(tmp_path / "new"), "--training")):
        plain(desk.run(*words, env=environment), 3, "git is not installed, or not on the PATH.")
    assert not (tmp_path / "new").exists()


@posix_only
def test_git_is_too_old(desk: Desk, tmp_path: Path) -> None:
    old = tmp_path / "git"
    old.write_text("#!/bin/sh\necho git version 2.11.0\n", "utf-8")
    old.chmod(0o755)
    ran = desk.run("list", env={**desk.environment(), "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"})
    plain(ran, 3, "sptool needs git 2.38 or newer")


def test_nobody_knows_who_the_officer_is(desk: Desk, case: str) -> None:
    desk.git("config", "--unset", "user.email")
    before = desk.state()
    ran = note(desk, case)
    plain(ran, 2, "git does not know who you are")
    assert "sptool officer add --me --name" in ran.err
    assert desk.state() == before
    added = ("officer", "add", "--me", "--name", "Officer Two", "--email", "officer.two@testshire.invalid")
    desk.call(*added, code=0)
    assert note(desk, case).code == 0
    assert "recorded_by: officer-two" in desk.newest()


def test_two_officers_whose_addresses_begin_alike_are_never_one(desk: Desk, case: str) -> None:
    namesake = ("--name", "Another Officer", "--email", "officer.one@elsewhere.invalid")
    desk.call("officer", "add", "--me", *namesake, code=0)
    known = [one["officer"] for one in json.loads(desk.call("officer", "list", "--json").out)]
    assert len(known) == len(set(known)) == 2
    assert note(desk, case).code == 0
    assert f"recorded_by: {known[1]}" in desk.newest()
    assert desk.call("verify").code == 0


def test_an_officer_who_is_not_in_the_register(desk: Desk, case: str) -> None:
    desk.git("config", "user.email", "stranger@testshire.invalid")
    before = desk.state()
    ran = note(desk, case)
    plain(ran, 2, "not in this folder's register")
    assert "stranger" not in ran.said
    assert desk.state() == before


def test_a_made_up_date_is_refused_in_a_live_folder(desk: Desk, tmp_path: Path) -> None:
    live = Desk(tmp_path / "live", desk.home, desk.answers)
    who = ("--officer-name", "Officer One", "--officer-email", "one@testshire.invalid")
    live.call("init", live.folder, *who, today=MONDAY, code=2)
    assert not live.folder.exists()
    live.call("init", live.folder, *who, today="", code=0)
    before = live.state()
    ran = live.call("new-referral", "--caller", "police", today=MONDAY)
    plain(ran, 1, "Only a practice folder may be written with a made-up date.")
    assert live.state() == before
