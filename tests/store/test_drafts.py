"""Drafts are private, outside the case folder, and say nothing by their names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from sptool.store.drafts import drop_draft, find_draft, keep_draft

ROOT = Path("cases/tst")
CASE = "TST-2026-AAAAA"


def test_a_draft_is_kept_found_replaced_and_dropped(home: Path) -> None:
    assert find_draft(ROOT, CASE, "note") is None
    place = keep_draft(ROOT, CASE, "note", b"text: one\n")
    assert keep_draft(ROOT, CASE, "note", b"text: two\n") == place == find_draft(ROOT, CASE, "note")
    assert place.read_bytes() == b"text: two\n"
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    drop_draft(ROOT, CASE, "note")
    drop_draft(ROOT, CASE, "note")
    assert find_draft(ROOT, CASE, "note") is None


def test_drafts_of_other_steps_cases_and_folders_are_apart(home: Path) -> None:
    kept = {
        keep_draft(ROOT, CASE, "note", b"1"),
        keep_draft(ROOT, CASE, "update", b"2"),
        keep_draft(ROOT, "", "note", b"3"),
        keep_draft(Path("cases/two"), CASE, "note", b"4"),
    }
    assert len(kept) == 4


@pytest.mark.skipif(os.name == "nt", reason="Windows protects the user's own folder by other means")
def test_a_draft_is_private_and_its_name_says_nothing(home: Path) -> None:
    place = keep_draft(ROOT, CASE, "note", b"text\n")
    assert place.is_relative_to(home)
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert not any(part in str(place.relative_to(home)) for part in ("TST", "tst", "note", "AAAAA"))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the custom of Linux")
@pytest.mark.parametrize(("named", "used"), [("state", True), ("", False)])
def test_the_state_folder_can_be_named(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, used: bool
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / named) if named else "relative/path")
    place = keep_draft(ROOT, CASE, "note", b"text\n")
    assert place.is_relative_to(tmp_path / "state") is used
    assert place.is_relative_to(home / ".local" / "state") is not used
