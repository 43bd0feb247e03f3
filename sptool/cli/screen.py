"""Everything that reaches the terminal goes through here: results to stdout, messages to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from textwrap import fill
from typing import TYPE_CHECKING, TextIO

from sptool.text.english import british
from sptool.text.prose import for_screen

if TYPE_CHECKING:
    from rich.console import Console

    from sptool.desk.clock import Clock
    from sptool.desk.session import Session

WIDTH = 80
_SPELLED_OUT = "backslashreplace"


def settle_encodings() -> None:
    """Sees to it, before anything is said, that every letter can be, whatever this computer's code page is.

    What goes into a file or to another program is UTF-8 with the same line ends everywhere. A terminal keeps its own
    encoding; a letter that it doesn't have is spelled out, as in `\\u0141`.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors=_SPELLED_OUT)
            else:
                stream.reconfigure(encoding="utf-8", errors=_SPELLED_OUT, newline="\n")


def say(text: str = "") -> None:
    """Prints a result."""
    _print(text, sys.stdout)


def say_item(text: str) -> None:
    """Prints an indented item, broken between words; a command or reference is never broken."""
    say(_item(text))


def tell_item(text: str) -> None:
    """Prints an indented message, such as the hint above a question."""
    tell(_item(text))


def _item(text: str) -> str:
    return fill(
        text, WIDTH, initial_indent="  ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


def tell(text: str) -> None:
    """Prints a message, after all results printed before it; also where those can't be printed."""
    with suppress(OSError):  # whoever ends the command tries again, and draws the conclusions
        sys.stdout.flush()
    _print(text, sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    stream.write(for_screen(text) + "\n")


def say_json(data: object) -> None:
    """Prints a result for machines."""
    import json

    text = json.dumps(data, indent=2, ensure_ascii=False, default=str)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # spelled out as JSON has it, so that it stays JSON
        text = json.dumps(data, indent=2, default=str)
    sys.stdout.write(text + "\n")


def say_bytes(content: bytes) -> None:
    """Prints a file's content: every byte as it is, or as text where a terminal shows it."""
    beneath = getattr(sys.stdout, "buffer", None)
    if beneath is None or sys.stdout.isatty():
        sys.stdout.write(content.decode())
        return
    sys.stdout.flush()
    beneath.write(content)
    beneath.flush()


def console() -> Console:
    """A console as wide as the terminal, or 80 columns where there is none; colour only where it is wanted."""
    from rich.console import Console

    wide = None if sys.stdout.isatty() else WIDTH
    return Console(width=wide, highlight=False, soft_wrap=False, emoji=False, markup=False)


def say_table(headings: Sequence[str], rows: Iterable[Sequence[str]], keep_whole: Iterable[int] = (0,)) -> None:
    """Prints a table without lines, which a screen reader reads row by row.

    Args:
        keep_whole: the columns that are never broken over lines.
    """
    from rich.table import Table
    from rich.text import Text

    whole = set(keep_whole)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for number, heading in enumerate(headings):
        table.add_column(heading, no_wrap=number in whole, overflow="fold")
    for row in rows:
        table.add_row(*(Text(for_screen(cell)) for cell in row))
    console().print(table)


def heading(text: str) -> None:
    """Prints the heading of a part of a screen; bold where that shows."""
    if not sys.stdout.isatty():
        say(text)
        return
    from rich.text import Text

    console().print(Text(for_screen(text), style="bold"))


def is_terminal() -> bool:
    """Whether somebody sits at both ends: questions can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def say_if_practice(session: Session) -> None:
    """A line among the messages, so that nobody takes a practice case for a real one."""
    say_practice(session.folder.settings.training, session.clock)


def say_practice(training: bool, clock: Clock) -> None:
    """The same where it is known already what the folder is for."""
    pretended = f"today is taken to be {british(clock.today)}" if clock.pretended else ""
    if training:
        tell("PRACTICE FOLDER: no real cases" + (f"; {pretended}" if pretended else "") + ".")
    elif pretended:
        tell(f"Note: {pretended}.")
