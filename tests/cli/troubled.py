"""A case for tests of what goes wrong around sptool, and what every message about it must be."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.cases import begun
from tests.cli.running import Desk, Ran

CANARY = "Quibblecanary"
posix_only = pytest.mark.skipif(os.name != "posix", reason="the fault can be made on POSIX only")


@pytest.fixture
def case(desk: Desk) -> str:
    """A case with a referral and a note."""
    return begun(desk, "troubled", lambda: _troubled(desk))


def _troubled(desk: Desk) -> str:
    reference = desk.record(
        "new-referral", caller="police", at_risk_now="no", la_aware_on="2026-03-02", summary=f"{CANARY} of Child A."
    ).case
    desk.record("note", reference, happened_on="2026-03-02", text=f"{CANARY} too.")
    return reference


def plain(ran: Ran, code: int, said: str) -> None:
    """A message in plain words, with the right exit code."""
    assert ran.code == code, ran
    assert said in ran.err, ran
    assert "Traceback" not in ran.said
    assert "Errno" not in ran.said
    assert "sptool itself" not in ran.said


def note(desk: Desk, case: str, run: Callable[..., Ran] | None = None, **more: Any) -> Ran:
    """A note recorded in a case, by `call` or by the way given."""
    answers = desk.file({"happened_on": "2026-03-02", "text": "One thing more."})
    return (run or desk.call)("note", case, "--from", answers, **more)
