"""Records a step and dies on the way: `python -m tests.faults.dying FOLDER RECORD [N]`.

Instead of a record's name, `tidy` tidies, `erase` records an erasure and destroys what it takes, and `command` runs
sptool with the words that follow N.

Without a number it prints the moments at which it could die; with one, it kills itself at that moment. A moment is
just before each change to the disk and each start of a program, and just after each start of a program, which then
goes on alone.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import FrameType

from sptool.store.folder import CaseFolder, open_case_folder
from sptool.store.recording import record_step
from sptool.store.tidying import tidy
from tests.store.setting import step

CHANGES = {"os.link", "os.mkdir", "os.remove", "os.rename", "os.utime", "subprocess.Popen", "tempfile.mkstemp"}


class Countdown:
    """Dies at the n-th moment, or only notes them when there is no n.

    Args:
        last: at which moment it dies, counted from 1.
    """

    def __init__(self, last: int) -> None:
        self.last = last
        self.seen: list[tuple[str, str]] = []

    def moment(self, what: str, where: object) -> None:
        """One more moment at which it could die."""
        self.seen.append((what, os.fspath(where) if isinstance(where, str | os.PathLike) else ""))
        if len(self.seen) == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def on_event(self, event: str, args: tuple[object, ...]) -> None:
        """Is told of every change to the disk and every start of a program, just before."""
        writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        nothing_there = event == "os.remove" and isinstance(args[0], str | os.PathLike) and not os.path.lexists(args[0])
        if event == "subprocess.Popen":
            self.moment(event, _command(args[1]))
        elif (event in CHANGES and not nothing_there) or writes:
            self.moment(event, args[1] if event in ("os.link", "os.rename") else args[0])

    def on_call(self, frame: FrameType, event: str, _: object) -> None:
        """Is told of every call; the one that matters is the first after a program has started."""
        if event == "call" and frame.f_code.co_qualname == "Popen.communicate":
            self.moment("started", _command(frame.f_locals["self"].args))


def _command(words: object) -> str:
    """What git is asked to do, without how it is set up."""
    assert isinstance(words, Sequence)
    typed = [str(word) for word in words]
    last = max((at + 1 for at, word in enumerate(typed) if word == "-c"), default=0)
    return " ".join(typed[last + 1 :])


def work(folder: CaseFolder, what: str, words: Sequence[str]) -> Callable[[], object]:
    """What is to be done; it loads what it needs, and no more, since many of these may run at once."""
    if what == "tidy":
        return lambda: tidy(folder, lambda _: None)
    if what == "erase":
        from tests.store.erasing import erase

        return lambda: erase(folder)
    if what == "command":
        from sptool.cli.main import call

        return lambda: call(["--cases", str(folder.root), *words])
    return lambda: record_step(folder, step(what), lambda _: None)


def main(root: str, what: str, last: str = "0", *words: str) -> None:
    """Does it, counting."""
    run = work(open_case_folder(Path(root)), what, words)
    countdown = Countdown(int(last))
    sys.addaudithook(countdown.on_event)
    sys.setprofile(countdown.on_call)
    with redirect_stdout(io.StringIO()):
        run()
    sys.setprofile(None)
    print(json.dumps(countdown.seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
