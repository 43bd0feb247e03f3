"""What an officer typed before a step was recorded: private, outside the case folder, gone once it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sptool.errors import UsageError
from sptool.store.drafts import drop_draft, find_draft, keep_draft
from sptool.text.plain import Plain
from sptool.text.yaml import read_plain, write_yaml


@dataclass(frozen=True)
class Draft:
    """The draft of one step.

    Args:
        folder: the case folder.
        case: the case's reference, or `new`.
        kind: the kind of record.
    """

    folder: Path
    case: str
    kind: str

    def keep(self, answers: Mapping[str, Plain]) -> None:
        """Keeps what was answered so far."""
        if answers:
            keep_draft(self.folder, self.case, self.kind, write_yaml(answers))

    def read(self) -> dict[str, Plain]:
        """What was kept.

        Raises:
            UsageError: there is no draft.
        """
        place = find_draft(self.folder, self.case, self.kind)
        if place is None:
            raise UsageError("There is no draft of this step to go on from.", "Leave out --resume.")
        data = read_plain(place.read_bytes(), "the draft")
        return data if isinstance(data, dict) else {}

    def drop(self) -> None:
        """Forgets the draft, once the step is recorded."""
        drop_draft(self.folder, self.case, self.kind)

    def how_to_resume(self, command: str) -> str:
        """What to type to go on; nothing if nothing was typed yet."""
        if find_draft(self.folder, self.case, self.kind) is None:
            return ""
        return f"What you typed is kept privately on this computer. To go on: {command} --resume"
