"""An erasure that tests look at: what is erased, and what is said as long as it is not finished."""

from __future__ import annotations

from tests.cli.running import Desk

NAME = "Robin Examplechild"
PEOPLE = [{"id": "child-a", "role": "child", "name": NAME}]
ERASURE = {"happened_on": "2026-03-02", "authority": "Data Protection Officer", "basis": "court-order", "reason": "So."}


def assert_said(desk: Desk, case: str) -> None:
    """Every way of asking says that the erasure is not finished, and none shows a name."""
    overdue, verified = desk.call("overdue"), desk.call("verify", code=1)
    shown = desk.call("show", case, "--identify", code=0)
    assert "erased on record, and still here" in " ".join(overdue.out.split())
    assert "erasure is not finished here" in " ".join(verified.out.split())
    assert f"sptool erase {case}" in overdue.out
    assert f"sptool erase {case}" in " ".join(verified.out.split())
    assert f"sptool erase {case}" in shown.err
    assert "still here" in desk.call("overdue", "--json").err
    for ran in (overdue, verified, shown, desk.call("show", case, "--identify", "--json", code=0)):
        assert NAME not in ran.said
    assert "No names are held" in desk.call("render", case, "notification-sheet", "--identify", code=1).err


def assert_nothing_said(desk: Desk) -> None:
    for ran in (desk.call("overdue"), desk.call("verify", code=0)):
        assert "erasure" not in ran.said
