"""The program: its commands, and the one place that catches an error, prints it and exits."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_command

from sptool import __version__
from sptool.cli import faults
from sptool.cli.arguments import hoisted
from sptool.cli.command_list import ListedCommands, found, in_full, listed
from sptool.cli.screen import say, settle_encodings, tell
from sptool.desk.session import Globals
from sptool.errors import InvalidAnswers, SptoolError, UnfitFile

front = typer.Typer(
    cls=ListedCommands,
    name="sptool",
    help="Learning from Practice, from referral to close. Each case is a folder of records in git.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"sptool {__version__}")
        raise typer.Exit


@front.callback()
def everywhere(
    context: typer.Context,
    cases: Annotated[Path | None, typer.Option(help="The case folder.", envvar="SPTOOL_CASES")] = None,
    today: Annotated[
        str, typer.Option(help="Pretend that today is this date (practice folders only).", envvar="SPTOOL_TODAY")
    ] = "",
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing; what is missing is an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Learning from Practice, from referral to close. Each case is a folder of records in git.

    The options below may stand anywhere in a command.
    """
    del version
    context.obj = Globals(cases, today, no_input)


@cache
def _program() -> Callable[..., object]:
    """The commands, listed once. Called directly: typer's own call puts its error page in the place of ours."""
    program = _group()
    program.commands = {post.name or "": post for post in listed()}
    return program


def whole_program() -> TyperGroup:
    """Every command in full, for the pages that are made from them."""
    program = _group()
    program.commands = {post.name or "": in_full(post.module, post.name or "") for post in found()}
    return program


def _group() -> TyperGroup:
    program = get_command(front)
    if not isinstance(program, TyperGroup):
        raise TypeError("sptool is a group of commands")
    return program


def run() -> None:
    """The program as it is started from a terminal."""
    _start_quickly()
    sys.excepthook = faults.report
    faults.open_missing_streams()
    settle_encodings()
    try:
        code = call(sys.argv[1:])
    except OSError:  # not even the message could be shown
        code = faults.UNFIT
    faults.close_output()
    sys.exit(code)


def _start_quickly() -> None:
    # A run of sptool makes much and throws away little before it ends.
    gc.set_threshold(100_000, 20, 20)
    # pydantic would look through every installed package for one that wants a say in how records are read.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


def call(arguments: Sequence[str]) -> int:
    """Runs one command.

    Args:
        arguments: what was typed after `sptool`.

    Returns:
        The exit code: 0 done; 1 the answer is "look" or the step was refused; 2 usage; 3 the folder is unfit;
        130 stopped.
    """
    try:
        outcome = _program()(hoisted(list(arguments)), prog_name="sptool", standalone_mode=False)
        sys.stdout.flush()  # here, so that a full disk is not taken for a result
    except SptoolError as error:
        _show(error)
        return error.exit_code
    except (KeyboardInterrupt, EOFError, typer.Abort):
        tell("Stopped. Nothing was recorded.")
        return faults.STOPPED
    except BrokenPipeError:
        return 0
    except SystemExit as leaving:
        # typer's own way out where nobody reads the result any more; what was to be recorded is.
        if isinstance(leaving.__context__, BrokenPipeError):
            return 0
        raise
    except OSError as error:
        return faults.explain_disk(error)
    except typer.Exit as leaving:
        return leaving.exit_code
    except faults.TYPED_WRONG as error:
        return faults.explain_usage(error)
    return outcome if isinstance(outcome, int) else 0


def _show(error: SptoolError) -> None:
    if isinstance(error, InvalidAnswers | UnfitFile) and len(error.problems) > 1:
        tell(f"{len(error.problems)} problems:")
    tell(error.message)
    if error.fix:
        tell(error.fix)
