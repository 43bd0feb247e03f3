"""Records a step and dies on the way: `python -m tests.faults.dying FOLDER RECORD [N]`; `tidy` tidies instead.

Without a number it counts the moments at which it could die and prints how many there are; with one, it kills
itself at that moment. A moment is just before each change to the disk and each start of a program, and just after
each start of a program, which then goes on alone.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from sptool.store.folder import open_case_folder
from sptool.store.recording import record_step
from sptool.store.tidying import tidy
from tests.store.setting import step

CHANGES = {"os.link", "os.mkdir", "os.remove", "os.rename", "os.utime", "subprocess.Popen", "tempfile.mkstemp"}


class Countdown:
    """Dies at the n-th moment, or only counts when there is no n."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.seen = 0

    def moment(self) -> None:
        """One more moment at which it could die."""
        self.seen += 1
        if self.seen == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def on_event(self, event: str, args: tuple[object, ...]) -> None:
        """Is told of every change to the disk and every start of a program, just before."""
        writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if event in CHANGES or writes:
            self.moment()

    def on_call(self, frame: FrameType, event: str, _: object) -> None:
        """Is told of every call; the one that matters is the first after a program has started."""
        if event == "call" and frame.f_code.co_qualname == "Popen.communicate":
            self.moment()


def main(root: str, record: str, last: str = "0") -> None:
    """Records or tidies, counting."""
    folder = open_case_folder(Path(root))
    countdown = Countdown(int(last))
    sys.addaudithook(countdown.on_event)
    sys.setprofile(countdown.on_call)
    if record == "tidy":
        tidy(folder, lambda _: None)
    else:
        record_step(folder, step(record), lambda _: None)
    sys.setprofile(None)
    print(countdown.seen)


if __name__ == "__main__":
    main(*sys.argv[1:])
