"""The system refuses a change to the disk while a step is recorded, or a git is killed at it: what sptool says and how
it ends tell the truth, and the next step is recorded.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.cases import referred
from tests.cli.running import MONDAY, Desk, desk, pattern
from tests.faults.strikes import Struck, chosen, needs_strikes, strike

__all__ = ["desk", "pattern"]

pytestmark = needs_strikes

SHARES = 2  # the sweep is split, so that it can be spread over processors
NAME = "Robin Examplechild"
NOTE = {
    "happened_on": MONDAY,
    "text": "Child A was seen.",
    "private": {"people": [{"id": "child-a", "role": "child", "name": NAME}]},
}
NEXT = {"happened_on": MONDAY, "text": "One thing more."}
SAYS_THAT_NOT = ("This step was not recorded.", "Nothing was recorded", "so this step was not")
KILLED = 128 + 9


def copy_of(desk: Desk, place: Path) -> Desk:
    shutil.copytree(desk.folder.parent, place, symlinks=True)
    return Desk(place / desk.folder.name, place / desk.home.name, place / desk.answers.name)


def note_under(desk: Desk, case: str, fault: str, moment: int) -> Struck:
    words = ("sptool", "--cases", desk.folder, "--no-input", "note", case, "--from", desk.file(NOTE))
    return strike(desk.folder, fault, moment, *words, environment=desk.environment())


def steps(desk: Desk) -> int:
    return int(desk.git("rev-list", "--count", "main"))


def assert_truth(struck: Struck, recorded: bool, what: object) -> None:
    """The code and the words say whether the step is recorded."""
    said = struck.out + struck.err
    assert (struck.code == 0) is recorded, (what, struck)
    assert ("Recorded" in said) is recorded, (what, struck)
    assert recorded or any(words in struck.err for words in SAYS_THAT_NOT), (what, struck)
    assert "sptool itself" not in said, (what, struck)


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize(("fault", "one_in"), [("kill-one", 4), ("EIO", 5), ("full", 7)])
def test_struck_while_recording(desk: Desk, tmp_path: Path, fault: str, one_in: int, share: int) -> None:
    case = referred(desk)
    counted = note_under(copy_of(desk, tmp_path / "counted"), case, "count", 0)
    assert counted.code == 0, counted.err
    for moment in chosen(counted.moments, one_in)[share::SHARES]:
        if fault == "kill-one" and counted.moments[moment - 1][2] != "git":
            continue  # sptool itself: `test_dying` kills that
        struck = copy_of(desk, tmp_path / f"struck-{moment}")
        before = steps(struck)
        done = note_under(struck, case, fault, moment)
        if len(done.moments) < moment:
            continue  # ids are drawn afresh each time, and with them how many folders of git's there are to make
        what = done.moments[moment - 1]
        if fault == "EIO" and what[0] == "unlink" and what[1].endswith(".lock"):
            continue  # the disk keeps a lock that nobody holds, and the next sptool names it
        recorded = steps(struck) > before
        if done.code != KILLED:
            assert_truth(done, recorded, what)
        struck.record("note", case, answers=NEXT)
        struck.assert_sound()
        assert steps(struck) == before + recorded + 1, what
        assert (NAME in struck.call("show", case, "--identify", code=0).out) is recorded, what
        shutil.rmtree(struck.folder.parent)


def test_a_draft_that_can_not_be_deleted_is_said_to_be_kept(desk: Desk, tmp_path: Path) -> None:
    case = referred(desk)
    desk.call("note", case, "--from", "-", stdin="text: Child A was seen.\n", code=2)
    (draft,) = desk.drafts()

    def resumed(fault: str, moment: int) -> Struck:
        words = ("sptool", "--cases", desk.folder, "note", case, "--resume", "--on", MONDAY)
        return strike(desk.home, fault, moment, *words, environment=desk.environment())

    place, before = desk.folder.parent, tmp_path / "before"
    shutil.copytree(place, before)
    moments = resumed("count", 0).moments
    shutil.rmtree(place)
    before.rename(place)  # where it was: a draft belongs to a folder at a place
    deleted = [n for n, (what, where, _) in enumerate(moments, 1) if (what, Path(where).name) == ("unlink", draft.name)]
    done = resumed("EIO", deleted[-1])
    assert done.code == 0, done
    assert f"Recorded {case}: note." in done.out
    assert "Its draft could not be deleted" in done.err
    assert desk.drafts() == [draft]
