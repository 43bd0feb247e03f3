"""The layers: who may import whom, and what only certain files may use."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
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
    "audit": {"errors", "text", "working_days", "records", "framework", "workflow", "store", "index"},
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
# The index, which SQLite opens once its seal was looked at; a name that must not exist; the user's own state
# folder, kept elsewhere; and what is remembered, which names its file and reads and writes it through the workshop.
REACHES_BESIDE_THE_RECORDS = {"index/keeping.py", "index/listing.py", "store/own.py", "store/remembered.py"}
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


def module_name(path: str) -> str:
    """The name by which a module is imported."""
    return ".".join(["sptool", *path.removesuffix(".py").removesuffix("__init__").rstrip("/").split("/")]).rstrip(".")


def leans_on(trees: list[Module]) -> dict[str, set[str]]:
    """Of each module the modules whose names it imports, at its head, inside its functions or for its types alone."""
    known = {module_name(path) for path, _ in trees}
    return {
        module_name(path): {found for name in imported(tree) if (found := _module_of(name, known))}
        for path, tree in trees
    }


def _module_of(name: str, known: set[str]) -> str | None:
    """The module that an imported name is or stands in; None outside sptool."""
    return next((one for one in (name, name.rpartition(".")[0]) if one in known), None)


def circles(arrows_of: Mapping[str, set[str]]) -> set[frozenset[str]]:
    """The sets of modules each of which leads to all the others, as Tarjan finds them."""
    found: set[frozenset[str]] = set()
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_now: list[str] = []

    def visit(one: str) -> None:
        order[one] = lowest[one] = len(order)
        open_now.append(one)
        for other in sorted(arrows_of[one]):
            if other not in order:
                visit(other)
                lowest[one] = min(lowest[one], lowest[other])
            elif other in open_now:
                lowest[one] = min(lowest[one], order[other])
        if lowest[one] == order[one]:
            at = open_now.index(one)
            members = open_now[at:]
            del open_now[at:]
            if len(members) > 1 or one in arrows_of[one]:
                found.add(frozenset(members))

    for module in sorted(arrows_of):
        if module not in order:
            visit(module)
    return found


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


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(leans_on(modules())) == set()


def test_a_circle_would_be_seen_even_through_a_function_or_a_package() -> None:
    broken = {
        "text/__init__.py": "",
        "text/a.py": "from sptool.text.b import name",
        "text/b.py": "def late() -> None:\n    import sptool.text.c",
        "text/c.py": "if TYPE_CHECKING:\n    from sptool.text import a",
        "text/d.py": "from sptool.text.a import name",
        "text/e/__init__.py": "from sptool.text.e.f import name",
        "text/e/f.py": "from sptool.text.e import other",
    }
    trees = [(path, ast.parse(text)) for path, text in broken.items()]
    assert circles(leans_on(trees)) == {
        frozenset({"sptool.text.a", "sptool.text.b", "sptool.text.c"}),
        frozenset({"sptool.text.e", "sptool.text.e.f"}),
    }
    whole = [one for one in trees if one[0] not in ("text/c.py", "text/e/f.py")]
    assert circles(leans_on(whole)) == set()


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


def reached_into(tree: ast.Module) -> Iterator[str]:
    """Where a module names what lies in `.git/sptool` by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            left, right = ast.unparse(node.left), ast.unparse(node.right)
            if left == "workshop" or left.endswith(".workshop") or "workshop_of(" in left or right == "'sptool'":
                yield ast.unparse(node)


def test_what_lies_beside_the_records_is_reached_in_one_place() -> None:
    found = {path for path, tree in modules() if list(reached_into(tree))}
    assert found == {"store/workshop.py", *REACHES_BESIDE_THE_RECORDS}


def test_reaching_past_it_would_be_seen() -> None:
    for line in ("workshop / 'journal'", "folder.workshop / name", "root / '.git' / 'sptool' / 'x'"):
        assert list(reached_into(ast.parse(line)))


def test_the_rules_touch_no_disk() -> None:
    opened = files_that_call("open", "Path") | {
        path for path, tree in modules() if any(call.endswith((".read_text", ".write_text")) for call in calls(tree))
    }
    assert {path for path in opened if layer(path) in PURE} == set()
