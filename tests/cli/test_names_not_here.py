"""Where a case's names are not at hand, prose can't be looked through: it takes the officer's word, once a step."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sptool.cli.step_commands import GROUPS
from sptool.text.yaml import read_plain
from sptool.workflow.steps import COMMANDS
from tests.cli.cases import NOTIFY, REFERRAL, referred
from tests.cli.running import MONDAY, Desk, desk, pattern
from tests.cli.test_steps_particulars import ERASURE, NAME, PEOPLE

__all__ = ["desk", "pattern"]

Answers = Mapping[str, object]
NOT_HERE = "The names of this case are not on this computer."
SOME_NOT_HERE = "Some names of this case are not on this computer."
ERASED = "The names of this case were erased, as its records say."
FLAG = "--names-nobody"
NOTE: Answers = {"happened_on": MONDAY, "text": f"{NAME} was seen."}
PLAIN: Answers = {"happened_on": MONDAY, "text": "Child A was seen."}


def cloned(desk: Desk, *more: str) -> Desk:
    """The folder as an auditor has it who follows our page: without particulars."""
    place = desk.folder.parent / f"clone-{len(list(desk.folder.parent.iterdir()))}"
    words = ["git", "clone", "--quiet", "--no-local", *more, str(desk.folder), str(place)]
    subprocess.run(words, env=desk.environment(), check=True)
    clone = replace(desk, folder=place)
    clone.git("config", "user.name", "Officer One")
    clone.git("config", "user.email", "officer.one@testshire.invalid")
    return clone


def stopped(desk: Desk, *words: str, said: str, answers: Answers = PLAIN) -> str:
    """What is said to a step that is stopped, and changes nothing."""
    message = desk.refused(*words, code=2, answers=answers, today=MONDAY)
    assert said in message
    assert FLAG in message
    return message


def test_prose_is_not_taken_unlooked_at(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    clone = cloned(desk)
    message = stopped(clone, "note", case, said=NOT_HERE, answers=NOTE)
    assert "sptool can't look for them in what you wrote" in message
    assert NAME not in clone.git("log", "-p")
    clone.record("note", case, FLAG, answers=PLAIN)
    stopped(clone, "note", case, said=NOT_HERE)  # the word holds for one step
    clone.assert_sound()


def test_where_names_are_damaged_beyond_reading_it_takes_the_officers_word(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    tree = desk.git("rev-parse", f"refs/particulars/{case}^{{tree}}").strip()
    (desk.folder / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    stopped(desk, "note", case, said="The names of this case can't be read here")
    desk.record("note", case, FLAG, answers=PLAIN)


def test_what_is_recorded_without_the_earlier_names_verifies(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    clone = cloned(desk)
    clone.record("note", case, FLAG, answers={**PLAIN, "private": {"people": PEOPLE}})
    said = clone.call("verify", code=0).out
    assert "1 there and matching, 1 not fetched here" in " ".join(said.split())
    nothing = clone.git("commit-tree", "-m", "Emptied", clone.git("mktree").strip()).strip()
    clone.git("update-ref", f"refs/particulars/{case}", nothing)
    assert "no erasure is recorded" in " ".join(clone.call("verify", code=1).out.split())


def test_what_came_through_standard_input_is_kept(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    clone = cloned(desk)
    ran = clone.call("note", case, "--from", "-", stdin=f"happened_on: {MONDAY}\ntext: Child A.\n", code=2)
    assert f"sptool note {case} --resume" in ran.err
    clone.call("note", case, "--resume", FLAG, code=0)


def test_nothing_is_asked_where_nothing_is_missing(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    desk.record("note", case, answers=PLAIN)
    without = referred(desk)
    clone = cloned(desk)
    clone.record("note", without, answers=PLAIN)
    referred(clone, private={"people": PEOPLE})
    clone.call("attach", case, "--file", clone.file(b"x", "a.txt"), "--what", "minutes", "--on", "today", code=0)


def test_the_word_switches_off_no_check(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    before = desk.state()
    assert "write Child A instead" in desk.record("note", case, FLAG, code=2, answers=NOTE).err
    assert desk.state() == before


def test_names_that_are_here_in_part(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    clone = cloned(desk)
    clone.record(
        "note", case, FLAG, answers=PLAIN, private={"people": [{"id": "parent-b", "name": "Kim Exampleparent"}]}
    )
    stopped(clone, "note", case, said=SOME_NOT_HERE)
    both = stopped(clone, "note", case, said=SOME_NOT_HERE, answers={**PLAIN, "text": "Kim came."})
    assert "write Parent B instead" in both
    assert "Kim" not in both
    assert (
        "write Parent B instead" in clone.record("note", case, FLAG, code=2, happened_on=MONDAY, text="Kim came.").err
    )


def test_particulars_that_are_not_as_they_were_recorded(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    ref, path = f"refs/particulars/{case}", f"{desk.newest_id()}/particulars.yaml"
    for content in (f"{'0' * 64}\npeople: []\n", f"{'0' * 64}\npeople: [\n", f"{'0' * 64}\nfrom: the future\n"):
        desk.git("checkout", "-q", "--detach", ref)
        (desk.folder / path).write_text(content, "utf-8")
        desk.git("commit", "-q", "-a", "-m", "By hand")
        desk.git("update-ref", ref, "HEAD")
        desk.git("checkout", "-q", "main")
        stopped(desk, "note", case, said="The names of this case can't be read here, or were changed")
    desk.record("note", case, FLAG, answers=PLAIN)


def test_names_that_were_lawfully_erased(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    desk.record("erase", case, answers=ERASURE)
    stopped(desk, "note", case, said=ERASED)
    kin = [{"id": "parent-b", "name": "Kim Exampleparent"}]
    desk.record("note", case, FLAG, answers=PLAIN, private={"people": kin})
    stopped(desk, "note", case, said="Some names of this case were erased")
    message = stopped(cloned(desk), "note", case, said=SOME_NOT_HERE)
    assert "Some names of this case were erased" in message


def test_names_of_a_linked_case(desk: Desk) -> None:
    first, second = referred(desk, private={"people": PEOPLE}), referred(desk)
    desk.call("link", second, first, "--relation", "same-family", "--on", "today", code=0)
    clone = cloned(desk)
    stopped(clone, "note", second, said=f"The names of {first}, a linked case, are not on this computer.")
    clone.record("note", second, FLAG, answers=PLAIN)
    clone.git("fetch", "-q", "origin", f"refs/particulars/{first}:refs/particulars/{first}")
    assert f"write Child A of {first} instead" in clone.record("note", second, code=2, answers=NOTE).err
    clone.record("note", second, answers=PLAIN)


def test_the_step_that_links_two_cases_is_looked_through_for_both(desk: Desk) -> None:
    first = referred(desk, private={"people": PEOPLE})
    linked = [{"case": first, "relation": "same-family"}]
    second = {**REFERRAL, "happened_on": MONDAY, "summary": f"{NAME} is a cousin.", "linked_cases": linked}
    assert f"write Child A of {first} instead" in desk.refused("new-referral", code=2, answers=second, today=MONDAY)
    stopped(cloned(desk), "new-referral", said=f"The names of {first}, a linked case,", answers=second)


def test_fetched_names_are_looked_for_again(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    clone = cloned(desk, "--config", "remote.origin.fetch=+refs/particulars/*:refs/particulars/*")
    assert "write Child A instead" in clone.record("note", case, code=2, answers=NOTE).err
    clone.record("note", case, answers=PLAIN)


def test_a_role_and_a_reason_count_as_prose(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    record = desk.newest_id()
    clone = cloned(desk)
    stopped(clone, "decide", case, said=NOT_HERE, answers={**NOTIFY, "happened_on": MONDAY})
    correction = {"happened_on": MONDAY, "replaces": {"reason": f"{NAME} was meant."}}
    stopped(clone, "correct", case, record, "--withdraw", said=NOT_HERE, answers=correction)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_step_takes_the_word(desk: Desk, name: str) -> None:
    assert name.split()[0] in GROUPS or " " not in name
    assert FLAG in desk.call(*name.split(), "--help", code=0).out


def test_a_document_that_was_sent_is_not_recorded_unlooked_at(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    clone = cloned(desk)
    sent = ("render", case, "need-to-know", "--record", "--sent-to", f"Aunt of {NAME}", "--out", clone.home)
    before = clone.state()
    ran = clone.call(*sent, code=2)
    assert NOT_HERE in ran.err
    assert NAME not in ran.said
    assert clone.state() == before
    assert list(clone.home.glob("*.md")) == []
    clone.call(*sent[:5], "Assistant Director", *sent[6:], FLAG, code=0)


def test_a_copy_with_names_and_the_screen_say_what_is_missing(desk: Desk) -> None:
    case = referred(desk, private={"people": PEOPLE})
    clone = cloned(desk)
    out = ("--identify", "--out", clone.home)
    assert "not in this copy of the folder" in clone.call("render", case, "need-to-know", *out, code=3).err
    shown = clone.call("show", case, "--identify", code=0)
    assert "No particulars are held here for this." in shown.err
    pack = clone.call("export", case, "--identify", "--to", clone.home / "pack.zip", code=0)
    assert "Particulars not fetched here: 1 file." in pack.err


# --- erasing -------------------------------------------------------------------------------------------------


def _erased(desk: Desk, case: str) -> str:
    out = desk.record("erase", case, FLAG, answers=ERASURE).out
    assert "What remains to be done elsewhere" in out
    desk.assert_sound()
    return out


def test_erasing_where_they_are_not_says_that_nothing_was_there(desk: Desk, tmp_path: Path) -> None:
    case = referred(desk, private={"people": PEOPLE})
    clone = cloned(desk)
    stopped(clone, "erase", case, said=NOT_HERE, answers=ERASURE)
    out = _erased(clone, case)
    assert "Nothing was destroyed here: this copy of the folder holds no particulars of this case." in out
    assert f"bring this record in with git, then type: sptool erase {case}" in out
    assert "can't be brought back" not in out
    record = read_plain(clone.newest().encode(), "record")
    assert isinstance(record, dict)
    assert {name: record[name] for name in ERASURE} == ERASURE
    assert NAME in desk.call("show", case, "--identify", code=0).out
    before = clone.state()
    again = clone.record("erase", case, FLAG, answers=ERASURE, code=1).err
    assert "are erased already, by record" in again
    assert clone.state() == before
    assert "can't be brought back" in _erased(desk, case)


def test_erasing_what_never_was(desk: Desk) -> None:
    case = referred(desk)
    assert "there was nothing to destroy in this folder" in _erased(desk, case)
