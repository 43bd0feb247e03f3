"""Prose in the officer's own editor, in a private file outside the case folder."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from sptool.errors import UsageError
from sptool.text.plain import Plain

_MARK = "# "


def write_in_editor(question: str, before: str) -> Plain:
    """What the officer writes in the editor; an empty text for nothing.

    Args:
        question: shown as a comment at the end of the file.
        before: the text to start from.

    Raises:
        UsageError: the editor can't be started.
        KeyboardInterrupt: the editor was killed or reported a failure.
    """
    with tempfile.TemporaryDirectory(prefix="sptool-") as folder:
        file = Path(folder) / "text.txt"
        file.touch(mode=0o600)
        file.write_text(f"{before}\n\n{_MARK}{question}\n{_MARK}Lines that begin with # are left out.\n", "utf-8")
        _edit(file)
        lines = file.read_text("utf-8", errors="replace").splitlines()
    return "\n".join(line for line in lines if not line.startswith(_MARK.strip())).strip()


def _edit(file: Path) -> None:
    usual = "notepad" if sys.platform == "win32" else "nano"
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or usual
    try:
        done = subprocess.run([*shlex.split(editor, posix=sys.platform != "win32"), str(file)], check=False)
    except OSError:
        raise UsageError("Your editor can't be started.", "Set EDITOR to the name of an editor.") from None
    if done.returncode != 0:
        raise KeyboardInterrupt
