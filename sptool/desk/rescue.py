"""Nothing typed is lost: what could not be read or finished is kept privately, and the officer is told where."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sptool.desk.answers import LARGEST_ANSWERS, Answers
from sptool.desk.conversation import WritingStopped
from sptool.desk.drafts import Draft
from sptool.desk.reason import FIELD, REASONS, WHAT, command_of
from sptool.errors import Interrupted, InvalidAnswers, UnfitFile
from sptool.records.kinds import KINDS
from sptool.records.questions import questions
from sptool.text.plain import Plain

if TYPE_CHECKING:
    from sptool.desk.wanted import Wanted

INPUT = "standard input"


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
