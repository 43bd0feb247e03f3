"""Makes a typer command of each row of the table."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from sptool.cli.actions import list_actions
from sptool.cli.arguments import CaseArgument, open_session
from sptool.workflow.steps import COMMANDS
from sptool.workflow.steps.row import Command, Flag, Switch

GROUPS = {
    "clarify": "Questions to the referrer or an agency, and their replies.",
    "action": "Actions: add, update, assure, list.",
    "review": "The local child safeguarding practice review (LCSPR).",
}

_EVERY_STEP: Mapping[str, Any] = {
    "on": Annotated[str, typer.Option("--on", help="When it happened: a date, today or yesterday.")],
    "answers_from": Annotated[str, typer.Option("--from", help="Answers as YAML: a file, or - for standard input.")],
    "not_names": Annotated[
        list[str] | None, typer.Option("--not-a-name", help="A place (field:line:word) that names nobody.")
    ],
    "names_nobody": Annotated[
        bool,
        typer.Option(
            "--names-nobody", help="Your word that it names nobody, where the names are not here to look for."
        ),
    ],
    "dry_run": Annotated[bool, typer.Option("--dry-run", help="Show what would be recorded; record nothing.")],
    "resume": Annotated[bool, typer.Option("--resume", help="Go on from the draft that was kept.")],
    "as_json": Annotated[bool, typer.Option("--json", help="Answer in JSON.")],
}
_DEFAULTS: Mapping[str, object] = {"on": "", "answers_from": "", "not_names": None}


def register(app: typer.Typer) -> None:
    """Adds every command that records a step."""
    groups = {name: typer.Typer(help=text, no_args_is_help=True) for name, text in GROUPS.items()}
    for name, group in groups.items():
        app.add_typer(group, name=name)
    groups["action"].command("list")(list_actions)
    for command in COMMANDS.values():
        group_name, _, rest = command.name.partition(" ")
        owner = groups[group_name] if rest else app
        owner.command(rest or command.name, help=command.help)(_function(command))


def _function(command: Command) -> Callable[..., None]:
    parameters = dict(_parameters(command))

    def run(**typed: Any) -> None:
        from sptool.cli.steps import run_step

        session = open_session(typed.pop("context"))
        run_step(session, command, typed)

    run.__doc__ = command.help
    run.__name__ = command.name.replace(" ", "_").replace("-", "_")
    run.__annotations__ = {name: annotation for name, (annotation, _) in parameters.items()}
    signature = inspect.Signature(
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in parameters.items()
        ]
    )
    vars(run)["__signature__"] = signature
    return run


def _parameters(command: Command) -> list[tuple[str, tuple[Any, object]]]:
    found: list[tuple[str, tuple[Any, object]]] = [("context", (typer.Context, inspect.Parameter.empty))]
    match command.about:
        case "one":
            found.append(("reference", (CaseArgument, inspect.Parameter.empty)))
        case "one-or-new" | "one-or-all":
            found.append(("reference", (CaseArgument, "")))
        case "new":
            pass
    if command.word:
        word = Annotated[str, typer.Argument(metavar=command.word.name, help=command.word.help)]
        found.append(("word", (word, "")))
    found += [(switch.field, _switch(switch)) for switch in command.switches if switch.takes == "argument"]
    found += [(flag.field, _option(flag)) for flag in command.flags]
    found += [(name, (annotation, _DEFAULTS.get(name, False))) for name, annotation in _EVERY_STEP.items()]
    return found + [(switch.field, _switch(switch)) for switch in command.switches if switch.takes != "argument"]


def _option(flag: Flag) -> tuple[Any, object]:
    if flag.repeated:
        return Annotated[list[str] | None, typer.Option(flag.name, help=flag.help + ". May be repeated.")], None
    return Annotated[str, typer.Option(flag.name, help=flag.help + ".")], ""


def _switch(switch: Switch) -> tuple[Any, object]:
    match switch.takes:
        case "nothing":
            return Annotated[bool, typer.Option(switch.name, help=switch.help)], False
        case "word":
            return Annotated[str, typer.Option(switch.name, help=switch.help)], ""
        case "files":
            return Annotated[list[Path] | None, typer.Option(switch.name, help=switch.help)], None
        case "argument":
            return Annotated[str, typer.Argument(metavar=switch.name, help=switch.help)], ""
