"""Every command known by name and purpose at once; loaded, with its arguments and options, when it is called.

What `commands.txt` lists is made from the program by `make docs`. Loading every command at each start would take as
long as Python itself does twice over.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info, get_group_from_info, solve_typer_info_defaults
from typer.models import CommandInfo, TyperInfo

from sptool.errors import UsageError

MODULES = (
    "step_commands",
    "overdue",
    "list_cases",
    "search",
    "show",
    "next_steps",
    "timeline",
    "explain",
    "working_days",
    "form",
    "render",
    "letterhead",
    "template",
    "history",
    "decision",
    "export",
    "sign_on",
    "checkpoint",
    "verify",
    "init",
    "retention",
    "tidy",
    "officer",
    "key",
    "framework",
    "demo",
)
"""The modules with commands, in the order of the help page."""
LIST = Path(__file__).with_name("commands.txt")


class ListedCommand(TyperCommand):
    """A command by its name and purpose."""

    def __init__(self, module: str, name: str, purpose: str) -> None:
        super().__init__(name, help=purpose, rich_markup_mode=None)
        self.module = module


class ListedCommands(TyperGroup):
    """The commands as `--help` lists them; one that is called is loaded."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What was typed before the command, sorted into options."""
        refuse_typed_twice(self, ctx, args)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that was typed, with its arguments and options."""
        if args and args[0] not in self.commands:  # a command that is newer than the list
            self.commands = {one.name or "": one for one in found()}
        name, known, rest = super().resolve_command(ctx, args)
        return name, in_full(known.module, known.name or "") if isinstance(known, ListedCommand) else known, rest


def listed() -> Iterator[ListedCommand]:
    """The commands as they were listed when `make docs` was run last."""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        yield ListedCommand(*line.split("\t"))


def found() -> Iterator[ListedCommand]:
    """The commands as the modules have them now."""
    for module in MODULES:
        app = registered(module)
        for command in app.registered_commands:
            purpose = command.help or inspect.getdoc(command.callback) or ""
            yield ListedCommand(module, _name(command), inspect.cleandoc(purpose))
        for group in app.registered_groups:
            known = solve_typer_info_defaults(group)
            yield ListedCommand(module, known.name or "", known.help or "")


def as_list() -> str:
    """The content of `commands.txt`: of each command the module, the name and what it does."""
    return "".join(f"{one.module}\t{one.name}\t{' '.join((one.help or '').split())}\n" for one in found())


@cache
def in_full(module: str, name: str) -> Any:
    """A command with its arguments and options."""
    app = registered(module)
    for command in app.registered_commands:
        if _name(command) == name:
            return get_command_from_info(command, pretty_exceptions_short=True, rich_markup_mode=None)
    return _group(next(group for group in app.registered_groups if solve_typer_info_defaults(group).name == name))


def _group(info: TyperInfo) -> TyperGroup:
    return get_group_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None, suggest_commands=True)


def _name(info: CommandInfo) -> str:
    return info.name or getattr(info.callback, "__name__", "").lower().replace("_", "-")


def registered(*modules: str) -> typer.Typer:
    """An app with the commands of these modules."""
    app = typer.Typer()
    for module in modules:
        import_module(f"sptool.cli.{module}").register(app)
    groups = [group.typer_instance for group in app.registered_groups if group.typer_instance]
    for command in [command for owner in (app, *groups) for command in owner.registered_commands]:
        command.cls = Once
    return app


def refuse_typed_twice(command: TyperCommand | TyperGroup, context: Any, words: list[str]) -> None:
    """Refuses an option that is typed twice with different words.

    Args:
        context: typer's own, which the reading of options needs.

    Raises:
        UsageError: it is.
    """
    if context.resilient_parsing:  # a shell asks how a line could go on
        return
    parser = command.make_parser(context)
    single = [one for one in command.get_params(context) if isinstance(one, TyperOption) and _takes_one_word(one)]
    for option in single:
        parser.add_option(obj=option, opts=option.opts, dest=option.name, action="append", nargs=option.nargs)
    typed = parser.parse_args(list(words))[0]
    for option in single:
        if len(set(typed.get(option.name or "", ()))) > 1:
            raise UsageError(f"{option.opts[0]} is typed twice, with different words.", "Type it once.")


def _takes_one_word(option: TyperOption) -> bool:
    return not (option.is_flag or option.count or option.multiple)


class Once(TyperCommand):
    """A command that refuses an option typed twice with different words."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What was typed, sorted into arguments and options."""
        refuse_typed_twice(self, ctx, args)
        return super().parse_args(ctx, args)
