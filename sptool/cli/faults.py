"""What was typed wrongly, and faults in sptool itself: plain words, no traceback, no case text anywhere."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import NoReturn

from typer.exceptions import TyperException

from sptool import __version__
from sptool.cli.screen import tell
from sptool.desk.done import Done

FAULT = 70
USAGE = 2
UNFIT = 3
STOPPED = 130
_OF_THE_DISK = {
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "The disk is full, or this user may write no more to it."
    ),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "sptool may not read or write a file that it needs."),
    errno.EMFILE: "Too many files are open on this computer.",
}
TYPED_WRONG = TyperException
"""What typer raises for every command line that it can't read."""


def explain_usage(error: Exception) -> int:
    """Says what is wrong with a command line, without repeating what was typed.

    Returns:
        The exit code for usage.
    """
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "sptool"
    tell(_what(error, path))
    commands = _commands_of(context) if path != "sptool" else ()
    if commands:
        tell(f"Its commands: {', '.join(commands)}. For example: {path} {commands[0]}")
    tell(f"To see how it is used: {path} --help")
    return USAGE


def _commands_of(context: object) -> tuple[str, ...]:
    """The commands of a group such as `sptool clarify`; none for a command."""
    return tuple(getattr(getattr(context, "command", None), "commands", ()))


def _what(error: Exception, path: str) -> str:
    match type(error).__name__:
        case "NoSuchOption":
            return f"{path} has no such option.{_near(getattr(error, 'possibilities', None))}"
        case "MissingParameter":
            return f"{path} needs {_name_of(error)}."
        case "BadParameter":
            return f"{_name_of(error)} can't be read as it was typed."
        case "NoArgsIsHelpError":
            return f"{path} needs a command."
    text = str(error)
    if text.startswith("No such command"):
        return f"{path} has no such command.{text[text.find(' Did you mean') :] if ' Did you mean' in text else ''}"
    return f"{path} can't be used like this: something is missing, or there is too much."


def _near(words: Iterable[str] | None) -> str:
    found = list(words or ())
    return f" Did you mean {' or '.join(found)}?" if found else ""


def _name_of(error: Exception) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "An argument"
    named = parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.metavar or parameter.name.upper()
    return str(named)


def report(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None, done: Done | None = None
) -> None:
    """Reports a fault in sptool: a private log that names places in the program only, and an exit code of its own.

    Args:
        fault: what was raised; its text may hold a case's words, so it is never written.
    """
    import traceback

    del fault
    done = done or Done()
    if issubclass(kind, KeyboardInterrupt):
        _leave(done.code(STOPPED))
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    lines = [f"sptool {__version__}, Python {sys.version.split()[0]}", *places, kind.__name__, ""]
    with suppress(OSError):
        tell("Something is wrong in sptool itself. What was recorded before is safe.")
        if done.steps:
            tell(done.so_far())
        log = _logged("\n".join(lines))
        tell(f"Please send this file, which holds nothing about any case, to the person who looks after sptool: {log}")
    _leave(FAULT)


def _logged(text: str) -> str:
    import tempfile

    handle, name = tempfile.mkstemp(prefix="sptool-fault-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(text)
    return name


def _leave(code: int) -> NoReturn:
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(code)


def explain_disk(error: OSError, done: Done) -> int:
    """Says that the computer would not read or write something. The file's name may identify somebody: it is left out.

    Returns:
        The exit code for an unfit folder, unless all that was asked for is done.
    """
    tell(_OF_THE_DISK.get(error.errno or 0, "The computer would not read or write a file that sptool needs."))
    if done.steps:
        tell(done.so_far())
    else:
        tell("What was recorded before is safe." + (" This step was not recorded." if done.left else ""))
    return done.code(UNFIT)


def open_missing_streams() -> None:
    """Whoever starts sptool with a stream closed gets one that leads nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def close_output() -> None:
    """Lets go of output that nobody takes any more, so that Python does not complain about it at the end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
