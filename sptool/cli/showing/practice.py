"""Says on every screen that a folder is for practice, or that today is pretended."""

from __future__ import annotations

from sptool.cli.dates import british
from sptool.cli.screen import tell
from sptool.cli.session import Session


def say_if_practice(session: Session) -> None:
    """A line among the messages, so that nobody takes a practice case for a real one."""
    pretended = f"today is taken to be {british(session.clock.today)}" if session.clock.pretended else ""
    if session.folder.settings.training:
        tell("PRACTICE FOLDER: no real cases" + (f"; {pretended}" if pretended else "") + ".")
    elif pretended:
        tell(f"Note: {pretended}.")
