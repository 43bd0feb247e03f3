"""Asks an officer, one question at a time. Every answer is kept as it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from string import ascii_lowercase

import questionary

from sptool.cli.editor import write_in_editor
from sptool.cli.screen import tell, tell_item
from sptool.desk.options import Option, options_for
from sptool.records.fields import ISO_DATE, CaseMark, ChildMark, FromFramework, RefersTo
from sptool.records.questions import Question
from sptool.text.dates import read_date
from sptool.text.plain import Plain
from sptool.text.prose import is_whole
from sptool.workflow.checking import Surroundings
from sptool.workflow.names import label_of

TO_EDITOR = ":e"
MOST_AT_A_GLANCE = 8
MUST = "This must be answered."
NO_LETTER = "Your terminal sent a letter that can't be read here. Set it to UTF-8, or write that word without it."


@dataclass
class Interview:
    """A conversation about one step.

    Args:
        around: the case, the framework and today.
        suggest: suggested answers, by field.
        keep: called with the answers after each one, so that nothing typed is lost.
        answers: what was answered so far.
    """

    around: Surroundings
    suggest: Mapping[str, Plain]
    keep: Callable[[dict[str, Plain]], None]
    answers: dict[str, Plain] = field(default_factory=dict)

    def ask(self, question: Question) -> None:
        """Asks one question of the step and keeps its answer; an empty answer to an optional one is dropped."""
        answer = self._answer(question, self.answers.get(question.name) or self.suggest.get(question.name))
        if answer in (None, "", [], {}):
            self.answers.pop(question.name, None)
        else:
            self.answers[question.name] = answer
        self.keep(self.answers)

    def _answer(self, question: Question, suggested: Plain) -> Plain:
        ask = _ASKERS[question.shape]
        if question.hint:
            tell_item(question.hint)
        return ask(self, question, suggested)

    def inside(self, inner: tuple[Question, ...], preset: Mapping[str, Plain]) -> dict[str, Plain]:
        """The answers to the questions inside another; optional ones only if picked."""
        found: dict[str, Plain] = dict(preset)
        for question in inner:
            if question.required and question.name not in found:
                found[question.name] = self._answer(question, self._suggested_inside(question))
        wanted = pick_optional([question for question in inner if not question.required], self.around)
        for question in wanted:
            answer = self._answer(question, None)
            if answer not in (None, "", [], {}):
                found[question.name] = answer
        return found

    def _suggested_inside(self, question: Question) -> Plain:
        return f"child-{ascii_lowercase[0]}" if question.name == "id" else None


def confirm(text: str, default: bool = True) -> bool:
    """A question answered with yes or no."""
    return bool(_asked(questionary.confirm(text, default=default)))


def choose(text: str, options: list[Option], default: str | None = None) -> str:
    """One of several, by the arrow keys; in a long list also by typing part of it."""
    choices = [questionary.Choice(option.text, option.code) for option in options]
    known = default if default in {option.code for option in options} else None
    long = len(options) > MOST_AT_A_GLANCE
    hint = "(type a few letters, or use the arrow keys)" if long else None
    picked = questionary.select(
        text, choices=choices, default=known, use_search_filter=long, use_jk_keys=not long, instruction=hint
    )
    return str(_asked(picked))


def ask_line(text: str) -> str:
    """A short answer that must be given."""
    return _typed(text, lambda typed: bool(typed.strip()) or MUST).strip()


def ask_prose(text: str) -> Plain:
    """An answer in the officer's own words."""
    return _said(text, "", required=True)


def pick_optional(optional: list[Question], around: Surroundings) -> list[Question]:
    """Which of the questions that may stay open the officer can answer now."""
    offered = [question for question in optional if _can_be_answered(question, around)]
    return pick("What else is known?", offered) if offered else []


def _can_be_answered(question: Question, around: Surroundings) -> bool:
    """Whether there is anything to choose: no case to link to, no record to name, no question."""
    named = any(isinstance(mark, RefersTo | CaseMark) for mark in question.marks)
    return not named or bool(options_for(question, around))


def pick(text: str, offered: list[Question]) -> list[Question]:
    """Some of these questions."""
    choices = [questionary.Choice(question.ask, question.name) for question in offered]
    picked = _picked(text, choices)
    return [question for question in offered if question.name in picked]


def _asked(prompt: questionary.Question) -> object:
    return prompt.unsafe_ask()


def _typed(text: str, check: Callable[[str], bool | str] = lambda _: True, default: str = "") -> str:
    """What is typed on a line; asked again as long as it does not pass, or holds half a letter that would be lost."""

    def whole(typed: str) -> bool | str:
        return check(typed) if is_whole(typed) else NO_LETTER

    return str(_asked(questionary.text(text, default=default, validate=whole)))


def _date(interview: Interview, question: Question, suggested: Plain) -> Plain:
    today = interview.around.today
    offered = str(suggested or "")
    ways = ["a date", *question.choices, *([f"Enter for {offered}"] if offered else [])]
    asked = f"{question.ask} ({', '.join(ways)})"
    typed = _typed(asked, lambda text: _date_problem(text or offered, question, today))
    return read_date(typed or offered, today)


