"""git does what it was told, and says that it failed; or it fails, and all is as it was. What is said must be true."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from sptool.desk.held import read_particulars
from sptool.errors import CaseChanged, Undecided
from sptool.store.folder import CaseFolder
from sptool.store.founding import create_case_folder
from sptool.store.git import Git, GitFailed
from sptool.store.identity import Identity, set_identity, user_identity
from sptool.store.journal import Move, write_journal
from sptool.store.reading import head
from sptool.store.recording import record_step, repair
from sptool.store.tidying import tidy
from tests.faults.failing_git import FAILS, IS_KILLED, git_fails
from tests.store.erasing import erase
from tests.store.setting import (
    AT,
    CASE,
    FILES,
    OFFICER,
    REF,
    SETTINGS,
    assert_sound,
    everything,
    git,
    holds,
    kept_at,
    record,
    secret,
    step,
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a script stands in for git")

MAIN_MOVES = "update-ref ... refs/heads/main"
PRIVATE_MOVES = f"update-ref ... {REF}"
A_REF_MOVES = "update-ref ... refs/"


def told(folder: CaseFolder, name: str) -> tuple[str, list[str]]:
    """The commit of a step recorded, and what was told of it."""
    heard: list[Sequence[str]] = []
    commit = record_step(folder, step(name), lambda _: None, told=heard.append)
    assert len(heard) == 1
    return commit, list(heard[0])


def assert_not_recorded(folder: CaseFolder, before: object, name: str) -> None:
    """Nothing has changed, and the same step can be recorded now."""
    assert everything(folder) == before
    assert not holds(folder.root, secret(name))
    record(folder, name)
    assert holds(folder.root, secret(name))
    assert_sound(folder)


# --- a step --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [MAIN_MOVES, PRIVATE_MOVES, A_REF_MOVES])
@pytest.mark.parametrize("then", [FAILS, IS_KILLED], ids=["fails", "is killed"])
def test_a_ref_moves_and_git_says_that_it_failed(folder: CaseFolder, at: str, then: str) -> None:
    before = head(folder)
    with git_fails(at, then=then):
        commit, complaints = told(folder, "a1")
    assert head(folder) == commit
    assert git(folder.root, "rev-list", f"{before}..main").split() == [commit]
    assert len(complaints) == (2 if at == A_REF_MOVES else 1)
    assert all(complaint.startswith("The step is recorded, but ") for complaint in complaints)
    assert holds(folder.root, secret("a1"))
    assert_sound(folder)
    assert told(folder, "a2")[1] == []


@pytest.mark.parametrize("at", [MAIN_MOVES, PRIVATE_MOVES])
@pytest.mark.parametrize("then", [FAILS, IS_KILLED], ids=["fails", "is killed"])
def test_a_ref_does_not_move(folder: CaseFolder, at: str, then: str) -> None:
    record(folder, "a1")
    before = everything(folder)
    with git_fails(at, then=then, works=False), pytest.raises(GitFailed, match="update-ref"):
        record(folder, "a2")
    assert_not_recorded(folder, before, "a2")


@pytest.mark.parametrize("works", [False, True])
def test_a_git_that_is_killed_leaves_its_locks_and_the_next_step_is_recorded(folder: CaseFolder, works: bool) -> None:
    record(folder, "a1")
    leaves = f"touch .git/HEAD.lock .git/refs/heads/main.lock; {IS_KILLED}"
    with git_fails(MAIN_MOVES, then=leaves, works=works):
        if works:
            record(folder, "a2")
        else:
            with pytest.raises(GitFailed):
                record(folder, "a2")
    record(folder, "a3")
    assert holds(folder.root, secret("a2")) is works
    assert_sound(folder)


def by_hand(more: str = "") -> str:
    """Somebody else's commit on main, in the language of the shell."""
    who = "-c user.name=U -c user.email=u@x.invalid"
    return f"made=$(git {who} commit-tree -p main -m hand main^{{tree}}); git update-ref refs/heads/main $made; {more}"


