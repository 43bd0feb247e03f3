"""A disk, a pipe or a terminal that is not as it should be: a plain message, no traceback, nothing lost."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.cli.running import Desk, Ran, desk, pattern
from tests.cli.troubled import CANARY, case, note, plain, posix_only

__all__ = ["case", "desk", "pattern"]

# --- the disk ------------------------------------------------------------------------------------------------


def test_what_git_needs_to_write_is_in_the_way(desk: Desk, case: str) -> None:
    workshop = desk.folder / ".git" / "sptool"
    shutil.rmtree(workshop)
    workshop.write_text("in the way", "utf-8")
    before = desk.state()
    plain(
        note(desk, case), 3, ".git/sptool in the case folder is not a folder of its own, so nothing is written there."
    )
    assert desk.state() == before
    workshop.unlink()
    assert note(desk, case).code == 0
    desk.assert_sound()


@contextmanager
def _without_rights() -> Iterator[None]:
    """An administrator may write everywhere, so they become nobody for a while."""
    if os.getuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@posix_only
def test_a_folder_that_may_not_be_written(desk: Desk, case: str) -> None:
    assert note(desk, case).code == desk.call("show", case).code == 0  # now every module that is needed is loaded
    with tempfile.TemporaryDirectory(prefix="sptool-test-") as open_to_all:
        place = Path(open_to_all)
        shutil.copytree(desk.folder.parent, place, dirs_exist_ok=True)
        locked = Desk(place / "cases", place / "home", place / "answers")
        before = locked.state()
        for path in (*place.rglob("*"), place):
            if os.getuid() == 0:
                os.chown(path, 65534, 65534)
            path.chmod(0o555 if path.is_dir() else 0o444)
        with _without_rights():
            ran = locked.call("note", case, "--from", locked.answers / "answers.yaml")
            shown = locked.call("show", case)
        for path in (place, *place.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
            if os.getuid() == 0:
                os.chown(path, 0, 0)
        plain(ran, 3, "may not")
        assert shown.code == 0
        assert locked.state() == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB, where this user may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("a small disk can be made on Linux only")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_loses_nothing(desk: Desk, case: str, small_disk: Path) -> None:
    shutil.copytree(desk.folder, small_disk / "cases")
    full = Desk(small_disk / "cases", desk.home, desk.answers)
    before = full.state()
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 512):
            pass
    ran = note(full, case)
    assert ran.code == 3, ran
    assert "Traceback" not in ran.said
    assert full.git("for-each-ref") == before[0]
    filler.unlink()
    assert full.state() == before
    assert len(full.drafts()) == 1
    full.call("note", case, "--resume", code=0)
    assert "One thing more." in full.newest()
    full.assert_sound()


# --- where answers come from and where results go ------------------------------------------------------------


@posix_only
def test_a_pipe_that_is_closed_early(desk: Desk, case: str, tmp_path: Path) -> None:
    fifo = tmp_path / "answers"
    os.mkfifo(fifo)
    before = desk.state()
    process = desk.start("note", case, "--from", fifo)
    with fifo.open("wb") as pipe:
        pipe.write(b"happened_on: 2026-03-02\ntext: On")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, b"") or b"Recorded" in out  # half a line is a line
    process = desk.start("note", case, "--from", fifo)
    fifo.open("wb").close()
    out, err = process.communicate(timeout=60)
    plain(Ran(out.decode(), err.decode(), process.returncode), 2, "text: this must be answered")
    assert before[1] == desk.state()[1]


@posix_only
def test_a_source_without_an_end(desk: Desk, case: str) -> None:
    before = desk.state()
    plain(desk.run("note", case, "--from", "/dev/zero"), 3, "larger than 2 MiB")
    assert desk.state() == before


@posix_only
@pytest.mark.parametrize("words", [("list",), ("show", "REF"), ("--version",), ("form", "referral")])
def test_nobody_reads_the_result(desk: Desk, case: str, words: tuple[str, ...]) -> None:
    process = desk.start(*(case if word == "REF" else word for word in words))
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    said = process.stderr.read().decode()
    assert process.wait(60) in (0, 3)
    assert "Traceback" not in said
    assert "Exception" not in said


@posix_only
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full"])
def test_streams_that_are_closed_or_full(desk: Desk, case: str, closed: str) -> None:
    if "full" in closed and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    answers = desk.file({"happened_on": "2026-03-02", "text": "One thing more."})
    line = f'"{sys.executable}" -m sptool note {case} --from "{answers}" {closed}'
    done = subprocess.run(["sh", "-c", line], cwd=desk.folder, env=desk.environment(), capture_output=True, check=False)
    assert done.returncode in (0, 3), done
    assert b"Traceback" not in done.stderr + done.stdout
    assert b"Exception" not in done.stderr + done.stdout
    assert "One thing more." in desk.newest()
    desk.assert_sound()


def test_a_folder_below_which_one_stands_is_gone(desk: Desk, tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("Windows keeps a folder in which somebody stands")
    gone = tmp_path / "gone"
    line = f'mkdir "{gone}" && cd "{gone}" && rmdir "{gone}" && "{sys.executable}" -m sptool list'
    environment = {**desk.environment(), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, check=False)
    assert done.returncode == 3, done
    assert b"Traceback" not in done.stderr


def test_a_fault_in_sptool_writes_no_text_of_a_case(desk: Desk, case: str) -> None:
    """The one place that reports what nobody foresaw: where in the program, and nothing else."""
    program = f"import sys; from sptool.cli import faults; sys.excepthook = faults.report; raise ValueError('{CANARY}')"
    environment = {**desk.environment(), "TMPDIR": str(desk.home), "TEMP": str(desk.home)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert done.returncode == 70
    assert CANARY.encode() not in done.stderr + done.stdout
    (log,) = desk.home.glob("sptool-fault-*.log")
    assert CANARY not in log.read_text("utf-8")
    assert os.name == "nt" or not stat.S_IMODE(log.stat().st_mode) & 0o077