def _date_problem(text: str, question: Question, today: date) -> bool | str:
    read = read_date(text, today)
    if read in question.choices or (not read and not question.required):
        return True
    try:
        date.fromisoformat(read)
    except ValueError:
        return "Write the date as YYYY-MM-DD, 5/3/2026 or 5 March 2026; or: today, yesterday."
    return True if ISO_DATE.fullmatch(read) else "Write the date as YYYY-MM-DD."


def _line(interview: Interview, question: Question, suggested: Plain) -> Plain:
    del interview
    must = question.required
    return _typed(question.ask, lambda text: bool(text.strip()) or not must or MUST, str(suggested or "")).strip()


def _prose(interview: Interview, question: Question, suggested: Plain) -> Plain:
    del interview
    return _said(question.ask, str(suggested or ""), question.required)


def _said(asked: str, before: str, required: bool) -> Plain:
    if "\n" in before:
        return write_in_editor(asked, before)
    line = f"{asked} (one line, or {TO_EDITOR} for your editor)"
    text = _typed(line, lambda typed: bool(typed.strip()) or not required or MUST, before).strip()
    return write_in_editor(asked, before) if text == TO_EDITOR else text


def _lines(interview: Interview, question: Question, suggested: Plain) -> Plain:
    del interview
    default = ", ".join(str(entry) for entry in suggested) if isinstance(suggested, list) else ""
    typed = _typed(f"{question.ask} (separate with commas)", default=default)
    return [part.strip() for part in typed.split(",") if part.strip()]


def _choice(interview: Interview, question: Question, suggested: Plain) -> Plain:
    options = list(options_for(question, interview.around))
    if not options:
        return _line(interview, question, suggested)
    return choose(question.ask, options, str(suggested) if suggested else None)


def _several(interview: Interview, question: Question, suggested: Plain) -> Plain:
    chosen = suggested if isinstance(suggested, list) else []
    return list(_several_of(question.ask, options_for(question, interview.around), [str(code) for code in chosen]))


def _several_of(text: str, options: tuple[Option, ...], chosen: list[str]) -> list[str]:
    choices = [questionary.Choice(option.text, option.code, checked=option.code in chosen) for option in options]
    return _picked(text, choices)


def _picked(text: str, choices: list[questionary.Choice]) -> list[str]:
    picked = _asked(questionary.checkbox(text, choices=choices, instruction="(space picks, Enter goes on)"))
    return [str(code) for code in picked] if isinstance(picked, list) else []


def _group(interview: Interview, question: Question, suggested: Plain) -> Plain:
    del suggested
    tell(question.ask)
    return interview.inside(question.inner, {})


def _groups(interview: Interview, question: Question, suggested: Plain) -> Plain:
    first, *others = question.inner
    options = options_for(first, interview.around)
    if options and not any(other.required for other in others):
        before = (
            [str(entry[first.name]) for entry in suggested if isinstance(entry, dict)]
            if isinstance(suggested, list)
            else []
        )
        return [{first.name: code} for code in _several_of(question.ask, options, before)]
    if options and any(_for_each(mark) for mark in first.marks):
        return [_one_of_each(interview, question, first, option) for option in options]
    return _one_by_one(interview, question)


def _for_each(mark: object) -> bool:
    """Whether the questions are put for every entry: each child, each safeguarding partner."""
    return isinstance(mark, ChildMark) or (isinstance(mark, FromFramework) and mark.name == "safeguarding-partners")


def _one_of_each(interview: Interview, question: Question, first: Question, option: Option) -> Plain:
    tell(f"{question.ask} {option.text}:")
    return interview.inside(question.inner, {first.name: option.code})


def _one_by_one(interview: Interview, question: Question) -> list[Plain]:
    found: list[Plain] = []
    tell(question.ask)
    while True:
        preset: dict[str, Plain] = {}
        if question.name == "children":
            preset = {"id": f"child-{ascii_lowercase[len(found)]}"}
            tell(f"{label_of(str(preset['id']))}:")
        found.append(interview.inside(question.inner, preset))
        if not confirm("Another one?", default=False):
            return found


def _answers(interview: Interview, question: Question, suggested: Plain) -> Plain:
    before = suggested if isinstance(suggested, dict) else {}
    tell(question.ask)
    words = [Option(word, word.replace("-", " ")) for word in question.choices]
    wording = _wordings(question, interview.around)
    found: dict[str, Plain] = {}
    for option in options_for(question, interview.around):
        tell_item(wording.get(option.code, ""))
        found[option.code] = choose(f"{option.text}?", words, str(before.get(option.code)))
    return found


def _wordings(question: Question, around: Surroundings) -> dict[str, str]:
    """Each criterion in its own words, with its source."""
    named = [mark.name for mark in question.marks if isinstance(mark, FromFramework)]
    return {
        entry.id: f"{getattr(entry, 'wording', entry.name)} ({around.framework.cite(entry)})"
        for name in named
        for entry in around.framework.entries(name)
    }


_ASKERS: Mapping[str, Callable[[Interview, Question, Plain], Plain]] = {
    "date": _date,
    "choice": _choice,
    "several": _several,
    "code": _choice,
    "line": _line,
    "prose": _prose,
    "lines": _lines,
    "group": _group,
    "groups": _groups,
    "answers": _answers,
}