def test_somebody_else_moves_main_and_git_fails(folder: CaseFolder, tmp_path: Path) -> None:
    with git_fails(MAIN_MOVES, then=unfailing(by_hand(FAILS)), works=False), pytest.raises(CaseChanged) as refused:
        record(folder, "a1")
    assert "this step was not" in refused.value.message
    assert git(folder.root, "log", "-1", "--format=%s", "main").strip() == "hand"
    assert REF not in git(folder.root, "for-each-ref")
    assert not holds(folder.root, secret("a1"))


def test_main_moves_git_fails_and_somebody_else_goes_on_from_there(folder: CaseFolder) -> None:
    with git_fails(MAIN_MOVES, then=unfailing(by_hand(FAILS))):
        commit, complaints = told(folder, "a1")
    assert len(complaints) == 1
    assert git(folder.root, "rev-parse", "main~").strip() == commit
    assert holds(folder.root, secret("a1"))


def unfailing(script: str) -> str:
    """The script with the git that the rest of the PATH holds."""
    return f'PATH="${{PATH#*:}}"; {script}'


@pytest.mark.parametrize("works", [False, True])
def test_git_can_not_even_say_how_far_it_came(folder: CaseFolder, works: bool) -> None:
    record(folder, "a1")
    before = head(folder)
    blind = 'mv .git/HEAD .git/HEAD-gone; echo "fatal: blind" >&2; exit 128'
    with git_fails(MAIN_MOVES, then=blind, works=works), pytest.raises(Undecided) as undecided:
        record(folder, "a2")
    assert "sptool show REF" in undecided.value.fix
    (folder.root / ".git" / "HEAD-gone").rename(folder.root / ".git" / "HEAD")
    repair(folder)
    assert (head(folder) != before) is works
    assert holds(folder.root, secret("a2")) is works
    assert (kept_at("a2") in read_particulars(folder, CASE)) is works
    record(folder, "a3")
    assert_sound(folder)


def test_a_question_that_git_can_not_answer_is_not_taken_for_a_no(folder: CaseFolder) -> None:
    """A step of an sptool that died is recorded, and others since: nobody takes it back because git stumbles."""
    before = head(folder)
    commit = record(folder, "a1")
    record(folder, "a2")
    private = git(folder.root, "rev-parse", f"{REF}~").strip()
    git(folder.root, "update-ref", REF, private)
    write_journal(folder.workshop, [Move("refs/heads/main", before, commit), Move(REF, None, private)])
    with git_fails("rev-list", then="exit 1", works=False), suppress(GitFailed):
        repair(folder)
    assert git(folder.root, "rev-parse", REF).strip() == private
    assert holds(folder.root, secret("a1"))


@pytest.mark.parametrize("works", [False, True])
def test_git_fails_at_its_index(folder: CaseFolder, works: bool) -> None:
    with git_fails("update-index", works=works):
        record(folder, "a1")
        if works:
            record(folder, "a2")
    repair(folder)
    assert_sound(folder)


# --- what git can't do beside it -----------------------------------------------------------------------------


def block(place: Path) -> None:
    """Puts a folder with something in it where a file is to be written."""
    place.unlink(missing_ok=True)
    place.mkdir(parents=True)
    (place / "in the way").write_bytes(b"")


