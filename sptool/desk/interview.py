"""Puts the questions of a record to an officer, one at a time. Every answer is kept as it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from string import ascii_lowercase

from sptool.desk.conversation import Conversation, Option, anything, must_say_something
from sptool.desk.options import options_for
from sptool.records.fields import (
    AheadMark,
    CaseMark,
    ChildLabelMark,
    ChildMark,
    FromFramework,
    PersonLabelMark,
    RefersTo,
)
from sptool.records.questions import Question
from sptool.text.dates import WRITE, NotADate, answered_day
from sptool.text.english import british, in_full
from sptool.text.plain import Plain
from sptool.workflow.checking import Surroundings
from sptool.workflow.names import label_of


@dataclass
class Interview:
    """A conversation about one step.

    Args:
        keep: called with the answers after each one, so that nothing typed is lost.
    """

    talk: Conversation
    around: Surroundings
    suggest: Mapping[str, Plain]
    keep: Callable[[dict[str, Plain]], None]
    answers: dict[str, Plain] = field(default_factory=dict)

    def ask(self, question: Question) -> None:
        """Asks one question of the step and keeps its answer; an empty answer to an optional one is dropped."""
        answer = self._answer(question, self.answers.get(question.name) or self.suggest.get(question.name))
        if _says_nothing(answer):
            self.answers.pop(question.name, None)
        else:
            self.answers[question.name] = answer
        self.keep(self.answers)

    def pick_optional(self, optional: list[Question]) -> list[Question]:
        """Which of the questions that may stay open the officer can answer now."""
        offered = [question for question in optional if _can_be_answered(question, self.around)]
        return pick_questions(self.talk, "What else is known?", offered) if offered else []

    def _answer(self, question: Question, suggested: Plain) -> Plain:
        if question.hint:
            self.talk.tell_item(question.hint.replace("`", ""))  # marks for the page, not for a screen
        match question.shape:
            case "date":
                return self._date(question, suggested)
            case "prose":
                return self.talk.prose(question.ask, str(suggested or ""), required=question.required)
            case "lines":
                return self._lines(question, suggested)
            case "line":
                return self._line(question, suggested)
            case "choice" | "code":
                return self._choice(question, suggested)
            case "several":
                return self._several(question, suggested)
            case "group":
                self.talk.tell(question.ask)
                return self._inside(question.inner, {}, suggested)
            case "groups":
                return self._groups(question, suggested)
            case "answers":
                return self._answers(question, suggested)

    def _date(self, question: Question, suggested: Plain) -> Plain:
        """A date as it is stored, shown in full once it is read, or a word that the question takes instead."""
        offered = str(suggested or "")
        ways = ["a date", *question.choices, *([f"Enter for {_read_out(offered)}"] if offered else [])]
        typed = self.talk.line(
            f"{question.ask} ({', '.join(ways)})",
            check=lambda text: _date_problem(text or offered, question, self.around.today),
        )
        answered = typed or offered
        if answered in question.choices or not answered:
            return answered
        day = _day(answered, question, self.around.today)
        if answered != day.isoformat():
            self.talk.tell_item(in_full(day))
        return day.isoformat()

    def _line(self, question: Question, suggested: Plain) -> Plain:
        check = must_say_something if question.required else anything
        return self.talk.line(question.ask, str(suggested or ""), check)

    def _lines(self, question: Question, suggested: Plain) -> Plain:
        before = ", ".join(str(entry) for entry in suggested) if isinstance(suggested, list) else ""
        check = must_say_something if question.required else anything
        typed = self.talk.line(f"{question.ask} (separate with commas)", before, check)
        if typed == before and isinstance(suggested, list):
            return suggested  # a role may hold a comma itself
        return [part.strip() for part in typed.split(",") if part.strip()]

    def _choice(self, question: Question, suggested: Plain) -> Plain:
        options = options_for(question, self.around)
        if not options:
            return self._line(question, suggested)
        return self.talk.choose(question.ask, options, str(suggested or ""))

    def _several(self, question: Question, suggested: Plain) -> Plain:
        chosen = suggested if isinstance(suggested, list) else []
        codes = [str(code) for code in chosen]
        options = options_for(question, self.around)
        return [*self.talk.pick(question.ask, options, codes, required=question.required)]

    def _inside(self, inner: tuple[Question, ...], preset: Mapping[str, Plain], before: Plain) -> dict[str, Plain]:
        """The answers to the questions inside another; optional ones only if picked.

        Args:
            preset: what is not asked.
            before: what was answered already. It is suggested; what is not picked stays as it was.
        """
        said = before if isinstance(before, dict) else {}
        found: dict[str, Plain] = {**said, **preset}
        for question in inner:
            if question.required and question.name not in preset:
                found[question.name] = self._answer(question, said.get(question.name))
        for question in self.pick_optional([question for question in inner if not question.required]):
            found[question.name] = self._answer(question, said.get(question.name))
        return {name: value for name, value in found.items() if not _says_nothing(value)}

    def _groups(self, question: Question, suggested: Plain) -> Plain:
        first, *others = question.inner
        options = options_for(first, self.around)
        said = [entry for entry in suggested if isinstance(entry, dict)] if isinstance(suggested, list) else []
        before = {str(entry.get(first.name)): entry for entry in said}
        if options and not any(other.required for other in others):
            picked = self.talk.pick(question.ask, options, list(before), required=question.required)
            return [{**before.get(code, {}), first.name: code} for code in picked]
        if options and any(_for_each(mark) for mark in first.marks):
            return [self._one_of_each(question, first, option, before.get(option.code)) for option in options]
        return self._one_by_one(question, said)

    def _one_of_each(self, question: Question, first: Question, option: Option, before: Plain) -> Plain:
        self.talk.tell(f"{question.ask} {option.text}:")
        return self._inside(question.inner, {first.name: option.code}, before)

    def _one_by_one(self, question: Question, before: Sequence[dict[str, Plain]]) -> list[Plain]:
        """Entry by entry, those that were there before first."""
        found: list[Plain] = []
        self.talk.tell(question.ask)
        for known in before:
            found.append(self._one(question, known, len(found)))
        while not found or self.talk.confirm("Another one?", default=False):
            found.append(self._one(question, {}, len(found)))
        return found

    def _one(self, question: Question, before: dict[str, Plain], number: int) -> Plain:
        """One entry; a child that is told of gets the next label."""
        first = question.inner[0]
        if not any(isinstance(mark, ChildLabelMark) for mark in first.marks):
            return self._inside(question.inner, {}, before or ({} if number else _first_label(first)))
        label = before.get(first.name) or f"child-{ascii_lowercase[number]}"
        self.talk.tell(f"{label_of(str(label))}:")
        return self._inside(question.inner, {first.name: label}, before)

    def _answers(self, question: Question, suggested: Plain) -> Plain:
        before = suggested if isinstance(suggested, dict) else {}
        self.talk.tell(question.ask)
        words = [Option(word, word.replace("-", " ")) for word in question.choices]
        wording = _wordings(question, self.around)
        found: dict[str, Plain] = {}
        for option in options_for(question, self.around):
            self.talk.tell_item(wording.get(option.code, ""))
            found[option.code] = self.talk.choose(f"{option.text}?", words, str(before.get(option.code, "")))
        return found


def _read_out(offered: str) -> str:
    """A suggestion for a date as people read it: a weekday shows a slip that figures hide."""
    try:
        return british(date.fromisoformat(offered))
    except ValueError:
        return offered


def _day(typed: str, question: Question, today: date) -> date:
    ahead = any(isinstance(mark, AheadMark) for mark in question.marks)
    return answered_day(typed, today, ahead=ahead)


def _date_problem(text: str, question: Question, today: date) -> str:
    typed = text.strip()
    if typed in question.choices or not (typed or question.required):
        return ""
    try:
        _day(typed, question, today)
    except NotADate as fault:
        why = str(fault)
        example = "" if why == WRITE else " Write the date as 5 March 2026."
        return f"{why[0].upper()}{why[1:]}.{example}"
    return ""


def pick_questions(talk: Conversation, text: str, offered: list[Question]) -> list[Question]:
    """Some of these questions."""
    picked = talk.pick(text, [Option(question.name, question.ask) for question in offered])
    return [question for question in offered if question.name in picked]


def _first_label(question: Question) -> dict[str, Plain]:
    """Child A is suggested for the first person, and nothing for the next: nobody has the same label twice."""
    is_label = any(isinstance(mark, PersonLabelMark) for mark in question.marks)
    return {question.name: "child-a"} if is_label else {}


def _says_nothing(answer: Plain) -> bool:
    return answer in (None, "", [], {})


def _can_be_answered(question: Question, around: Surroundings) -> bool:
    """Whether there is anything to choose: no case to link to, no record to name, no question."""
    named = any(isinstance(mark, RefersTo | CaseMark) for mark in question.marks)
    needed = (inner for inner in question.inner if inner.required)
    return (not named or bool(options_for(question, around))) and all(_can_be_answered(one, around) for one in needed)


def _for_each(mark: object) -> bool:
    """Whether the questions are put for every entry: each child, each safeguarding partner."""
    return isinstance(mark, ChildMark) or (isinstance(mark, FromFramework) and mark.name == "safeguarding-partners")


def _wordings(question: Question, around: Surroundings) -> dict[str, str]:
    """Each criterion in its own words, with its source."""
    named = [mark.name for mark in question.marks if isinstance(mark, FromFramework)]
    return {
        entry.id: f"{getattr(entry, 'wording', entry.name)} ({around.framework.cite(entry)})"
        for name in named
        for entry in around.framework.entries(name)
    }
