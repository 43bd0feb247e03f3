"""The layers: who may import whom, and what only certain files may use."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "sptool"
ALL = {
    "errors",
    "text",
    "working_days",
    "resources",
    "records",
    "publishing",
    "framework",
    "workflow",
    "store",
    "index",
    "audit",
    "documents",
    "desk",
    "cli",
}
MAY_IMPORT = {
    "errors": set[str](),
    "resources": set[str](),
    "text": {"errors"},
    "working_days": {"errors"},
    "records": {"errors", "text"},
    "publishing": {"errors", "text", "records"},
    "framework": {"errors", "text", "working_days"},
    "workflow": {"errors", "text", "working_days", "records", "framework"},
    "store": {"errors", "text", "records", "framework", "resources"},
    "index": {"errors", "text", "working_days", "records", "framework", "workflow", "store"},
    "audit": {"errors", "text", "working_days", "records", "framework", "workflow", "store"},
    "documents": {"errors", "text", "working_days", "records", "framework", "workflow", "resources"},
    "desk": ALL - {"publishing", "cli"},
    "cli": ALL,
    "__main__": {"cli"},
}
ONLY_IN_CLI = {"typer", "rich", "questionary"}
STARTS_PROGRAMS = {
    "cli/editor.py",
    "documents/formats/pandoc.py",
    "store/git.py",
    "store/identity.py",
    "store/reader.py",
    "store/signing.py",
    "store/streaming.py",
}
READS_THE_CLOCK = {"desk/clock.py"}
PRINTS = {"cli/screen.py"}
PURE = ("workflow", "records", "framework", "text")

Module = tuple[str, ast.Module]


@cache
def modules() -> list[Module]:
    """Every module of the program, by its path in the package."""
    return [
        (path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "_data" not in path.parts
    ]


def layer(path: str) -> str:
    """The layer that a module belongs to."""
    return path.split("/")[0].removesuffix(".py")


def imported(tree: ast.Module) -> Iterator[str]:
    """The full names of everything that a module imports, at its head or inside its functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows(path: str, tree: ast.Module) -> set[str]:
    """The layers that a module leans on, without its own."""
    inside = [name.split(".")[1] for name in imported(tree) if name.startswith("sptool.")]
    return {name for name in inside if name in ALL} - {layer(path)}


def calls(tree: ast.Module) -> Iterator[str]:
    """What a module calls, as written: `print`, `date.today`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def files_that_import(*names: str) -> set[str]:
    return {path for path, tree in modules() if any(name.split(".")[0] in names for name in imported(tree))}


def files_that_call(*names: str) -> set[str]:
    return {path for path, tree in modules() if any(call in names for call in calls(tree))}


def test_every_module_belongs_to_a_layer() -> None:
    assert {layer(path) for path, _ in modules()} - {"__init__"} <= set(MAY_IMPORT)


@pytest.mark.parametrize("name", sorted(MAY_IMPORT))
def test_a_layer_leans_only_on_those_below_it(name: str) -> None:
    wrong = {
        path: sorted(arrows(path, tree) - MAY_IMPORT[name])
        for path, tree in modules()
        if layer(path) == name and arrows(path, tree) - MAY_IMPORT[name]
    }
    assert wrong == {}


def test_an_arrow_upwards_would_be_seen() -> None:
    inside_a_function = ast.parse("def late() -> None:\n    from sptool.cli.screen import say\n")
    assert arrows("workflow/state.py", inside_a_function) == {"cli"}
    assert arrows("workflow/state.py", ast.parse("import sptool.store.git")) == {"store"}
    assert arrows("workflow/state.py", ast.parse("from sptool import store")) == {"store"}


def test_the_terminal_is_met_only_in_cli() -> None:
    assert {path for path in files_that_import(*ONLY_IN_CLI) if layer(path) != "cli"} == set()


def test_the_clock_is_read_in_one_place() -> None:
    readers = files_that_call(
        *("date.today", "datetime.now", "datetime.utcnow", "datetime.today", "datetime.date.today"),
        *("datetime.datetime.now", "time.time", "time.localtime", "time.gmtime"),
    )
    assert readers == READS_THE_CLOCK


def test_programs_are_started_in_few_places() -> None:
    assert files_that_import("subprocess") <= STARTS_PROGRAMS
    assert files_that_call("os.system", "os.popen", "os.execv", "os.execvp", "os.spawnv") == set()


def test_printing_is_done_in_one_place() -> None:
    assert files_that_call("print", "typer.echo", "typer.secho", "click.echo") == set()
    assert files_that_call("sys.stdout.write", "stream.write") <= PRINTS


def test_the_rules_touch_no_disk() -> None:
    opened = files_that_call("open", "Path") | {
        path for path, tree in modules() if any(call.endswith((".read_text", ".write_text")) for call in calls(tree))
    }
    assert {path for path in opened if layer(path) in PURE} == set()
