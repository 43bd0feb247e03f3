"""A step on its way: what was asked for by flags and otherwise, and what was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sptool.desk.private_files import FileToKeep
from sptool.errors import UsageError
from sptool.records.header import Record
from sptool.text.plain import Plain
from sptool.workflow.steps.row import Flag


@dataclass(frozen=True)
class Typed:
    """What one flag or argument says, each time that it is typed.

    Args:
        word: the word that was typed with it; empty for a flag that takes none.
    """

    flag: str
    data: dict[str, Plain]
    word: str = ""

    @property
    def whole(self) -> str:
        """The flag as it was typed."""
        return f"{self.flag} {self.word}".strip()


def typed_with(flag: Flag, given: str | Sequence[str] | None) -> Iterator[Typed]:
    """What a flag says, once for each time that it was typed.

    Raises:
        UsageError: one of them can't be read as it was typed.
    """
    for word in [given] if isinstance(given, str) else given or ():
        if word:
            yield Typed(flag.name, {flag.field: _answer(flag, word)}, word)


def _answer(flag: Flag, word: str) -> Plain:
    match flag.shape:
        case "one":
            return word
        case "many":
            return [word]
        case "entries":
            return [{flag.key: word}]
        case "positions":
            partner, said = _pair(flag, word)
            return [{"partner": partner, "position": said}]
        case "criteria":
            place, answer = _pair(flag, word)
            child, _, criterion = place.rpartition(":")
            return [{"child": child or "child-a", "answers": {criterion: answer}}]


def _pair(flag: Flag, word: str) -> tuple[str, Plain]:
    name, equals, value = word.partition("=")
    if not equals:
        raise UsageError(f"{flag.name} was given something that it can't read.", f"Write: {flag.help}.")
    return name, value


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
