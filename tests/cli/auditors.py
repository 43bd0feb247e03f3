"""What an auditor types, in this process, on a case folder that only is read."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sptool.cli.main import call


@dataclass(frozen=True)
class Answer:
    """What a command printed, and the code with which it ended."""

    out: str
    err: str
    code: int

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def ask(folder: Path, *words: str | Path, today: str = "2026-04-20") -> Answer:
    """Runs a command as if today were the day given."""
    out, err = io.StringIO(), io.StringIO()
    front = ["--no-input", "--cases", str(folder), *(["--today", today] if today else [])]
    with redirect_stdout(out), redirect_stderr(err):
        code = call([*front, *map(str, words)])
    return Answer(out.getvalue(), err.getvalue(), code)


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, git's own included."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
