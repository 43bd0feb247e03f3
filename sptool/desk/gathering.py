"""What is answered before anything is asked: by flags, in YAML, in the draft to go on from.

Each adds to the others. Nothing that was said is thrown away: where two of them say different things, the step is
refused with both named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial, reduce
from typing import TYPE_CHECKING

from sptool.desk.answers import Answers, answers_from, answers_in, standard_input
from sptool.desk.contradicting import refuse_contradictions, refuse_two_ways, without_unfit
from sptool.desk.drafts import Draft
from sptool.desk.flags import Typed
from sptool.desk.new_record import around_of
from sptool.desk.reason import FIELD, command_of
from sptool.desk.rescue import INPUT, kept_as_typed, unfit_input
from sptool.errors import UnfitFile
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.kinds import KINDS
from sptool.records.merging import completed, day_or_as_it_was, merged, with_days_read
from sptool.text.dates import ReadDay, said_day, written_day
from sptool.text.plain import Plain

if TYPE_CHECKING:
    from sptool.desk.session import Session
    from sptool.desk.wanted import Wanted


def answers_given(session: Session, case: Case, wanted: Wanted, draft: Draft) -> Answers:
    """What is answered by flags, in YAML and in the draft to go on from, as one.

    Raises:
        UsageError: the YAML can't be read, there is no draft, or flags contradict each other.
        UnfitFile: it is not good YAML. What came through standard input is kept as it was typed.
        InvalidAnswers: flags, YAML and draft contradict each other.
    """
    kind, today = wanted.kind, session.clock.today
    edition = session.edition(case)
    around = partial(around_of, session, case, edition)
    said, written = partial(said_day, today=today), partial(written_day, today=today)
    typed = [replace(one, data=_dated(kind, one.data, edition, said)) for one in wanted.flags]
    refuse_two_ways(kind, typed, around)
    file, content = _in_file(wanted, draft)
    file = replace(file, data=_dated(kind, file.data, edition, written))
    flags = [one.data for one in typed]
    earlier = without_unfit(kind, draft.read(), [file.data, *flags], around) if wanted.resume else {}
    meant = [*typed, *_replacing(wanted)]
    refuse_contradictions(kind, file, earlier, meant, around, partial(kept_as_typed, wanted, draft, content))
    everything = reduce(lambda first, more: merged(KINDS[kind], first, more).data, [file.data, earlier, *flags])
    return replace(file, data=completed(everything, wanted.defaults))


def _replacing(wanted: Wanted) -> list[Typed]:
    """Which record the command takes the place of. Answers about another one contradict it."""
    return [Typed(command_of(wanted), {FIELD: wanted.replaces})] if wanted.replaces else []


def _in_file(wanted: Wanted, draft: Draft) -> tuple[Answers, bytes]:
    """The answers of the YAML, and the bytes that came through standard input."""
    if wanted.source != "-":
        return (answers_from(wanted.source) if wanted.source else Answers()), b""
    content = standard_input()
    try:
        return answers_in(INPUT, content), content
    except UnfitFile as unfit:
        raise unfit_input(unfit, wanted, draft, content) from None


def _dated(kind: str, answers: Mapping[str, Plain], edition: Framework, read: ReadDay) -> dict[str, Plain]:
    """The answers with every date as it is stored, those to the partnership's own questions too."""
    found = with_days_read(KINDS[kind], answers, read)
    own = found.get("local")
    if isinstance(own, dict):
        asked = {question.id for question in edition.questions_for(kind) if question.type == "date"}
        dates = {name: day_or_as_it_was(str(value), read) for name, value in own.items() if name in asked}
        found["local"] = {**own, **dates}
    return found
