"""The rows of the steps: every kind has one, and nothing that a row names is missing."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

import sptool.workflow.steps
from sptool.records.header import HEADER, Record
from sptool.records.kinds import CASE_KINDS
from sptool.records.questions import Question, questions
from sptool.workflow.events import EVENTS
from sptool.workflow.steps import COMMANDS, STEPS
from sptool.workflow.steps.row import EITHER, Command, Flag, Late, Step

WHAT_EACH_TAKES = {
    "fitted_by": ["session", "wanted", "given"],
    "waiting": ["session", "given"],
    "instead": ["session", "wanted", "given"],
    "afterwards": ["session", "done", "given"],
}
LATE = [
    (command, part)
    for command in COMMANDS.values()
    for part in WHAT_EACH_TAKES
    if isinstance(getattr(command, part), Late)
]
FLAGS = [
    (command, flag)
    for command in COMMANDS.values()
    for flag in (*command.flags, *([command.word] if command.word else []))
]


def steps_of(command: Command) -> list[Step]:
    return [step for step in STEPS.values() if step.command is command]


def rows() -> Iterator[Step]:
    """Every row that stands in a file of steps."""
    for found in iter_modules(sptool.workflow.steps.__path__, "sptool.workflow.steps."):
        yield from getattr(import_module(found.name), "STEPS", ())


def test_every_kind_of_record_of_a_case_has_a_row() -> None:
    assert [kind for kind in CASE_KINDS if kind not in STEPS] == [], "add a row to sptool/workflow/steps/"


def test_every_row_is_the_step_of_its_kind() -> None:
    assert [row.kind for row in rows() if STEPS.get(row.kind) is not row] == []


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_a_model_says_what_it_is_called(kind: str) -> None:
    own = vars(CASE_KINDS[kind])
    assert [name for name in ("kind", "title") if not own.get(name)] == [], f"the model of {kind} lacks these"


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_whatever_an_officer_records_is_asked(kind: str) -> None:
    asked = {question.name for question in answerable(CASE_KINDS[kind])}
    written = HEADER | {"local"}  # the answers to the partnership's own questions, which stand in its edition
    assert [name for name in CASE_KINDS[kind].model_fields if name not in asked | written] == [], "ask() or may_ask()"


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_what_stands_in_a_commits_subject_and_what_is_asked_first_are_fields(kind: str) -> None:
    model = CASE_KINDS[kind]
    assert [name for name in (*model.in_subject, *model.asked_first) if name not in model.model_fields] == []


@pytest.mark.parametrize(("command", "part"), LATE, ids=lambda value: getattr(value, "name", value))
def test_what_a_row_names_on_the_floor_above_is_there_and_takes_what_it_is_given(command: Command, part: str) -> None:
    found: Callable[..., object] = getattr(command, part).load()
    assert list(inspect.signature(found).parameters) == WHAT_EACH_TAKES[part], f"{part} of sptool {command.name}"


@pytest.mark.parametrize("kind", STEPS)
def test_the_events_that_a_step_brings_about_are_events_of_the_pathway(kind: str) -> None:
    assert [event for event in STEPS[kind].meets if event not in EVENTS] == []


def test_no_event_is_brought_about_by_two_steps() -> None:
    named = [event for step in STEPS.values() for event in step.meets]
    assert len(named) == len(set(named))


@pytest.mark.parametrize(("command", "flag"), FLAGS, ids=lambda value: str(value.name))
def test_a_flag_answers_a_question_of_the_record(command: Command, flag: Flag) -> None:
    asked = {question.name: question for step in steps_of(command) for question in answerable(step.model)}
    assert flag.field in asked, f"{flag.name} of sptool {command.name}"


def answerable(model: type[Record]) -> Iterator[Question]:
    yield from (question for question in questions(model) if question.name not in HEADER)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_finds_its_own_cases_says_how(name: str) -> None:
    command = COMMANDS[name]
    assert (command.about == "one-or-all") == (command.waiting is not None)


@pytest.mark.parametrize("name", COMMANDS)
def test_where_a_command_records_several_kinds_something_chooses_among_them(name: str) -> None:
    command = COMMANDS[name]
    assert len(steps_of(command)) == 1 or command.fitted_by is not None


@pytest.mark.parametrize("kind", STEPS)
def test_what_follows_is_a_step_too(kind: str) -> None:
    assert [model.kind for model in STEPS[kind].follows if model.kind not in STEPS] == []


def test_only_decisions_are_taken_afresh() -> None:
    afresh = [kind for kind, step in STEPS.items() if "reconsideration" in step.put_right_by]
    assert afresh == ["notification-decision", "local-review-decision"]


def test_only_what_takes_something_away_can_not_be_corrected() -> None:
    for_good = [kind for kind, step in STEPS.items() if not {*EITHER} <= {*step.put_right_by}]
    assert for_good == ["withdrawal", "erasure"]
