"""Stops prose that names somebody, says where, and offers the label instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from sptool.desk.answers import Answers
from sptool.desk.at_hand import AtHand, Known
from sptool.desk.conversation import Conversation, Option
from sptool.desk.new_record import Prepared, invalid
from sptool.errors import Interrupted, InvalidAnswers, Problem
from sptool.records.fields import LineMark, ProseMark
from sptool.records.plain import shown_path, to_plain
from sptool.records.walk import leaves
from sptool.text.plain import Path as FieldPath
from sptool.text.plain import Plain
from sptool.workflow.names import NameHit, names_in
from sptool.workflow.names_held import in_words

WORDS = (ProseMark, LineMark)
GIVE_WORD = "If you are sure that it names nobody, say so for this step: --names-nobody"
TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.?\s+$")  # it goes with the name: nobody is Mr Parent B
SURE = "Are you sure that what you wrote names nobody?"


def hits_in(prepared: Prepared, people: Iterable[Known]) -> list[tuple[FieldPath, NameHit]]:
    """Every place at which the record's own words name somebody.

    Args:
        people: those whom the case and its linked cases hold already.
    """
    known = [*(Known(person) for person in prepared.particulars.people), *people]
    found = [(path, hit) for path, text in _prose(prepared) for hit in _named(text, shown_path(path), known)]
    return found + _local_hits(prepared, known)


def _prose(prepared: Prepared) -> list[tuple[FieldPath, str]]:
    """What the record says in somebody's own words."""
    return [
        (leaf.path, leaf.value)
        for leaf in leaves(prepared.record)
        if isinstance(leaf.value, str) and any(isinstance(mark, WORDS) for mark in leaf.marks)
    ]


def doubt_about(prepared: Prepared, names: AtHand, vouched: bool) -> str:
    """Why what was written can't be looked through for every name; empty where it can, or nothing was written.

    Args:
        vouched: whether the officer gave their word already that it names nobody.
    """
    if vouched:
        return ""
    written = _prose(prepared) or any(isinstance(answer, str) for answer in prepared.record.local.values())
    return in_words(names.gaps) if written else ""


def _named(text: str, field: str, known: list[Known]) -> list[NameHit]:
    """Where a text names somebody; a label of another case is shown with that case, for it means nobody here."""
    found = names_in(text, field, [one.person for one in known if not one.case])
    for other in dict.fromkeys(one.case for one in known if one.case):
        for hit in names_in(text, field, [one.person for one in known if one.case == other]):
            if not any(hit.start < taken.end and hit.end > taken.start for taken in found):
                label, *others = (f"{label} of {other}" for label in hit.labels)
                found.append(replace(hit, label=label, others=tuple(others)))
    return sorted(found, key=lambda hit: hit.start)


def _local_hits(prepared: Prepared, known: list[Known]) -> list[tuple[FieldPath, NameHit]]:
    return [
        (("local", name), hit)
        for name, answer in prepared.record.local.items()
        for hit in _named(str(answer), f"local.{name}", known)
    ]


def refuse_names(
    answers: Answers, hits: Iterable[tuple[FieldPath, NameHit]], confirmed: Collection[str], doubt: str = ""
) -> None:
    """Stops a record that names somebody, or that may, unless each place was confirmed as no name.

    Args:
        doubt: why not every name could be looked for, where nobody gave their word instead.

    Raises:
        InvalidAnswers: with every place, and the label to write instead.
    """
    found = [(path, Problem(_in_words(hit), hit.field)) for path, hit in hits if hit.place not in confirmed]
    placed = invalid(answers, found)
    if doubt:
        raise InvalidAnswers([*placed.problems, Problem(doubt)], f"{placed.fix} {GIVE_WORD}")
    if found:
        raise placed


def settle_doubt(talk: Conversation, doubt: str) -> None:
    """Takes the officer's word, where not every name can be looked for.

    Args:
        doubt: why not; empty where every one can.

    Raises:
        InvalidAnswers: nobody can be asked.
        Interrupted: the officer is not sure.
    """
    if doubt and not talk.can_ask:
        raise InvalidAnswers([Problem(doubt)], f"Nothing was recorded. {GIVE_WORD}")
    if doubt:
        ask_for_word(talk, doubt)


def ask_for_word(talk: Conversation, doubt: str) -> None:
    """Asks the officer to vouch for what was written, where not every name could be looked for.

    Raises:
        Interrupted: the officer is not sure.
    """
    talk.tell(doubt)
    if not talk.confirm(SURE, default=False):
        raise Interrupted("Stopped before recording.", "Write labels such as Child A instead of names.")


def _in_words(hit: NameHit) -> str:
    return (
        f"line {hit.line}, word {hit.word} identifies somebody: write {' or '.join(hit.labels)} instead. "
        f"If it is not a name here: --not-a-name {hit.place}"
    )


def settle_names(
    talk: Conversation, answers: Answers, hits: list[tuple[FieldPath, NameHit]]
) -> tuple[Answers, set[str]]:
    """Asks about each place: the label instead, or not a name here.

    Returns:
        The answers with the labels put in, and the places confirmed as no names. Once a label is put in, the
        places after it have moved, so they are asked about again.
    """
    confirmed: set[str] = set()
    for path, hit in hits:
        talk.tell(f"{hit.field}, line {hit.line}, word {hit.word}: this identifies somebody.")
        options = [
            *(Option(label, f"Write {label} instead") for label in hit.labels),
            Option("keep", "It is not a name here"),
            Option("stop", "Stop, so that I can rewrite it"),
        ]
        said = talk.choose("What should stand there?", options)
        if said == "stop":
            raise Interrupted("Stopped before recording.")
        if said in hit.labels:
            return _with_label(answers, path, replace(hit, label=said)), confirmed
        confirmed.add(hit.place)
    return answers, confirmed


def _with_label(answers: Answers, path: FieldPath, hit: NameHit) -> Answers:
    data = _replaced(answers.data, path, hit)
    return replace(answers, data=data if isinstance(data, dict) else answers.data)


def _replaced(data: Plain, path: FieldPath, hit: NameHit) -> Plain:
    if not path:
        text = str(data)
        return TITLE.sub("", text[: hit.start]) + hit.label + text[hit.end :]
    step, *rest = path
    if isinstance(data, dict) and isinstance(step, str):
        return {**data, step: _replaced(data.get(step), tuple(rest), hit)}
    if isinstance(data, list) and isinstance(step, int):
        return [_replaced(entry, tuple(rest), hit) if at == step else entry for at, entry in enumerate(data)]
    return data


def as_answers(prepared: Prepared, names: Collection[str]) -> dict[str, Plain]:
    """The record's own answers, normalised, so that places in them are those of the record."""
    plain = to_plain(prepared.record)
    return {name: value for name, value in plain.items() if name in names}
