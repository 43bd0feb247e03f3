"""Makes a typer command of each row of the table."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from sptool.cli.recording.flags import Flag
from sptool.cli.session import CaseArgument, open_session
from sptool.cli.stepping.listing import list_actions
from sptool.cli.stepping.table import STEP_COMMANDS, StepCommand

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
    "dry_run": Annotated[bool, typer.Option("--dry-run", help="Show what would be recorded; record nothing.")],
    "resume": Annotated[bool, typer.Option("--resume", help="Go on from the draft that was kept.")],
    "as_json": Annotated[bool, typer.Option("--json", help="Answer in JSON.")],
}
_DEFAULTS: Mapping[str, object] = {"on": "", "answers_from": "", "not_names": None}

# What only some commands have: the name in Python, and the option.
_EXTRAS: Mapping[str, Mapping[str, Any]] = {
    "referral": {"nomination": Annotated[str, typer.Option(help="The case whose nomination is now referred.")]},
    "decision": {
        "reconsider": Annotated[bool, typer.Option("--reconsider", help="Decide afresh: who asked, and why.")],
        "of": Annotated[
            str, typer.Option(help="With --reconsider: notification or local-review; left out: the newest decision.")
        ],
    },
    "outstanding": {
        "all_outstanding": Annotated[bool, typer.Option("--all-outstanding", help="Chase every open request.")],
        "email": Annotated[bool, typer.Option("--email", help="Write an e-mail draft for each agency, too.")],
    },
    "files": {"files": Annotated[list[Path] | None, typer.Option("--file", help="A file to keep among particulars.")]},
    "returned": {
        "files": Annotated[list[Path] | None, typer.Option("--file", help="A file to keep among particulars.")],
        "to_yaml": Annotated[
            str, typer.Option("--to-yaml", help="With --from FORM: write what was understood there; record nothing.")
        ],
    },
    "lift": {"lift": Annotated[bool, typer.Option("--lift", help="It no longer holds.")]},
    "hold": {"lift": Annotated[bool, typer.Option("--lift", help="It no longer holds.")]},
    "correction": {
        "withdraw": Annotated[bool, typer.Option("--withdraw", help="The record never belonged to this case.")]
    },
}


def register(app: typer.Typer) -> None:
    """Adds every command that records a step."""
    groups = {name: typer.Typer(help=text, no_args_is_help=True) for name, text in GROUPS.items()}
    for name, group in groups.items():
        app.add_typer(group, name=name)
    groups["action"].command("list")(list_actions)
    for row in STEP_COMMANDS:
        group_name, _, rest = row.name.partition(" ")
        owner = groups[group_name] if rest else app
        owner.command(rest or row.name, help=row.help)(_function(row))


def _function(row: StepCommand) -> Callable[..., None]:
    parameters = dict(_parameters(row))

    def run(**typed: Any) -> None:
        from sptool.cli.stepping.running import run_step

        session = open_session(typed.pop("context"))
        run_step(session, row, typed)

    run.__doc__ = row.help
    run.__name__ = row.name.replace(" ", "_").replace("-", "_")
    run.__annotations__ = {name: annotation for name, (annotation, _) in parameters.items()}
    signature = inspect.Signature(
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in parameters.items()
        ]
    )
    vars(run)["__signature__"] = signature
    return run


def _parameters(row: StepCommand) -> list[tuple[str, tuple[Any, object]]]:
    found: list[tuple[str, tuple[Any, object]]] = [("context", (typer.Context, inspect.Parameter.empty))]
    if not row.opens:
        default: object = "" if row.reference_optional else inspect.Parameter.empty
        found.append(("reference", (CaseArgument, default)))
    if row.word:
        word = Annotated[str, typer.Argument(metavar=row.word.name, help=row.word.help)]
        found.append(("word", (word, "")))
    found += [(flag.field, _option(flag)) for flag in row.flags]
    found += [(name, (annotation, _DEFAULTS.get(name, False))) for name, annotation in _EVERY_STEP.items()]
    extras = _EXTRAS.get(row.adapt, {})
    found += [(name, (annotation, _empty(annotation))) for name, annotation in extras.items()]
    return found


def _option(flag: Flag) -> tuple[Any, object]:
    if flag.repeated:
        return Annotated[list[str] | None, typer.Option(flag.name, help=flag.help + ". May be repeated.")], None
    return Annotated[str, typer.Option(flag.name, help=flag.help + ".")], ""


def _empty(annotation: Any) -> object:
    kind = annotation.__origin__
    return False if kind is bool else "" if kind is str else None
