"""Shows what a returned form says beside how it is understood, and asks about what could not be placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sptool.desk.conversation import Conversation, Option, must_say_something
from sptool.desk.new_record import PRIVATE
from sptool.documents.returning.answers import meaning, wrong
from sptool.documents.returning.blank import EPISODE_GROUP, KNOWN_AT, NIL, PEOPLE_GROUP, WRITTEN, Row
from sptool.documents.returning.understanding import DESCRIBED, Placed, Understanding, Unplaced, added, verdict
from sptool.errors import Interrupted, InvalidAnswers, Problem, StepRefused
from sptool.text.dates import ReadDay
from sptool.text.plain import Plain

MOST_SHOWN = 240  # characters of an answer; the whole of it is shown before it is recorded
OUT, STOP, TYPE, EPISODE = "out", "stop", "type", "episode"
CHOSEN = "="  # before the code of a choice, so that it is none of the others
ANSWERS = (
    Option(NIL, "A nil return: the agency knows nothing"),
    Option(WRITTEN, "An answer, written in the form"),
    Option("attached", "An answer in another file"),
)
_NAMED = {NIL: "a nil return", WRITTEN: "an answer that is written here"}
_UNCLEAR = {
    "both": "The form is ticked as a nil return, but it also has answers.",
    "unclear": "The form does not say whether it is a nil return.",
}


def show_understood(talk: Conversation, form: Understanding) -> None:
    """Shows each answer as it is written, and beside it how it is understood where that is something else."""
    talk.tell("What the form says, and how it is understood:")
    for one in form.placed:
        talk.tell(f"{one.row.key} {one.row.text}")
        talk.tell_item(_short(one.written))
        if str(one.means) != one.written:
            talk.tell_item(f"= {_meant(one)}")
    for notice in form.notices:
        talk.tell(notice)
    for taken in form.taken_back:
        talk.tell_item(f"{taken.place}: {_short(taken.text)}")
    if form.missing:
        talk.tell(f"The form no longer has these questions: {', '.join(form.missing)}.")


def settled(
    talk: Conversation, form: Understanding, rows: Mapping[str, Row], typed: str, read_day: ReadDay
) -> tuple[list[Placed], Plain]:
    """The answers with everything placed, and whether it is a nil return.

    Args:
        typed: what `--answer` says; empty for nothing.

    Raises:
        InvalidAnswers: something can't be placed, and nobody can be asked; or the form is no such answer as was typed.
        StepRefused: nobody can be asked whether it is a nil return.
        Interrupted: the officer stopped.
    """
    if form.unplaced and not talk.can_ask:
        raise _unplaced(form.unplaced)
    placed = list(form.placed)
    for number, one in enumerate(form.unplaced, 1):
        talk.tell(f"\nNot placed, {number} of {len(form.unplaced)}: {one.place}: {one.why}.")
        talk.tell_item(one.text)
        placed = _place(talk, one, placed, rows, read_day)
    return [one for one in placed if one.row.field != ("answer",)], _answer(talk, verdict(placed), typed)


def settled_answer(form: Understanding) -> str:
    """Whether it is a nil return; empty where the form does not say so, or it is asked what it says."""
    if any(one.picks and one.near == KNOWN_AT for one in form.unplaced):
        return ""
    said = verdict(form.placed)
    return said if said in (NIL, WRITTEN) else ""


def _answer(talk: Conversation, said: str, typed: str) -> Plain:
    """Whether it is a nil return: what the form says, else what was typed."""
    if said not in (NIL, WRITTEN):
        return typed or _ask_answer(talk, said)
    if typed not in ("", said):
        problem = Problem(f"this is {_NAMED[said]}, which contradicts --answer", file="the form given with --from")
        raise InvalidAnswers([problem], "Nothing was recorded. Leave out --answer, or ask the agency which is right.")
    return said


def _ask_answer(talk: Conversation, unclear: str) -> str:
    what = _UNCLEAR.get(unclear, _UNCLEAR["unclear"])
    if not talk.can_ask:
        raise StepRefused(what, "Say which it is: --answer nil or --answer written-here")
    talk.tell(what)
    return talk.choose("What is it?", ANSWERS)


def _unplaced(found: Sequence[Unplaced]) -> InvalidAnswers:
    problems = [Problem(f"{one.why}", field=one.place) for one in found]
    return InvalidAnswers(
        problems,
        "Nothing was recorded. To place it by hand: add --to-yaml FILE, which writes what was understood, to be "
        "corrected.\nIn a terminal, without --no-input, you are asked about each.",
    )


def _place(
    talk: Conversation, one: Unplaced, placed: list[Placed], rows: Mapping[str, Row], read_day: ReadDay
) -> list[Placed]:
    """Asks where something belongs."""
    near = rows.get(one.near)
    said = talk.choose("Which is it?" if one.picks else "Where does it belong?", _options(one, near, rows))
    if said == STOP:
        raise Interrupted("Stopped before recording.")
    if said == OUT:
        return placed
    if said == TYPE and near is not None:
        return _typed(talk, near, placed, read_day)
    if said.startswith(CHOSEN) and near is not None:
        return _answered(near, one.text, said.removeprefix(CHOSEN), placed)
    if said == EPISODE:
        return [*placed, _episode(one.text, placed, rows)]
    return _added(rows[said], one.text, placed)


def _options(one: Unplaced, near: Row | None, rows: Mapping[str, Row]) -> list[Option]:
    """Where something may belong, the likeliest first. What is struck out or hidden is left out by default."""
    out = Option(OUT, "It says nothing of its own: leave it out (the original is kept)")
    options = [_to(row) for row in _targets(near, rows)]
    if near is not None and near.group == EPISODE_GROUP:
        options.insert(0, Option(EPISODE, "An episode of its own"))
    if near is not None and one.picks:
        options[:0] = [Option(f"{CHOSEN}{choice.code}", f"{near.key} {choice.text}") for choice in near.choices]
    elif near is not None and near.shape not in ("prose", "choice") and not near.group:
        options.insert(0, Option(TYPE, f"I type the answer to {near.key} {near.text}"))
    options = [out, *options] if one.gone else [*options, out]
    return [*options, Option(STOP, "Stop, and record nothing")]


def _episode(text: str, placed: Sequence[Placed], rows: Mapping[str, Row]) -> Placed:
    """An episode behind those that there are."""
    row = next(row for row in rows.values() if row.group == EPISODE_GROUP and row.field[-1] == DESCRIBED)
    taken = [one.entry for one in placed if one.row.group == EPISODE_GROUP]
    return Placed(row, max(taken, default=-1) + 1, text, text)


def _to(row: Row) -> Option:
    return Option(row.key, f"To {row.key} {row.text}")


def _targets(near: Row | None, rows: Mapping[str, Row]) -> list[Row]:
    """The questions that take any text: the nearest first; what identifies people last, but for what stands there."""
    prose = [row for row in rows.values() if row.shape == "prose" and not row.group]
    about_people = near is not None and near.group == PEOPLE_GROUP

    def distance(row: Row) -> int:
        if row.field[0] == PRIVATE:
            return -1 if about_people else 1
        return -1 if row is near else 0

    return sorted(prose, key=distance)


def _typed(talk: Conversation, row: Row, placed: list[Placed], read_day: ReadDay) -> list[Placed]:
    while True:
        text = talk.line(f"{row.key} {row.text}", check=must_say_something)
        means = meaning(row, text, read_day)
        if means is not None:
            return _answered(row, text, means, placed)
        talk.tell(f"This can't be taken as an answer: {wrong(row, text, read_day)}. {row.hint}".strip())


def _answered(row: Row, text: str, means: Plain, placed: list[Placed]) -> list[Placed]:
    return [*(one for one in placed if one.row.key != row.key), Placed(row, 0, text, means)]


def _added(row: Row, text: str, placed: list[Placed]) -> list[Placed]:
    """The answers with a text below what a question has already."""
    if not any(one.row.key == row.key for one in placed):
        return [*placed, Placed(row, 0, text, text)]
    return [added(one, text) if one.row.key == row.key else one for one in placed]


def _meant(one: Placed) -> str:
    return next((choice.text for choice in one.row.choices if choice.code == one.means), str(one.means))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= MOST_SHOWN else f"{flat[:MOST_SHOWN]}… ({len(flat.split())} words in all)"
