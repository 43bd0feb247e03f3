"""A step on its way: what was asked for, and what was recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sptool.desk.flags import Typed
from sptool.desk.private_files import FileToKeep
from sptool.records.header import Record
from sptool.text.plain import Plain

Given = Mapping[str, Any]
"""What was typed for a command, by what its row calls each answer and switch."""


@dataclass(frozen=True)
class Wanted:
    """What was typed for a step.

    Args:
        reference: the case; empty for a new one.
        flags: what was typed, one flag at a time.
        source: the YAML of `--from`, or None.
        replaces: what the record takes the place of, if anything.
        not_names: places confirmed as no names.
        names_nobody: the officer's word that the step names nobody, where not every name can be looked for.
        dry_run: whether to stop before recording.
        resume: whether to go on from the kept draft.
        defaults: answers that stand unless others are given.
        from_form: whether the answers stand in an agency's own form, so that what it leaves open is not asked.
    """

    kind: str
    reference: str = ""
    flags: Sequence[Typed] = ()
    source: str | None = None
    replaces: dict[str, Plain] | None = None
    files: Sequence[FileToKeep] = ()
    not_names: tuple[str, ...] = ()
    names_nobody: bool = False
    dry_run: bool = False
    resume: bool = False
    defaults: dict[str, Plain] = field(default_factory=dict)
    suggest: dict[str, Plain] = field(default_factory=dict)
    from_form: bool = False

    def answer(self, field: str) -> Plain:
        """What was typed for a field that takes one answer; None if nothing was."""
        return next((one.data[field] for one in self.flags if field in one.data), None)


@dataclass(frozen=True)
class Instead:
    """What was done instead of recording a step.

    Args:
        record: the record that it finished, which was there before; None if there is none.
    """

    said: str = ""
    record: Record | None = None


@dataclass(frozen=True)
class Recorded:
    """A step that was recorded, or would be.

    Args:
        commit: the commit's id; empty after a dry run.
    """

    record: Record
    commit: str
    title: str
