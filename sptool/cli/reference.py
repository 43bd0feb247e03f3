"""Writes the page of commands, their list, and the events on the page of the framework's file: see `make docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from sptool.cli.command_list import LIST, as_list
from sptool.cli.main import whole_program
from sptool.workflow.events import EVENTS
from sptool.workflow.steps import COMMANDS, STEPS

Parameter = TyperArgument | TyperOption

_OPENING = """# Commands

Made from the program; do not edit. To write it afresh: `make docs`. In a terminal: `sptool --help` and
`sptool COMMAND --help`.

Exit codes: 0 done · 1 it worked and the answer is "look", or the step was refused · 2 what was typed can't be
understood or isn't complete · 3 the case folder or a file is unfit · 70 a fault in sptool · 130 stopped.
"""
_STEPS = """## Recording a step

The commands marked *Step* record one step. Their arguments and flags are for short coded facts. Everything else is
asked for in a terminal, or comes as YAML through `--from`; `sptool form KIND` prints a blank for it. These options
belong to every step:
"""
_TOGETHER = """Flags and YAML add to each other. An entry of a list is known by its child, partner, agency or label,
and what one leaves out the other completes. Where they contradict each other, the step is refused and both are
named. The same holds for flags beside a draft that `--resume` goes on from.

A date is written with the day before the month: 2026-11-20, 20/11/2026, 20.11.2026, 20-11-26, 1st December 2026 or
Friday 20 November 2026. What is more or less than one date is refused. `today` and `yesterday` may be typed as a flag
or at a prompt, and stand in no file or form; a prompt also takes a date without its year, and shows how it is read.
"""


def page() -> str:
    """The page: every command with its arguments, options and help."""
    program = whole_program()
    shared = _shared_by_steps(program)
    lines = [_OPENING, "## Options of every command", "", *_rows(_parameters(program)), ""]
    lines += [_STEPS, *_rows(shared), "", _TOGETHER]
    common = {_name(parameter) for parameter in shared}
    for name, command in commands(program):
        lines += _section(name, command, common)
    return "\n".join(lines).rstrip() + "\n"


def commands(program: TyperGroup) -> Iterator[tuple[str, TyperCommand]]:
    """Every command by its full name, groups opened up.

    Args:
        program: the program, or a group of commands.
    """
    for name, command in program.commands.items():
        if isinstance(command, TyperGroup):
            yield from ((f"{name} {inner}", found) for inner, found in commands(command))
        elif isinstance(command, TyperCommand) and not command.hidden:
            yield name, command


def _parameters(command: TyperCommand | TyperGroup) -> list[Parameter]:
    return [
        parameter
        for parameter in command.params
        if isinstance(parameter, Parameter) and not parameter.hidden and not _of_the_shell(parameter)
    ]


def _of_the_shell(parameter: Parameter) -> bool:
    return bool({"--install-completion", "--show-completion"} & set(parameter.opts))


def _shared_by_steps(program: TyperGroup) -> list[Parameter]:
    """The options that every step has."""
    steps = [command for name, command in commands(program) if is_step(name)]
    everywhere = set.intersection(*({_name(one) for one in _parameters(step)} for step in steps))
    return [one for one in _parameters(steps[0]) if _name(one) in everywhere]


def is_step(command: str) -> bool:
    """Whether a command is there to record a step."""
    return command in COMMANDS


def kinds_of(command: str) -> dict[str, str]:
    """The kinds of record that a command records, each with the option that it takes, if any."""
    return {step.kind: step.option for step in STEPS.values() if step.command.name == command}


def _section(name: str, command: TyperCommand, common: set[str]) -> list[str]:
    own = [one for one in _parameters(command) if not is_step(name) or _name(one) not in common]
    typed = [_typed(one) for one in own if isinstance(one, TyperArgument)]
    said = " ".join((command.help or "").split())
    return [f"## {' '.join([f'`sptool {name}', *typed])}`", "", f"{said}{_marked(name)}", "", *_rows(own), ""]


def _marked(name: str) -> str:
    kinds = [f"`{kind}`" + (f" with `{option}`" if option else "") for kind, option in kinds_of(name).items()]
    return f"\n\n*Step*, recorded as {' or '.join(kinds)}." if kinds else ""


def _typed(argument: TyperArgument) -> str:
    word = _name(argument).strip("[]")
    return word if argument.required else f"[{word}]"


def _rows(parameters: list[Parameter]) -> list[str]:
    rows = [f"| `{_name(one)}`{_must(one)} | {_said(one)} |" for one in parameters]
    return ["| | |", "|---|---|", *rows] if rows else []


def _must(parameter: Parameter) -> str:
    return " (required)" if parameter.required and isinstance(parameter, TyperOption) else ""


def _said(parameter: Parameter) -> str:
    said = (parameter.help or "").replace("|", "\\|")
    variable = f" Also: the environment variable `{parameter.envvar}`." if parameter.envvar else ""
    default = parameter.default
    shown = f" Left out: {default}." if isinstance(default, str | int) and default and default is not True else ""
    return f"{said}{shown}{variable}".strip()


def _name(parameter: Parameter) -> str:
    if isinstance(parameter, TyperArgument):
        return (parameter.metavar or parameter.name or "").upper()
    return ", ".join([*parameter.opts, *parameter.secondary_opts])


def with_events(text: str) -> str:
    """The page about the framework's file with its table of events written afresh."""
    heading = "| event | what happens | for each |\n|---|---|---|\n"
    before, _, rest = text.partition(heading)
    rows = [f"| `{event.id}` | {event.what} | {event.each} |\n" for event in EVENTS.values()]
    _, _, after = rest.partition("\n\n")
    return "".join((before, heading, *rows, "\n", after))


if __name__ == "__main__":
    commands_page, framework_page = map(Path, sys.argv[1:])
    commands_page.write_text(page(), encoding="utf-8", newline="\n")
    events = with_events(framework_page.read_text(encoding="utf-8"))
    framework_page.write_text(events, encoding="utf-8", newline="\n")
    LIST.write_text(as_list(), encoding="utf-8", newline="\n")
