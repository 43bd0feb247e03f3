"""Screens as people read them, kept as files. To write them afresh: SPTOOL_GOLDEN=write pytest tests/cli."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli.folders import Screen, assert_fits

GOLDEN = Path(__file__).parent.parent / "golden"


def assert_golden(name: str, screen: Screen) -> None:
    """A screen is as its file has it, and fits 80 columns."""
    assert_fits(screen)
    text = "".join(f"{line.rstrip()}\n" for line in screen.out.splitlines())
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("SPTOOL_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8")
