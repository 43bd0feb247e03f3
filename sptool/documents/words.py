"""How documents put a case into words: the answers of a record, codes as names, clauses of the law, lists and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from sptool.framework.models import Criterion, Framework
from sptool.records.fields import ChildMark, FromFramework, LineMark, ProseMark
from sptool.records.walk import Leaf, leaves
from sptool.text.english import in_full
from sptool.workflow.names import label_of
from sptool.workflow.subjects import in_words

_ANSWERS = {"met": "Met", "not-met": "Not met", "not-known": "Unclear"}
NO_ANSWER = "Not answered"
PLACES = {
    "in-area": "In our area",
    "elsewhere-in-england": "Elsewhere in England",
    "outside-england": "Outside England",
}


@dataclass(frozen=True)
class Known:
    """One thing that is known: what it is, and what is known."""

    what: str
    value: str


@dataclass(frozen=True)
class AnswerFacts:
    """How one criterion was answered.

    Args:
        criterion: its short name.
        answer: "Met", "Not met", "Unclear" or "Not answered".
        source: the law or framework, with the clause.
    """

    criterion: str
    question: str
    answer: str
    source: str


@dataclass(frozen=True)
class CriteriaFacts:
    """A list of criteria with their answers, and the laws or frameworks that they come from."""

    answers: tuple[AnswerFacts, ...]
    source: str


def criteria_facts(criteria: Iterable[Criterion], answers: Mapping[str, str], framework: Framework) -> CriteriaFacts:
    """A list of criteria as a table with one source below it; arguments as for `answered`."""
    told = answered(criteria, answers, framework)
    return CriteriaFacts(told, "; ".join(dict.fromkeys(one.source for one in told)))


def answered(
    criteria: Iterable[Criterion], answers: Mapping[str, str], framework: Framework
) -> tuple[AnswerFacts, ...]:
    """Every criterion of a list with its answer, the unanswered ones as such.

    Args:
        answers: a decision's answers: the criterion's id and the answer.
    """
    return tuple(
        AnswerFacts(one.name, one.wording, _ANSWERS.get(answers.get(one.id, ""), NO_ANSWER), cited(one, framework))
        for one in criteria
    )


def known(model: BaseModel, names: Mapping[str, str], framework: Framework) -> tuple[Known, ...]:
    """What is known of certain fields; a field without an answer is left out.

    Args:
        names: the fields, and what a document calls each.
    """
    told = ((what, answer(model, name, framework)) for name, what in names.items())
    return tuple(Known(what, value) for what, value in told if value)


def not_known(model: BaseModel, names: Mapping[str, str], framework: Framework) -> tuple[str, ...]:
    """What a document calls the fields that have no answer."""
    return tuple(what for name, what in names.items() if answer(model, name, framework) is None)


def answer(model: BaseModel, name: str, framework: Framework) -> str | None:
    """The answer in one field as people read it; None where there is none."""
    found = [spoken(leaf, framework) for leaf in leaves(model) if leaf.path[0] == name]
    return "; ".join(found) if found else None


def spoken(leaf: Leaf, framework: Framework) -> str:
    """One answer: a date in full, a code as the name that it stands for, an officer's own words as they are."""
    if isinstance(leaf.value, date):
        return in_full(leaf.value)
    code = str(leaf.value)
    if any(isinstance(mark, ProseMark | LineMark) for mark in leaf.marks):
        return code
    if any(isinstance(mark, ChildMark) for mark in leaf.marks) or leaf.path[-1] == "id":
        return label_of(code)
    lists = [mark.name for mark in leaf.marks if isinstance(mark, FromFramework)]
    name = framework.name_of(lists[0], code) if lists else code
    return code_in_words(code) if name == code else name


def code_in_words(code: str) -> str:
    """A code that stands in no list of the framework as people read it."""
    return PLACES.get(code) or began_large(in_words(code))


def named(codes: Iterable[str], entries: str, framework: Framework) -> str | None:
    """The names of the codes of a list, one after the other; None for no code.

    Args:
        entries: the name of the framework's list, such as `agencies`.
    """
    return "; ".join(_names(codes, entries, framework)) or None


def _names(codes: Iterable[str], entries: str, framework: Framework) -> Iterator[str]:
    for code in codes:
        name = framework.name_of(entries, code)
        yield code_in_words(code) if name == code else name


def cited(criterion: Criterion, framework: Framework) -> str:
    """The strongest source of a criterion with its clause, such as "Children Act 2004, section 16C(1)(a) and (b)"."""
    cite = framework.sources[criterion.source[0]].cite
    if not criterion.clause:
        return cite
    act, separator, section = cite.rpartition(", section ")
    if separator and criterion.clause.startswith(f"s{section}"):
        return f"{act}, section {criterion.clause[1:]}"
    return f"{cite}, {criterion.clause}"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: "A", "A and B", "A, B and C"."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def began_large(text: str) -> str:
    """The text with a capital at its beginning; the rest stays, so that abbreviations do."""
    return text[:1].upper() + text[1:]


def period(start: date | None, end: date | None) -> str | None:
    """A span of time: "from ... to ...", or with one end only; None if neither is known."""
    if start and end:
        return f"from {in_full(start)} to {in_full(end)}"
    if start:
        return f"since {in_full(start)}"
    return f"up to {in_full(end)}" if end else None
