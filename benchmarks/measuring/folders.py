"""The generated folders that are measured on, made once and kept, and working copies of them."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from benchmarks.measuring.process import says
from sptool import __version__
from sptool.store.folder import NEWEST_FORMAT

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-20"
_MAKES = ("benchmarks/generating/*.py", "templates/case-folder/**/*")
_SPTOOLS_OWN = ("core.autocrlf", "core.safecrlf", "core.fsync", "core.fsyncMethod", "gc.auto")


class Folders:
    """Generated case folders.

    Args:
        data: where they are kept.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.copies: list[Path] = []

    def generated(self, cases: int) -> Path:
        """The folder with so many cases; made if it is not there yet. It is read, never written to."""
        folder = self.data / f"cases-{cases}-{_version()}"
        if not folder.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(self.data / "making", ignore_errors=True)
            script = str(ROOT / "benchmarks" / "generate.py")
            says(sys.executable, script, str(self.data / "making"), "--cases", str(cases), "--until", TODAY)
            (self.data / "making").rename(folder)
        return folder

    def copy(self, cases: int, name: str, *, plain: bool = False) -> Path:
        """A working copy of a generated folder, with git's index up to date.

        Args:
            cases: of the folder with so many cases.
            name: what the copy is for.
            plain: with git's own defaults in the place of what sptool sets for the folder.
        """
        target = self.data / f"copy-{cases}-{name}"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.generated(cases), target)
        self.copies.append(target)
        if plain:
            for setting in _SPTOOLS_OWN:
                says("git", "config", "--unset", setting, folder=target)
        says("git", "status", folder=target)
        return target

    def tidy(self) -> None:
        """Removes the copies."""
        for folder in self.copies:
            shutil.rmtree(folder, ignore_errors=True)


def _version() -> str:
    """Changes when the generated folders would."""
    digest = hashlib.sha256(f"{__version__} {NEWEST_FORMAT}".encode())
    for path in sorted(path for pattern in _MAKES for path in ROOT.glob(pattern) if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def waiting_cases(folder: Path) -> list[str]:
    """The cases of a generated folder that wait for their notification decision, by reference."""
    of_the_year = (folder / TODAY[:4]).glob("*/")
    return sorted(case.name for case in of_the_year if _waits(case))


def _waits(case: Path) -> bool:
    kinds = {_kind(path) for path in case.glob("*.yaml")}
    return "referral" in kinds and kinds <= {"referral", "clarification-question", "clarification-reply", "constraint"}


def _kind(path: Path) -> str:
    """A record's kind, from the name of its file: after the moment, before the id."""
    return path.stem[len("YYYY-MM-DD-HHMMSSZ-") :].rpartition("-")[0]


def typical_case(folder: Path) -> str:
    """A case of 20 records or a little more from the middle of the history: where it is, such as `2024/TST-2024-…`."""
    middle = sorted(folder.glob("20[0-9][0-9]"))
    candidates = sorted(case for case in middle[len(middle) // 2].iterdir() if 20 <= len(list(case.iterdir())) <= 24)
    return candidates[len(candidates) // 2].relative_to(folder).as_posix()
