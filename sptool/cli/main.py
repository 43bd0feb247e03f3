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
from sptool.desk.done import Done
from sptool.desk.session import Globals
from sptool.errors import Interrupted, InvalidAnswers, SptoolError, Undecided, UnfitFile

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
    done = context.obj if isinstance(context.obj, Done) else Done()
    context.obj = Globals(cases, today, no_input, done)


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
    done = Done()
    sys.excepthook = lambda kind, fault, trace: faults.report(kind, fault, trace, done)
    faults.open_missing_streams()
    settle_encodings()
    try:
        code = call(sys.argv[1:], done)
    except OSError:  # not even the message could be shown
        code = done.code(faults.UNFIT)
    faults.close_output()
    sys.exit(code)


def _start_quickly() -> None:
    # A run of sptool makes much and throws away little before it ends.
    gc.set_threshold(100_000, 20, 20)
    # pydantic would look through every installed package for one that wants a say in how records are read.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


def call(arguments: Sequence[str], done: Done | None = None) -> int:
    """Runs one command.

    Args:
        done: where to note what is recorded.

    Returns:
        The exit code: 0 done; 1 the answer is "look" or the step was refused; 2 usage; 3 the folder is unfit;
        130 stopped. Once all that was asked for is recorded, nothing that fails afterwards turns it.
    """
    done = done or Done()
    code = _called(arguments, done)
    for complaint in done.complaints:
        tell(complaint)
    return code


def _called(arguments: Sequence[str], done: Done) -> int:
    try:
        outcome = _program()(hoisted(list(arguments)), prog_name="sptool", standalone_mode=False, obj=done)
        sys.stdout.flush()  # here, so that a full disk is not taken for a result
    except SptoolError as error:
        _show(error, done)
        return done.code(error.exit_code)
    except (KeyboardInterrupt, EOFError, typer.Abort):
        return _stopped(done)
    except BrokenPipeError:
        return _unread(done)
    except SystemExit as leaving:
        # typer's own way out where nobody reads the result any more.
        if isinstance(leaving.__context__, BrokenPipeError):
            return _unread(done)
        raise
    except OSError as error:
        return faults.explain_disk(error, done)
    except typer.Exit as leaving:
        return leaving.exit_code
    except faults.TYPED_WRONG as error:
        return faults.explain_usage(error)
    if outcome == faults.STOPPED:  # what typer makes of Ctrl-C
        return _stopped(done)
    return outcome if isinstance(outcome, int) else 0


def _stopped(done: Done) -> int:
    tell(f"Stopped. {done.so_far()}")
    return done.code(faults.STOPPED)


def _unread(done: Done) -> int:
    """What happens where nobody reads the result: nothing, unless something was to be recorded and is not."""
    if not done.left:
        return 0
    tell(f"sptool stopped, because nobody reads what it prints. {done.so_far()}")
    return faults.UNFIT


def _show(error: SptoolError, done: Done) -> None:
    if isinstance(error, InvalidAnswers | UnfitFile) and len(error.problems) > 1:
        tell(f"{len(error.problems)} problems:")
    tell("Stopped." if isinstance(error, Interrupted) and done.steps else error.message)
    if error.fix:
        tell(error.fix)
    if done.steps:
        tell(done.so_far())
    elif done.recording and error.exit_code == faults.UNFIT and not isinstance(error, Undecided):
        tell("This step was not recorded.")
