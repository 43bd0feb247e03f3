"""What can be chosen for a question: from the framework, the case, the register."""

from __future__ import annotations

from sptool.desk.conversation import Option
from sptool.records.fields import CaseMark, ChildMark, FromFramework, OfficerMark, RefersTo
from sptool.records.questions import Question
from sptool.workflow.checking import Surroundings
from sptool.workflow.names import label_of
from sptool.workflow.subjects import in_words, step_title


def options_for(question: Question, around: Surroundings) -> tuple[Option, ...]:
    """What can be chosen for a question; nothing for a free answer."""
    for mark in question.marks:
        if isinstance(mark, FromFramework):
            return _from_framework(mark, around)
        if isinstance(mark, RefersTo):
            return _records(mark, around)
        if isinstance(mark, ChildMark):
            return tuple(Option(child.id, label_of(child.id)) for child in around.case.children)
        if isinstance(mark, OfficerMark):
            return tuple(Option(officer, officer) for officer in around.officers)
        if isinstance(mark, CaseMark):
            return tuple(Option(ref, ref) for ref in around.cases if ref != around.case.ref)
    if question.shape in ("choice", "several"):
        return tuple(Option(word, in_words(word).replace("lcspr", "LCSPR")) for word in question.choices)
    return ()


def _from_framework(mark: FromFramework, around: Surroundings) -> tuple[Option, ...]:
    listed = around.framework.choices(mark.name, around.today)
    named = tuple(Option(entry.id, entry.name) for entry in listed)
    return named + tuple(Option(code, in_words(code)) for code in mark.also)


def _records(mark: RefersTo, around: Surroundings) -> tuple[Option, ...]:
    return tuple(
        Option(record.id, f"{record.happened_on.isoformat()} {step_title(record)} ({record.id})")
        for record in around.case.standing
        if not mark.kinds or record.kind in mark.kinds
    )
