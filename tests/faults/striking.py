"""Runs a program and strikes at one of its changes to a folder, counted over it and every program that it starts:
`python -m tests.faults.striking FOLDER REPORT FAULT MOMENT MODULE WORDS...`

A moment is just before the system makes a change: a file opened for writing, written, synced, renamed, linked or
removed, a folder made or removed. At that moment FAULT happens:

    count      nothing; the report lists the moments
    kill-all   every process dies, as when somebody logs off
    kill-one   the process that makes the change dies, and the others go on
    EIO        the system refuses this change; so with every other name of an error
    full       from here on, the system refuses every change that needs room

Linux on x86-64 only: the system itself is asked (seccomp) to stop the processes at these changes and at no others.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import platform
import signal
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.loaded import end, run_here

# By number, as the system knows it: what it is called, and which argument names the file: by a path, by a folder and
# a path in it, or by a descriptor.
CALLS = {
    1: ("write", "fd", 0),
    2: ("open", "path", 0),
    18: ("write", "fd", 0),
    20: ("write", "fd", 0),
    74: ("sync", "fd", 0),
    75: ("sync", "fd", 0),
    76: ("truncate", "path", 0),
    77: ("truncate", "fd", 0),
    82: ("rename", "path", 1),
    83: ("mkdir", "path", 0),
    84: ("rmdir", "path", 0),
    85: ("open", "path", 0),
    86: ("link", "path", 1),
    87: ("unlink", "path", 0),
    88: ("link", "path", 1),
    90: ("chmod", "path", 0),
    91: ("chmod", "fd", 0),
    257: ("open", "at", 0),
    258: ("mkdir", "at", 0),
    263: ("unlink", "at", 0),
    264: ("rename", "at", 2),
    265: ("link", "at", 2),
    266: ("link", "at", 1),
    268: ("chmod", "at", 0),
    280: ("utime", "at", 0),
    285: ("truncate", "fd", 0),
    316: ("rename", "at", 2),
}
FLAGS = {2: 1, 257: 2}  # where the flags of an `open` stand
NEEDS_ROOM = {"open", "write", "mkdir", "link", "rename", "truncate"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_TRACEME, _CONT, _GETREGS, _SETREGS, _SETOPTIONS = 0, 7, 12, 13, 0x4200
_OPTIONS = 0x2 | 0x4 | 0x8 | 0x10 | 0x80 | 0x100000  # fork, vfork, clone, exec, seccomp; all die with us
_WALL = 0x40000000
_EVENT_OF_SECCOMP = 7
_REGISTERS = struct.Struct("27Q")
_RAX, _ORIG_RAX = 10, 15
_ARGUMENTS = (14, 13, 12, 7, 9, 8)  # rdi, rsi, rdx, r10, r8, r9
_HERE = -100  # AT_FDCWD

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
libc.ptrace.restype = ctypes.c_long


def can_strike() -> bool:
    """Whether this system lets processes be stopped so."""
    return sys.platform == "linux" and platform.machine() == "x86_64" and _probe() == 0


def _probe() -> int:
    pid = os.fork()
    if pid == 0:
        os._exit(0 if libc.ptrace(_TRACEME, 0, None, None) == 0 and libc.prctl(21, 0, 0, 0, 0) == 0 else 1)
    return os.waitpid(pid, 0)[1]


@dataclass
class Strike:
    """A program under watch.

    Args:
        folder: where changes count.
        fault: what happens.
        moment: when, counted from 1.
        moments: the changes so far: what, where below the folder, and by which program.
    """

    folder: Path
    fault: str
    moment: int
    moments: list[tuple[str, str, str]] = field(default_factory=list)
    known: set[int] = field(default_factory=set)

    def run(self, words: list[str]) -> int:
        """Runs a module with the words after it to its end; its exit status as the system has it."""
        first = os.fork()
        if first == 0:
            _become(words)
        os.waitpid(first, 0)
        _ptrace(_SETOPTIONS, first, None, _OPTIONS)
        self.known.add(first)
        _ptrace(_CONT, first, None, 0)
        ended = 0
        for pid, status in _stops():
            if os.WIFSTOPPED(status):
                self._stopped(pid, status)
            elif pid == first:
                ended = status
        return ended

    def _stopped(self, pid: int, status: int) -> None:
        event, number = status >> 16, os.WSTOPSIG(status)
        if event == _EVENT_OF_SECCOMP:
            self._at_a_call(pid)
        fresh = pid not in self.known and number == signal.SIGSTOP  # how a new process or thread begins
        self.known.add(pid)
        quiet = event or fresh or number == signal.SIGTRAP
        _ptrace(_CONT, pid, None, 0 if quiet else number)

    def _at_a_call(self, pid: int) -> None:
        registers = _registers(pid)
        kind, how, at = CALLS[registers[_ORIG_RAX]]
        place = _place(pid, how, [registers[one] for one in _ARGUMENTS], at)
        if place is None or not place.is_relative_to(self.folder):
            return
        program = Path(f"/proc/{pid}/exe").readlink().name
        self.moments.append((kind, place.relative_to(self.folder).as_posix(), program))
        now = len(self.moments)
        if now == self.moment and self.fault.startswith("kill"):
            for one in self.known if self.fault == "kill-all" else [pid]:
                _end(one)
        elif self.fault == "full" and now >= self.moment > 0 and kind in NEEDS_ROOM:
            _refuse(pid, registers, errno.ENOSPC)
        elif now == self.moment and self.fault.startswith("E"):
            _refuse(pid, registers, getattr(errno, self.fault))


def _stops() -> Iterator[tuple[int, int]]:
    while True:
        try:
            yield os.waitpid(-1, _WALL)
        except ChildProcessError:
            return


def _become(words: list[str]) -> None:
    """In the new process: asks to be watched, and runs the module."""
    libc.ptrace(_TRACEME, 0, None, None)
    os.kill(os.getpid(), signal.SIGSTOP)
    lines = _filter()
    program = struct.pack("HL", len(lines) // 8, ctypes.addressof(held := ctypes.create_string_buffer(lines)))
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.create_string_buffer(program), 0, 0):
        os._exit(99)
    del held
    end(run_here(words))


def _filter() -> bytes:
    """For the system: stop at these calls, and at an `open` only where it may change something."""
    load, equal, has, end = 0x20, 0x15, 0x45, 0x06
    stop, go_on = 0x7FF00000, 0x7FFF0000
    lines: list[tuple[int, int, int, int]] = [(load, 0, 0, 0)]
    for number in CALLS:
        if number in FLAGS:
            flags = 16 + 8 * FLAGS[number]
            lines += [(equal, 0, 4, number), (load, 0, 0, flags), (has, 0, 1, WRITES), (end, 0, 0, stop)]
            lines += [(end, 0, 0, go_on)]
        else:
            lines += [(equal, 0, 1, number), (end, 0, 0, stop)]
    lines.append((end, 0, 0, go_on))
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def _ptrace(request: int, pid: int, address: object, data: object) -> None:
    libc.ptrace(request, pid, address, data)  # of a process that has died meanwhile, the next wait tells


def _registers(pid: int) -> list[int]:
    held = ctypes.create_string_buffer(_REGISTERS.size)
    _ptrace(_GETREGS, pid, None, ctypes.addressof(held))
    return list(_REGISTERS.unpack(held.raw))


def _refuse(pid: int, registers: list[int], number: int) -> None:
    """The call is not made, and answers with an error."""
    registers[_ORIG_RAX] = 2**64 - 1
    registers[_RAX] = 2**64 - number
    held = ctypes.create_string_buffer(_REGISTERS.pack(*registers))
    _ptrace(_SETREGS, pid, None, ctypes.addressof(held))


def _end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _place(pid: int, how: str, arguments: list[int], at: int) -> Path | None:
    """The file that a call is about; None for a pipe and the like."""
    if how == "fd":
        return _of_descriptor(pid, arguments[at])
    base = Path(f"/proc/{pid}/cwd").readlink()
    if how == "at":
        number = ctypes.c_int(arguments[at] & 0xFFFFFFFF).value
        base = base if number == _HERE else _of_descriptor(pid, number) or base
        at += 1
    if not arguments[at]:
        return base
    return Path(os.path.normpath(base / _text(pid, arguments[at])))


def _of_descriptor(pid: int, number: int) -> Path | None:
    with suppress(OSError):
        named = Path(f"/proc/{pid}/fd/{number}").readlink()
        return named if named.is_absolute() else None
    return None


def _text(pid: int, address: int) -> str:
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        memory.seek(address)
        return memory.read(4096).split(b"\0", 1)[0].decode(errors="surrogateescape")


def main(folder: str, report: str, fault: str, moment: str, *words: str) -> None:
    """Runs the module, and ends as it ended."""
    strike = Strike(Path(folder), fault, int(moment))
    status = strike.run(list(words))
    Path(report).write_text(json.dumps(strike.moments), "utf-8")
    sys.exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))


if __name__ == "__main__":
    main(*sys.argv[1:])
