"""docs/commands.md is made from the program, and says something about every command, argument and option."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.core import TyperArgument, TyperOption

from sptool.cli.main import whole_program
from sptool.cli.reference import commands, is_step, kinds_of, page
from sptool.records.kinds import CASE_KINDS
from sptool.workflow import steps

PAGE = (Path(__file__).parents[1] / "docs" / "commands.md").read_text(encoding="utf-8")


COMMANDS = dict(commands(whole_program()))


def section(name: str) -> str:
    """What the page says about a command."""
    return next(part for part in PAGE.split("\n## ") if part.startswith((f"`sptool {name}`", f"`sptool {name} ")))


def test_the_page_is_what_the_program_says_now() -> None:
    assert page() == PAGE, "To write it afresh: make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_explained(name: str) -> None:
    command = COMMANDS[name]
    assert command.help, "say what the command does"
    for parameter in command.params:
        assert isinstance(parameter, TyperArgument | TyperOption)
        assert parameter.hidden or parameter.help, f"say what {parameter.name} is"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_its_own_stands_under_the_command(name: str) -> None:
    shared = PAGE.split("## Recording a step")[1].split("\n## ")[0] if is_step(name) else ""
    said = section(name) + shared
    options = [option for one in COMMANDS[name].params if isinstance(one, TyperOption) for option in one.opts]
    assert [option for option in options if f"`{option}" not in said and f", {option}" not in said] == []


def test_every_step_of_the_table_is_a_command() -> None:
    assert [row.name for row in steps.COMMANDS.values() if row.name not in COMMANDS] == []


def test_every_kind_of_record_is_recorded_by_some_command() -> None:
    recorded = {kind for name in COMMANDS for kind in kinds_of(name)}
    assert recorded == set(CASE_KINDS)
