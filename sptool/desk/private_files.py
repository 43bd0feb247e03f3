"""What is kept on a case's particulars ref with a record: identifying answers, attachments, documents as sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sptool.desk.chance import Chance
from sptool.errors import UsageError
from sptool.records.particulars import PARTICULARS_FILE, Particulars
from sptool.records.plain import to_plain
from sptool.text.plain import Plain
from sptool.text.yaml import write_yaml

LARGEST_FILE = 50 * 1024 * 1024


@dataclass(frozen=True)
class FileToKeep:
    """A file that belongs to a step.

    Args:
        stem: what it is there: `attachment` or `document`. Its own name may identify somebody and is not kept.
        ending: the ending of its name, such as `.pdf`.
    """

    stem: str
    ending: str
    content: bytes


@dataclass(frozen=True)
class PrivateFile:
    """What goes onto the particulars ref.

    Args:
        content: the salt on a line of its own, then the bytes.
    """

    name: str
    content: bytes

    def as_part(self) -> dict[str, Plain]:
        """How the record names it."""
        return {"file": self.name, "sha256": sha256(self.content).hexdigest()}


def attachment(file: Path) -> FileToKeep:
    """A file that an officer names.

    Raises:
        UsageError: it can't be read, or is too large.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError:
        raise UsageError("The file to attach can't be read.", "Check its path.") from None
    if len(content) > LARGEST_FILE:
        raise UsageError("The file to attach is larger than 50 MB.", "Attach a smaller copy of it.")
    return FileToKeep("attachment", _ending(file), content)


def _ending(file: Path) -> str:
    ending = file.suffix.lower()
    return ending if 2 <= len(ending) <= 6 and ending[1:].isalnum() and ending.isascii() else ".bin"


def private_files(particulars: Particulars, files: Sequence[FileToKeep], chance: Chance) -> list[PrivateFile]:
    """Everything private of a record, each file with a salt of its own."""
    made: list[PrivateFile] = []
    if particulars != Particulars():
        made.append(_salted(PARTICULARS_FILE, write_yaml(to_plain(particulars)), chance))
    for number, file in enumerate(files, 1):
        made.append(_salted(f"{file.stem}-{number}{file.ending}", file.content, chance))
    return made


def _salted(name: str, content: bytes, chance: Chance) -> PrivateFile:
    return PrivateFile(name, chance.salt().encode() + b"\n" + content)