def fill(place: Path) -> None:
    """Makes a file one to which nothing more can be written."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    place.unlink(missing_ok=True)
    place.symlink_to("/dev/full")


@pytest.mark.parametrize(("spoil", "said"), [(block, ".git/logs/HEAD"), (fill, "Make room")])
def test_the_log_of_head_can_not_be_written(folder: CaseFolder, spoil: Callable[[Path], None], said: str) -> None:
    log = folder.root / ".git" / "logs" / "HEAD"
    spoil(log)
    commit, (complaint,) = told(folder, "a1")
    assert head(folder) == commit
    assert said in complaint
    assert_sound(folder)
    log.rename(log.with_name("away"))
    assert told(folder, "a2")[1] == []


@pytest.mark.parametrize(("spoil", "said"), [(block, ".git/logs/refs/heads/main"), (fill, "Make room")])
def test_the_log_of_main_can_not_be_written(folder: CaseFolder, spoil: Callable[[Path], None], said: str) -> None:
    record(folder, "a1")
    before = everything(folder)
    log = folder.root / ".git" / "logs" / "refs" / "heads" / "main"
    spoil(log)
    with pytest.raises(GitFailed, match="logs/refs/heads/main") as refused:
        record(folder, "a2")
    assert said in refused.value.fix
    log.rename(log.with_name("away"))
    assert_not_recorded(folder, before, "a2")


@pytest.mark.parametrize("lock", ["HEAD.lock", "refs/heads/main.lock"])
def test_a_lock_in_the_way_is_named(folder: CaseFolder, lock: str) -> None:
    record(folder, "a1")
    before = everything(folder)
    (folder.root / ".git" / lock).write_bytes(b"")
    with pytest.raises(GitFailed, match="File exists") as refused:
        record(folder, "a2")
    assert f"delete .git/{lock} in the case folder" in refused.value.fix
    (folder.root / ".git" / lock).unlink()
    assert_not_recorded(folder, before, "a2")


# --- everything else that git changes ------------------------------------------------------------------------


@pytest.mark.parametrize("works", [False, True])
def test_git_fails_at_deleting_a_ref(folder: CaseFolder, works: bool) -> None:
    record(folder, "a1")
    with git_fails("update-ref ... -d", works=works):
        if works:
            erase(folder)
        else:
            with pytest.raises(GitFailed):
                erase(folder)
            assert REF in git(folder.root, "for-each-ref")
    repair(folder)
    assert REF not in git(folder.root, "for-each-ref")
    assert not holds(folder.root, secret("a1"))
    assert_sound(folder)


@pytest.mark.parametrize("at", ["commit-graph", "prune-packed", "pack-refs ... --no-prune", "pack-refs"])
@pytest.mark.parametrize("works", [False, True])
def test_git_fails_at_tidying(folder: CaseFolder, at: str, works: bool) -> None:
    record(folder, "a1")
    before = everything(folder)
    with git_fails(at, works=works):
        if works:
            assert tidy(folder, lambda _: None).packs == 1
        else:
            with pytest.raises(GitFailed):
                tidy(folder, lambda _: None)
    assert everything(folder) == before
    tidy(folder, lambda _: None)
    (folder.workshop / "tidied").unlink()
    assert everything(folder) == before
    assert_sound(folder)


@pytest.mark.parametrize("works", [False, True])
def test_git_fails_at_packing(folder: CaseFolder, works: bool) -> None:
    record(folder, "a1")
    before = everything(folder)
    with git_fails("pack-objects", works=works), pytest.raises(GitFailed):
        tidy(folder, lambda _: None)
    assert tidy(folder, lambda _: None).packs == 1
    (folder.workshop / "tidied").unlink()
    assert everything(folder) == before
    assert_sound(folder)


@pytest.mark.parametrize("works", [False, True])
def test_git_fails_at_its_configuration(folder: CaseFolder, works: bool) -> None:
    me = Identity("Officer Two", "two@testshire.invalid")
    with git_fails("config user.", works=works):
        if works:
            set_identity(folder.root, me)
        else:
            with pytest.raises(GitFailed):
                set_identity(folder.root, me)
    assert user_identity(folder.root) == (me if works else None)


FOUNDING = ("config core.", "config user.", MAIN_MOVES, "update-index")


@pytest.mark.parametrize("at", [*FOUNDING, "init"])
@pytest.mark.parametrize("works", [False, True])
def test_git_fails_at_making_a_folder(tmp_path: Path, at: str, works: bool) -> None:
    place = tmp_path / "new" / "cases"

    def make() -> CaseFolder:
        return create_case_folder(place, SETTINGS, FILES, OFFICER, AT, "Case folder made", OFFICER)

    with git_fails(at, works=works):
        if works and at in FOUNDING:
            make()
        else:
            with pytest.raises(GitFailed):
                make()
            assert list(place.parent.iterdir()) == []
    folder = CaseFolder(place, SETTINGS) if place.exists() else make()
    assert user_identity(folder.root) == OFFICER
    assert Git(folder.root).run("config", "--get", "gc.auto") == b"0\n"
    assert_sound(folder)
    record(folder, "a1")
    assert_sound(folder)
