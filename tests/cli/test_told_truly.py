"""What a command says and how it ends tell the truth about what is recorded, whatever goes wrong beside or after it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.cases import notified, referred
from tests.cli.running import MONDAY, Desk, Ran, commit_by_hand, desk, pattern
from tests.cli.troubled import case, note, plain, posix_only
from tests.faults.failing_git import git_fails
from tests.signing import needs_openssh

__all__ = ["case", "desk", "pattern"]

pytestmark = posix_only

MAIN_MOVES = "update-ref ... refs/heads/main"
ALL_THE_SAME = "Recorded all the same: "
BESIDE = "The step is recorded, but something else went wrong: "


def steps(desk: Desk) -> int:
    """How many commits main has."""
    return int(desk.git("rev-list", "--count", "main"))


def shell(desk: Desk, line: str) -> Ran:
    """What `sptool LINE` prints and how it ends, in a shell."""
    command = f'"{sys.executable}" -m sptool {line}'
    done = subprocess.run(
        ["sh", "-c", command], cwd=desk.folder, env=desk.environment(), capture_output=True, text=True, check=False
    )
    return Ran(done.stdout, done.stderr, done.returncode)


# --- git moved main and failed -------------------------------------------------------------------------------


def test_a_step_that_is_recorded_is_said_to_be_so_whatever_git_says(desk: Desk, case: str) -> None:
    before = steps(desk)
    with git_fails(MAIN_MOVES):
        ran = note(desk, case)
    assert ran.code == 0
    assert f"Recorded {case}: note." in ran.out
    assert ran.err.count(BESIDE) == 1
    assert steps(desk) == before + 1
    assert desk.drafts() == []
    desk.assert_sound()


def test_a_log_that_can_not_be_written_is_named_with_what_to_do_about_it(desk: Desk, case: str) -> None:
    log = desk.folder / ".git" / "logs" / "HEAD"
    log.unlink()
    log.mkdir()
    (log / "in the way").write_bytes(b"")
    ran = note(desk, case)
    assert ran.code == 0
    assert "Recorded" in ran.out
    assert ".git/logs/HEAD" in ran.err
    assert "Move away what stands there" in ran.err
    shutil.rmtree(log)
    assert BESIDE not in note(desk, case).err
    assert log.is_file()


def test_a_step_that_is_not_recorded_is_said_not_to_be_and_why(desk: Desk, case: str) -> None:
    before = desk.state()
    with git_fails(MAIN_MOVES, works=False):
        ran = note(desk, case)
    plain(ran, 3, "the fault of this test")
    assert "This step was not recorded." in ran.err
    assert f"sptool note {case} --resume" in ran.err
    assert desk.state() == before
    assert len(desk.drafts()) == 1
    assert "Recorded" in desk.call("note", case, "--resume", code=0).out
    assert desk.drafts() == []


def test_where_it_can_not_be_told_nobody_is_asked_to_type_it_again(desk: Desk, case: str) -> None:
    with git_fails(MAIN_MOVES, then="mv .git/HEAD .git/gone; exit 1"):
        ran = note(desk, case)
    (desk.folder / ".git" / "gone").rename(desk.folder / ".git" / "HEAD")
    plain(ran, 3, "can't say whether it is recorded")
    assert "see whether it is there: sptool show REF" in ran.err
    assert "--resume" not in ran.err
    assert "not recorded" not in ran.err


# --- what is printed after a step ----------------------------------------------------------------------------


@pytest.mark.parametrize("streams", [">/dev/full", "2>/dev/full", ">/dev/full 2>&1", ">&-", "2>&-"])
def test_what_can_not_be_printed_does_not_turn_the_code(desk: Desk, case: str, streams: str) -> None:
    if "full" in streams and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    before = steps(desk)
    desk.file({"happened_on": MONDAY, "text": "One thing more."})
    ran = shell(desk, f'note {case} --from "{desk.answers}/answers.yaml" {streams}')
    assert ran.code == 0, ran
    assert steps(desk) == before + 1
    if streams == ">/dev/full":
        assert f"{ALL_THE_SAME}{case}: note." in ran.err


@pytest.mark.parametrize("more", ["", "--json"])
def test_nobody_reads_what_a_step_says(desk: Desk, case: str, more: str) -> None:
    before = steps(desk)
    words = ("note", case, "--from", desk.file({"happened_on": MONDAY, "text": "One thing more."}))
    process = desk.start(*words, *more.split())
    assert process.stdout
    process.stdout.close()
    assert process.wait(60) == 0
    assert steps(desk) == before + 1


def asked(desk: Desk) -> str:
    """A case with an open request."""
    reference = notified(desk)
    request = {"requests": [{"agency": "police"}], "period_from": "2024-01-01", "period_to": "2026-03-02"}
    desk.record("scope", reference, happened_on="2026-03-04", answers=request, today="2026-03-04")
    return reference


def test_nobody_reads_and_so_not_every_step_is_recorded(desk: Desk) -> None:
    cases = [asked(desk), asked(desk), asked(desk)]
    before = steps(desk)
    words = ("chase", "--all-outstanding", "--on", "2026-03-09", "--how", "email")
    at_once = {**desk.environment("2026-03-09"), "PYTHONUNBUFFERED": "1"}
    process = desk.start(*words, env=at_once)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    said = process.stderr.read().decode()
    ended = process.wait(60)
    done = steps(desk) - before
    assert done < len(cases)
    assert ended == 3
    assert said.count("agencies chased") == done
    assert ALL_THE_SAME in said


def test_a_fault_in_sptool_after_a_step_says_that_the_step_is_there(desk: Desk) -> None:
    program = (
        "import sys; from sptool.cli import faults; from sptool.desk.done import Done; done = Done()\n"
        "done.begin('HSP-2026-ABCDE: note')([]); faults.report(ValueError, ValueError(), None, done)"
    )
    environment = {**desk.environment(), "TMPDIR": str(desk.home), "TEMP": str(desk.home)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert f"{ALL_THE_SAME}HSP-2026-ABCDE: note." in done.stderr


# --- what is done with a step --------------------------------------------------------------------------------


def test_reminders_that_can_not_be_written_are_not_taken_for_a_step_that_is_not_recorded(desk: Desk) -> None:
    reference = asked(desk)
    commit_by_hand(desk, "framework/templates/scoping-request.md.j2", b"{{ nonsense")
    before = steps(desk)
    words = ("chase", reference, "--all-outstanding", "--email")
    ran = desk.record(*words, happened_on="2026-03-09", how="email", today="2026-03-09", code=None)
    assert ran.code not in (0, 1)
    assert f"{ALL_THE_SAME}{reference}: agencies chased." in ran.err
    assert steps(desk) == before + 1


def test_an_erasure_that_git_hinders_says_that_it_is_recorded_and_is_not_done(desk: Desk) -> None:
    people = [{"id": "child-a", "role": "child", "name": "Robin Examplechild"}]
    reference = referred(desk, private={"people": people})
    erasure = {"happened_on": MONDAY, "basis": "court-order", "authority": "Head of law", "reason": "So."}
    with git_fails("update-ref ... -d", works=False):
        ran = desk.record("erase", reference, answers=erasure, code=None)
    plain(ran, 3, "the fault of this test")
    assert (
        f"{ALL_THE_SAME}{reference}: particulars erased: court order. What else was asked for is not done." in ran.err
    )
    assert "Erased here" not in ran.said


def test_an_officer_is_added_and_git_does_not_learn_who_it_is(desk: Desk) -> None:
    (desk.folder / ".git" / "config.lock").write_bytes(b"")
    words = ("officer", "add", "--me", "--name", "Officer Two", "--email", "officer.two@testshire.invalid")
    ran = desk.call(*words)
    plain(ran, 3, "could not lock config file")
    assert "delete .git/config.lock in the case folder" in ran.err
    assert f"{ALL_THE_SAME}register: officer added." in ran.err
    (desk.folder / ".git" / "config.lock").unlink()
    assert desk.call(*words, code=0)


@needs_openssh
def test_a_key_is_added_and_the_folder_is_not_set_up_with_it(desk: Desk) -> None:
    file = desk.home / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "made up", "-f", str(file)], check=True)
    with git_fails("config user.signingkey", works=False):
        ran = desk.call("sign-on", "--key", file)
    assert ran.code == 3
    assert f"{ALL_THE_SAME}register: signing key added" in ran.err
    with git_fails("config user.signingkey"):
        desk.call("sign-on", "--key", file, code=0)
    assert "Fingerprint of your key: " in desk.call("sign-on", "--key", file, code=0).out


@needs_openssh
def test_a_key_that_openssh_did_not_finish_leaves_nothing_in_the_way(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "bin" / "ssh-keygen"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\n"{shutil.which("ssh-keygen")}" "$@"; exit 1\n')
    tool.chmod(0o755)
    words = ("sign-on", "--make", "--no-passphrase", "--key", desk.home / "key")
    before = desk.state()
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{tool.parent}{os.pathsep}{os.environ['PATH']}")
        plain(desk.call(*words), 2, "No key was made.")
    assert desk.state() == before
    assert not list(desk.home.glob("key*"))
    desk.call(*words, code=0)
