"""What was typed wrongly, and faults in sptool itself: plain words, no traceback, no case text anywhere."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Iterable
from types import TracebackType

from typer.exceptions import TyperException

from sptool import __version__
from sptool.cli.screen import tell

FAULT = 70
USAGE = 2
TYPED_WRONG = TyperException
"""What typer raises for every command line that it can't read."""


def explain_usage(error: Exception) -> int:
    """Says what is wrong with a command line, without repeating what was typed.

    Args:
        error: what typer raised.

    Returns:
        The exit code for usage.
    """
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "sptool"
    tell(_what(error, path))
    tell(f"To see how it is used: {path} --help")
    return USAGE


def _what(error: Exception, path: str) -> str:
    match type(error).__name__:
        case "NoSuchOption":
            return f"{path} has no such option.{_near(getattr(error, 'possibilities', None))}"
        case "MissingParameter":
            return f"{path} needs {_name_of(error)}."
        case "BadParameter":
            return f"{_name_of(error)} is not of its form."
        case "NoArgsIsHelpError":
            return f"{path} needs a command."
    text = str(error)
    if text.startswith("No such command"):
        return f"{path} has no such command.{text[text.find(' Did you mean') :] if ' Did you mean' in text else ''}"
    return f"This is not how {path} is used: something is missing or too much."


def _near(words: Iterable[str] | None) -> str:
    found = list(words or ())
    return f" Did you mean {' or '.join(found)}?" if found else ""


def _name_of(error: Exception) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "An argument"
    return str(parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.name.upper())


def report(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Reports a fault in sptool: a private log that names places in the program only, and an exit code of its own.

    Args:
        kind: the class of what was raised.
        fault: what was raised; its text may hold a case's words, so it is never written.
        trace: where it was raised.
    """
    del fault
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    handle, name = tempfile.mkstemp(prefix="sptool-fault-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write("\n".join([f"sptool {__version__}, Python {sys.version.split()[0]}", *places, kind.__name__, ""]))
    tell("Something is wrong in sptool itself. What was recorded before is safe.")
    tell(f"Please send this file, which holds nothing about any case, to whoever looks after sptool: {name}")
    sys.stdout.flush()
    os._exit(FAULT)
