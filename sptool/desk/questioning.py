"""Which questions are put, and when: first what must be answered, then what else is known, then what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from sptool.desk.answers import Answers
from sptool.desk.conversation import Conversation, Option
from sptool.desk.in_words import answers_of
from sptool.desk.interview import Interview
from sptool.desk.names_check import ask_for_word
from sptool.desk.new_record import PRIVATE, around_of
from sptool.errors import Interrupted, InvalidAnswers, StepRefused
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.kinds import KINDS
from sptool.records.learning import Nomination
from sptool.records.notification import CriteriaAnswers
from sptool.records.particulars import Particulars
from sptool.records.questions import Question, questions
from sptool.records.referral import Facts
from sptool.text.english import number
from sptool.text.plain import Plain
from sptool.workflow.criteria import Pointing, notification_points_to
from sptool.workflow.names import label_of
from sptool.workflow.subjects import in_words

if TYPE_CHECKING:
    from sptool.desk.session import Session

OUT_OF_ORDER = "out_of_order"
CHILD_BY_CHILD = tuple[CriteriaAnswers, ...]
_POINTS = {
    "notify": "The answers point to: notify the Panel.",
    "do-not-notify": "The answers point to: do not notify.",
    "not-clear": "The answers do not point either way yet: something that matters is not known.",
}


def ask_out_of_order(talk: Conversation, reason: str, first: str, answers: Answers) -> Answers:
    """Offers to record what has already happened although the step could not be taken now.

    Raises:
        StepRefused: it has not happened yet.
    """
    talk.tell(reason)
    if not talk.confirm("Has it already happened, and you are only recording it now?", default=False):
        raise StepRefused(reason, f"First: {first}")
    return answers.with_data({OUT_OF_ORDER: ""})


def interview_for(
    session: Session,
    case: Case,
    suggest: Mapping[str, Plain],
    keep: Callable[[dict[str, Plain]], None],
    answers: Answers,
) -> Interview:
    """A conversation about a step of a case.

    Args:
        suggest: suggested answers; today is suggested for when it happened.
        keep: keeps the answers as a draft.
    """
    around = around_of(session, case, session.edition(case))
    suggested = {"happened_on": session.clock.today.isoformat(), **suggest}
    return Interview(session.talk, around, suggested, keep, dict(answers.data))


def choice_of(talk: Conversation, kind: str, name: str) -> str:
    """The answer to one question with fixed answers, asked before the others because it may be refused.

    Args:
        name: the field that it answers.
    """
    question = next(question for question in questions(KINDS[kind]) if question.name == name)
    return talk.choose(question.ask, [Option(one, in_words(one)) for one in question.choices])


def confirm_answers(talk: Conversation, record: Record, framework: Framework, doubt: str = "") -> None:
    """Shows what will be recorded, and asks whether it may be.

    Args:
        doubt: why not every name could be looked for in it; empty where every one was.

    Raises:
        Interrupted: it may not.
    """
    talk.tell()
    talk.tell("This will be recorded:")
    for said in answers_of(record, framework):
        first, *more = said.lines if len(said.lines) == 1 else ("", *said.lines)
        talk.tell_item(f"{said.question} {first.removeprefix('- ')}".rstrip())
        for line in more:
            talk.tell_item(f"  {line}")
    if record.private:
        talk.tell(f"  Kept apart, among the particulars: {number(len(record.private), 'file')}")
    if doubt:
        ask_for_word(talk, doubt)
    if not talk.confirm("Record this?"):
        raise Interrupted("Stopped before recording.")


def interview_all(interview: Interview, kind: str, *, only_required: bool = False) -> None:
    """Asks for what must be answered, then for what else is known.

    Args:
        only_required: whether all that is known is answered already.
    """
    asked = questions(KINDS[kind])
    for question in asked:
        wanted = question.required or interview.answers.get(question.name) == ""
        if wanted and not interview.answers.get(question.name):
            interview.ask(question)
            tell_pointing(interview.talk, KINDS[kind], [question.name], interview.answers, interview.around.framework)
    if only_required:
        interview.keep(interview.answers)
        return
    optional = [q for q in asked if not q.required and q.name not in interview.answers and q.name != OUT_OF_ORDER]
    for question in interview.pick_optional(optional):
        interview.ask(question)
    _ask_particulars(interview, kind)


def _ask_particulars(interview: Interview, kind: str) -> None:
    if PRIVATE in interview.answers or not issubclass(KINDS[kind], Facts | Nomination):
        return
    if interview.talk.confirm("Are there names or other identifying details to keep apart?", default=False):
        people = next(question for question in questions(Particulars) if question.name == "people")
        inner = Interview(interview.talk, interview.around, {}, lambda _: None)
        inner.ask(people)
        interview.answers[PRIVATE] = dict(inner.answers)
        interview.keep(interview.answers)


def ask_again(interview: Interview, kind: str, problems: InvalidAnswers) -> None:
    """Asks again for what was wrong.

    Raises:
        InvalidAnswers: a problem lies where nothing can be asked.
    """
    by_name = {question.name: question for question in questions(KINDS[kind])}
    wrong = {problem.field.split(".")[0] for problem in problems.problems}
    again: list[Question] = [by_name[name] for name in by_name if name in wrong]
    if len(again) < len(wrong):
        raise problems
    for question in again:
        for problem in problems.problems:
            if problem.field == question.name:
                interview.talk.tell(f"{problem.what[0].upper()}{problem.what[1:]}.")
            elif problem.field.startswith(f"{question.name}."):
                interview.talk.tell(str(problem))
        interview.ask(question)


def tell_pointing(
    talk: Conversation, model: type[Record], fields: Iterable[str], answers: Mapping[str, Plain], framework: Framework
) -> None:
    """After the notification criteria were answered child by child: what the answers point to, and why.

    Args:
        fields: what was answered just now.
    """
    for name in fields:
        if name in model.model_fields and model.model_fields[name].annotation == CHILD_BY_CHILD:
            for line in _lines(answers.get(name), framework):
                talk.tell_item(line)


def _lines(answered: Plain, framework: Framework) -> Sequence[str]:
    try:
        given = TypeAdapter(CHILD_BY_CHILD).validate_python(answered)
    except ValidationError:
        return ()
    return pointing_lines(notification_points_to(given, framework))


def pointing_lines(pointing: Pointing) -> Sequence[str]:
    """What the answers point to, as lines to read."""
    lines = [
        f"{label_of(clause.child)}: {clause.criterion.name}: {in_words(clause.answer)}. [{clause.source}]"
        for clause in pointing.clauses
    ]
    grounds = f" Met: ground {' and '.join(pointing.grounds)}." if pointing.grounds else ""
    return [*lines, _POINTS[pointing.outcome] + grounds]
