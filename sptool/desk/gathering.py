"""What is answered before anything is asked: by flags, in YAML, in the draft to go on from.

Each adds to the others. Nothing that was said is thrown away: where two of them say different things, the step is
refused with both named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial, reduce
from itertools import combinations

from pydantic import TypeAdapter, ValidationError

from sptool.desk.answers import Answers, answers_from, answers_in, standard_input
from sptool.desk.correction import FIELD, command_of
from sptool.desk.drafts import INPUT, Draft, kept_as_typed, unfit_input
from sptool.desk.new_record import around_of
from sptool.desk.session import Session
from sptool.desk.wanted import Typed, Wanted
from sptool.errors import InvalidAnswers, Problem, UnfitFile, UsageError
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.fields import LABEL, CaseMark, FromFramework, LineMark, OfficerMark, ProseMark, RefersTo
from sptool.records.kinds import KINDS
from sptool.records.merging import completed, day_or_as_it_was, merged, with_days_read
from sptool.records.plain import allowed_values, annotation_at, shown_path
from sptool.records.walk import Leaf, answer_types, leaves, partly
from sptool.text.dates import ReadDay, said_day, written_day
from sptool.text.plain import Path, Plain
from sptool.workflow.checking import Surroundings, misfits

DRAFT = "the draft that was kept"
Lookup = Callable[[], Surroundings]
LISTED = (FromFramework, RefersTo, OfficerMark, CaseMark)


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


def refuse_two_ways(kind: str, typed: Sequence[Typed], around: Lookup) -> None:
    """Refuses flags that say different things.

    Args:
        typed: what was typed, with dates as they are stored.

    Raises:
        UsageError: two of them do.
    """
    for one, other in combinations(typed, 2):
        if merged(KINDS[kind], one.data, other.data).against:
            first, second = (as_typed(said, kind, around) for said in (one, other))
            what = (
                f"{first} contradicts {second}" if first != second else f"{first} is typed twice, with different words"
            )
            raise UsageError(f"{what}.", "Nothing was recorded. Type the one that is right.")


def refuse_contradictions(
    kind: str,
    file: Answers,
    draft: Mapping[str, Plain],
    typed: Sequence[Typed],
    around: Lookup,
    keep: Callable[[], str],
) -> None:
    """Refuses answers that say different things in different places.

    Args:
        file: the answers of the file; empty for none.
        draft: the answers of the draft to go on from; empty for none.
        keep: keeps the text of standard input, if it came from there, and says where.

    Raises:
        InvalidAnswers: with every place, and what it contradicts.
    """
    model = KINDS[kind]
    against = [
        (path, one, source)
        for one in typed
        for source in (file.data, draft)
        for path in merged(model, source, one.data).against
    ]
    found = [
        Problem(f"this contradicts {as_typed(one, kind, around)}", shown_path(path), *_where(path, source, file))
        for path, one, source in against
    ]
    for path in merged(model, file.data, draft).against:
        found.append(Problem(f"this contradicts {DRAFT}", shown_path(path), *file.where(path)))
    if found:
        found.sort(key=lambda problem: problem.line or 0)
        way = ", or leave out --resume to begin anew" if draft else ": in the file or as a flag"
        raise InvalidAnswers(found, f"Nothing was recorded. Say only what is right{way}.\n{keep()}".strip())


def _where(path: Path, source: Mapping[str, Plain], file: Answers) -> tuple[str, int | None]:
    return file.where(path) if source is file.data else (DRAFT, None)


def without_unfit(
    kind: str, draft: Mapping[str, Plain], others: Sequence[Mapping[str, Plain]], around: Lookup
) -> dict[str, Plain]:
    """A draft without the answers that could not be recorded as they stand, where another one is given.

    Args:
        others: the answers of the file and of each flag.
    """
    against = [path for other in others for path in merged(KINDS[kind], draft, other).against]
    unfit = {str(path[0]) for path in against if len(path) == 1 and _is_unfit(kind, str(path[0]), draft, around())}
    return {name: value for name, value in draft.items() if name not in unfit}


def _is_unfit(kind: str, field: str, draft: Mapping[str, Plain], around: Surroundings) -> bool:
    model = KINDS[kind]
    try:
        TypeAdapter(answer_types(model)[field]).validate_python(draft[field])
    except ValidationError:
        return True
    return any(path == (field,) for path, _ in misfits(partly(model, {field: draft[field]}, around.today), around))


def as_typed(one: Typed, kind: str, around: Lookup) -> str:
    """A flag as it was typed; without its word where that is no code that the program knows, for it may be a name."""
    there = around()
    part = partly(KINDS[kind], one.data, there.today)
    said = [leaf for leaf in leaves(part) if leaf.path[0] in one.data]
    wrong = {path[0] for path, _ in misfits(part, there)}
    known = said and not wrong & one.data.keys() and all(_is_code(leaf, kind) for leaf in said)
    return one.whole if known else one.flag


def _is_code(leaf: Leaf, kind: str) -> bool:
    """Whether an answer is one of a list, or a label."""
    if isinstance(leaf.value, date) or any(isinstance(mark, ProseMark | LineMark) for mark in leaf.marks):
        return False
    fixed = allowed_values(annotation_at(KINDS[kind], leaf.path))
    listed = any(isinstance(mark, LISTED) for mark in leaf.marks)
    return listed or leaf.value in fixed or bool(re.fullmatch(LABEL, str(leaf.value)))
