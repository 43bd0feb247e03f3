"""`sptool tidy`: says what it did, changes no record, and is asked for when it is due."""

from __future__ import annotations

from sptool.desk.session import Globals, Session
from sptool.store.graphs import has_graph, knows_paths
from tests.cli.cases import referred
from tests.cli.running import Desk, desk, pattern

__all__ = ["desk", "pattern"]

PEOPLE = [{"id": "child-a", "role": "child", "name": "Robin Examplechild"}]
DUE = "Housekeeping is due: sptool tidy"


def full(desk: Desk) -> None:
    """As many objects as lie about after a thousand steps, in the folder that is looked into."""
    place = desk.folder / ".git" / "objects" / "17"
    place.mkdir(exist_ok=True)
    for number in range(27):
        (place / f"{number:038x}").write_bytes(b"")


def test_tidying_says_what_it_did_and_changes_no_record(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    before = desk.state()
    said = desk.call("tidy", code=0)
    assert "Packed " in said.out
    assert "now in one file" in said.out
    assert "Particulars stay outside" in said.out
    assert said.err == ""
    assert desk.state() == before
    assert "There was nothing to pack." in desk.call("tidy", code=0).out
    assert "Robin Examplechild" in desk.call("show", case, "--identify", code=0).out
    assert desk.call("verify", code=0)
    desk.assert_sound()


def test_after_a_step_it_is_asked_for_when_it_is_due(desk: Desk) -> None:
    case = referred(desk)
    assert DUE not in desk.record("note", case, happened_on="2026-03-02", text="A note.").said
    full(desk)
    assert DUE in desk.record("note", case, happened_on="2026-03-02", text="Another note.").out
    machine = desk.record("note", case, "--json", happened_on="2026-03-02", text="A third note.")
    assert DUE not in machine.said
    assert machine.data["step"] == "note"


def test_the_list_of_commits_is_kept_when_a_command_has_ended(desk: Desk) -> None:
    referred(desk)
    session = Session(Globals(cases=desk.folder))
    session.close()
    assert not has_graph(desk.folder)
    session.refresh("00" + "a" * 38)
    assert not has_graph(desk.folder)
    session.close()
    assert knows_paths(desk.folder)
    desk.assert_sound()
