"""Prose in the officer's own editor, in a private file outside the case folder."""

from __future__ import annotations

import codecs
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from sptool.desk.conversation import WritingStopped
from sptool.errors import UsageError

_MARK = "# "


def write_in_editor(question: str, before: str) -> str:
    """What the officer writes in the editor; an empty text for nothing.

    Args:
        question: shown as a comment at the end of the file.
        before: the text to start from.

    Raises:
        UsageError: the editor can't be started.
        WritingStopped: the editor was killed or reported a failure. It holds what was written.
    """
    with tempfile.TemporaryDirectory(prefix="sptool-") as folder:
        file = Path(folder) / "text.txt"
        file.touch(mode=0o600)
        file.write_text(f"{before}\n\n{_MARK}{question}\n{_MARK}Lines that begin with # are left out.\n", "utf-8")
        well = _edit(file)
        text = _written(file)
    if not well:
        raise WritingStopped(question, text)
    return text


def _written(file: Path) -> str:
    if not file.is_file():
        return ""
    lines = as_text(file.read_bytes()).splitlines()
    return "\n".join(line for line in lines if not line.startswith(_MARK.strip())).strip()


def as_text(content: bytes) -> str:
    """What an editor saved: UTF-8 as it was given, or what editors in England write instead."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _edit(file: Path) -> bool:
    usual = "notepad" if sys.platform == "win32" else "nano"
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or usual
    try:
        done = subprocess.run([*shlex.split(editor, posix=sys.platform != "win32"), str(file)], check=False)
    except OSError:
        raise UsageError("Your editor can't be started.", "Set EDITOR to the name of an editor.") from None
    return done.returncode == 0
