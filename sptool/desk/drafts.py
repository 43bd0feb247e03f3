"""What an officer typed before a step was recorded: private, outside the case folder, gone once it is recorded.

A run forgets only a draft that it wrote or went on from. One that was kept before stays until `--resume` takes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sptool.desk.answers import LARGEST_ANSWERS, Answers
from sptool.desk.conversation import WritingStopped
from sptool.desk.correction import FIELD, REASONS, WHAT, command_of
from sptool.desk.wanted import Wanted
from sptool.errors import Interrupted, InvalidAnswers, UnfitFile, UsageError
from sptool.records.kinds import KINDS
from sptool.records.questions import questions
from sptool.store.drafts import AS_TYPED, MOST, REPLACING, drop_draft, find_draft, keep_draft, numbered
from sptool.text.plain import Plain
from sptool.text.yaml import read_plain, write_yaml

INPUT = "standard input"


@dataclass
class Draft:
    """The draft of one step in one run.

    Args:
        case: the case's reference, or `new`.
        step: the step, as `step_of` names it.
        own: which of the drafts of this step is this run's; None as long as it has none.
    """

    folder: Path
    case: str
    step: str
    own: int | None = field(default=None)

    def keep(self, answers: Mapping[str, Plain]) -> None:
        """Keeps what was answered so far.

        Raises:
            UsageError: too many drafts of this step are kept already.
        """
        if answers:
            self._keep(write_yaml(answers))

    def read(self) -> dict[str, Plain]:
        """What was kept last. From now on it is this run's draft.

        Raises:
            UsageError: there is no draft.
        """
        kept = self._kept()
        if not kept:
            raise UsageError("There is no draft of this step to go on from.", "Leave out --resume.")
        self.own = max(kept, key=lambda number: (kept[number].stat().st_mtime_ns, number))
        return self.read_own()

    def read_own(self) -> dict[str, Plain]:
        """What this run kept so far; nothing if it kept nothing."""
        place = self._kept().get(self.own or 0)
        data = read_plain(place.read_bytes(), "the draft") if place else None
        return data if isinstance(data, dict) else {}

    def drop(self) -> None:
        """Forgets this run's draft, once the step is recorded."""
        if self.own is not None:
            drop_draft(self.folder, self.case, numbered(self.step, self.own))
            self.own = None

    def how_to_resume(self, command: str) -> str:
        """What to type to go on; nothing if nothing was typed yet."""
        if self.own is None:
            return ""
        return f"What you typed is kept privately on this computer. To go on: {command} --resume"

    def earlier(self, command: str) -> str:
        """What to type to go on with a draft that was there before; nothing if there is none."""
        if not self._kept().keys() - {self.own}:
            return ""
        return f"An earlier draft of this step is kept privately on this computer. To go on with it: {command} --resume"

    def keep_as_typed(self, content: bytes) -> Path:
        """Keeps what can't be read as answers, byte for byte, and says where."""
        apart = Draft(self.folder, self.case, f"{self.step} {AS_TYPED}")
        return apart._keep(content)

    def _keep(self, content: bytes) -> Path:
        if self.own is None:
            self.own = self._place_for(content)
        return keep_draft(self.folder, self.case, numbered(self.step, self.own), content)

    def _place_for(self, content: bytes) -> int:
        """The first place that is free, or that holds the very same: typing it twice makes no second draft."""
        kept = self._kept()
        for number in range(1, MOST + 1):
            if number not in kept or kept[number].read_bytes() == content:
                return number
        raise UsageError(
            f"{MOST} drafts of this step are kept already, so this one can't be.",
            "Type the command with --resume, and finish or go through the earlier ones first.",
        )

    def _kept(self) -> dict[int, Path]:
        found = {
            number: find_draft(self.folder, self.case, numbered(self.step, number)) for number in range(1, MOST + 1)
        }
        return {number: place for number, place in found.items() if place is not None}


def step_of(kind: str, replaces: Mapping[str, Plain] | None) -> str:
    """What a draft is filed under: the kind, or which record is replaced and how.

    Args:
        replaces: what the record takes the place of, if anything.
    """
    # A decision that somebody else took meanwhile is resumed as one taken afresh, so both are one step here.
    own = replaces is not None and replaces["as"] in REPLACING
    return f"{replaces['as']} {replaces['record']}" if replaces and own else kind


def unfit_input(unfit: UnfitFile, wanted: Wanted, draft: Draft, content: bytes) -> UnfitFile:
    """The same complaint about standard input, with the place where the text lies now."""
    return UnfitFile(unfit.problems, f"{unfit.fix}\n{kept_as_typed(wanted, draft, content)}".strip())


def kept_as_typed(wanted: Wanted, draft: Draft, content: bytes) -> str:
    """Keeps what came through standard input byte for byte, and says where; nothing for what can't or need not be."""
    if wanted.dry_run or not content.strip() or len(content) > LARGEST_ANSWERS:
        return ""
    return f"{_where(draft.keep_as_typed(content))}\nPut it right there, and give it with --from."


def _where(place: Path) -> str:
    return f"What you typed is kept at {place}"


def kept(problems: InvalidAnswers, wanted: Wanted, answers: Answers, draft: Draft) -> InvalidAnswers:
    """What came through standard input lies in no file, so it is kept."""
    if wanted.source != "-" or wanted.dry_run:
        return problems
    draft.keep(all_said(wanted, answers))
    return InvalidAnswers(problems.problems, f"{problems.fix}\n{draft.how_to_resume(command_of(wanted))}".strip())


def all_said(wanted: Wanted, answers: Answers) -> dict[str, Plain]:
    """The answers with the reason for replacing a record, as the YAML has them."""
    why = {name: said for name, said in (wanted.replaces or {}).items() if name in REASONS}
    return {**answers.data, **({FIELD: dict(why)} if why else {})}


def interrupted(stop: BaseException, wanted: Wanted, answers: Answers, draft: Draft) -> Interrupted:
    """That the officer stopped, with what to type to go on.

    Args:
        stop: how the officer stopped; an editor that broke off holds what was written in it.
        answers: what was answered before the first question.
    """
    place = ""
    if isinstance(stop, WritingStopped) and stop.text:
        place = _rescued(stop, wanted, answers, draft)
    fix = "\n".join(line for line in (draft.how_to_resume(command_of(wanted)), place) if line)
    return Interrupted("Nothing was recorded.", fix)


def _rescued(stop: WritingStopped, wanted: Wanted, answers: Answers, draft: Draft) -> str:
    """Puts the editor's text into the draft; where it lies, if it belongs inside another answer."""
    said = _answer_to(stop, wanted.kind)
    if not said:
        return _where(draft.keep_as_typed(stop.text.encode()))
    before = draft.read_own() or all_said(wanted, answers)
    draft.keep({**before, **said})
    return ""


def _answer_to(stop: WritingStopped, kind: str) -> Mapping[str, Plain]:
    if stop.asked in WHAT.values():
        return {FIELD: {"reason": stop.text}}
    return {asked.name: stop.text for asked in questions(KINDS[kind]) if asked.ask == stop.asked}
