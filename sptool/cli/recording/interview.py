"""Which questions are put, and when: first what must be answered, then what else is known, then what was wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sptool.cli.recording.answers import Answers
from sptool.cli.recording.building import PRIVATE
from sptool.cli.recording.pointing import show_pointing
from sptool.cli.recording.prompts import Interview, confirm, pick_optional
from sptool.cli.screen import tell
from sptool.errors import InvalidAnswers, StepRefused
from sptool.records.case import Case
from sptool.records.kinds import KINDS
from sptool.records.particulars import Particulars
from sptool.records.questions import Question, questions
from sptool.records.referral import Facts
from sptool.text.plain import Plain
from sptool.workflow.checking import Surroundings

if TYPE_CHECKING:
    from sptool.cli.session import Session

OUT_OF_ORDER = "out_of_order"


def ask_out_of_order(reason: str, first: str, answers: Answers) -> Answers:
    """Offers to record what has already happened although the step could not be taken now.

    Raises:
        StepRefused: it has not happened yet.
    """
    tell(reason)
    if not confirm("Has it already happened, and you only record it now?", default=False):
        raise StepRefused(reason, f"First: {first}")
    return answers.with_data({OUT_OF_ORDER: ""})


def complete_answers(
    session: Session,
    case: Case,
    kind: str,
    answers: Answers,
    suggest: dict[str, Plain],
    keep: Callable[[dict[str, Plain]], None],
    problems: InvalidAnswers | None,
) -> Answers:
    """Asks for what is missing, or, given problems, for what was wrong.

    Args:
        session: this run.
        case: the case.
        kind: the kind of record.
        answers: what is answered already.
        suggest: suggested answers.
        keep: keeps the answers as a draft.
        problems: what was wrong the last time.

    Raises:
        InvalidAnswers: a problem lies where nothing can be asked.
    """
    around = Surroundings(
        case, session.edition(case), session.clock.today, tuple(session.book.officers), session.book.references
    )
    suggested = {"happened_on": session.clock.today.isoformat(), **suggest}
    interview = Interview(around, suggested, keep, dict(answers.data))
    if problems:
        _ask_again(interview, kind, problems)
    else:
        _ask_all(interview, kind)
    return Answers(interview.answers)


def _ask_all(interview: Interview, kind: str) -> None:
    asked = questions(KINDS[kind])
    for question in asked:
        wanted = question.required or interview.answers.get(question.name) == ""
        if wanted and not interview.answers.get(question.name):
            interview.ask(question)
            show_pointing(kind, question.name, interview.answers, interview.around.framework)
    optional = [q for q in asked if not q.required and q.name not in interview.answers and q.name != OUT_OF_ORDER]
    for question in pick_optional(optional):
        interview.ask(question)
    _ask_particulars(interview, kind)


def _ask_particulars(interview: Interview, kind: str) -> None:
    if PRIVATE in interview.answers or not (issubclass(KINDS[kind], Facts) or kind == "nomination"):
        return
    if confirm("Are there names or other identifying details to keep apart?", default=False):
        people = next(question for question in questions(Particulars) if question.name == "people")
        inner = Interview(interview.around, {}, lambda _: None)
        inner.ask(people)
        interview.answers[PRIVATE] = dict(inner.answers)
        interview.keep(interview.answers)


def _ask_again(interview: Interview, kind: str, problems: InvalidAnswers) -> None:
    by_name = {question.name: question for question in questions(KINDS[kind])}
    for problem in problems.problems:
        tell(str(problem))
    wrong = {problem.field.split(".")[0] for problem in problems.problems}
    again: list[Question] = [by_name[name] for name in by_name if name in wrong]
    if len(again) < len(wrong):
        raise problems
    for question in again:
        interview.ask(question)
