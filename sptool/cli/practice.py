"""Says on every screen that a folder is for practice, or that today is pretended."""

from __future__ import annotations

from sptool.cli.screen import tell
from sptool.desk.clock import Clock
from sptool.desk.session import Session
from sptool.text.english import british


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
