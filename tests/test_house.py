"""The project's own house: pages that say what is true, pinned packages, and the style that is agreed on."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from typer.core import TyperOption

from sptool import __version__
from sptool.cli.main import whole_program
from sptool.cli.reference import commands
from sptool.records.kinds import KINDS
from sptool.workflow.steps import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PROGRAM = sorted((ROOT / "sptool").rglob("*.py"))
SOURCES = [*PROGRAM, *sorted((ROOT / "tests").rglob("*.py"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LONGEST_MODULE = 300  # lines
LONGEST_TESTS = 500  # a file of tests is read one test at a time
LONGEST_FUNCTION = 40
FORBIDDEN = (
    "type: " + "ignore",
    "# no" + "qa",
    "TO" + "DO",
    "FIX" + "ME",
    "except " + "Exception",
    "except " + "BaseException",
)
# What would tie a checkout to the machine or the service that it was made on.
OF_A_MACHINE = re.compile(r"/(?:home|root|Users|work)/\w|index-url|find-links|/simple\b")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def typed_commands(page: str) -> Iterator[str]:
    """Every command line of sptool that a page shows in code."""
    blocks = re.findall(r"```\w*\n(.*?)```", page, re.DOTALL)
    indented = re.findall(r"(?:^(?: {4}|\t).+\n?)+", page, re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", page)
    for code in (*blocks, *indented, *spans):
        yield from re.findall(r"(?:^|\$ |: |; |\| |&& )\s*((?:\.venv/bin/)?sptool(?: [^\n|;&`]+)?)", code, re.MULTILINE)


NAMES = {*KINDS, *COMMANDS}
ENDINGS = {"_on", "_by", "_at"}
KNOWN = dict(commands(whole_program()))
GROUPS = {name.split()[0] for name in KNOWN if " " in name}
EVERYWHERE = {"--help", "-h", *(option for one in whole_program().params for option in one.opts)}


def unknown_in(line: str) -> list[str]:
    """What a shown command line says that the program doesn't know."""
    words = line.split()[1:]
    while words and words[0] in ("--cases", "--today"):
        words = words[2:]
    if not words or not words[0][0].isalpha() or words[0] == "COMMAND":
        return []
    name = " ".join(words[:2]) if words[0] in GROUPS and len(words) > 1 else words[0]
    if name in GROUPS:
        return []
    if name not in KNOWN:
        return [name]
    options = {option for one in KNOWN[name].params if isinstance(one, TyperOption) for option in one.opts}
    used = {word.partition("=")[0].strip("[].,()") for word in words if word.startswith("--")}
    return sorted(used - options - EVERYWHERE - {"--"})


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_command_that_a_page_shows_exists(page: Path) -> None:
    wrong = {line: unknown for line in typed_commands(text(page)) if (unknown := unknown_in(line))}
    assert wrong == {}


def test_a_command_that_does_not_exist_would_be_seen() -> None:
    assert list(typed_commands("Type `sptool fly REF` now.")) == ["sptool fly REF"]
    assert unknown_in("sptool fly REF") == ["fly"]
    assert unknown_in("sptool show REF --loudly") == ["--loudly"]
    assert unknown_in("sptool clarify fly REF") == ["clarify fly"]


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_no_link_leads_nowhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(page))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        waiting += [(page.parent / link).resolve() for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(page))]
    assert [shown(page) for page in PAGES if page not in reached] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(page.name[:4]) for page in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1)) != []


def test_the_changelog_has_a_place_for_what_is_not_released_yet() -> None:
    headings = re.findall(r"^## (.+)$", text(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert __version__ == PROJECT["version"]


@pytest.mark.parametrize("source", SOURCES, ids=shown)
def test_the_style_is_kept(source: Path) -> None:
    code = text(source)
    longest = LONGEST_MODULE if source in PROGRAM else LONGEST_TESTS
    assert len(code.splitlines()) <= longest, "split the module"
    assert [word for word in FORBIDDEN if word in code] == []
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: lines(node) for node in nodes if lines(node) > LONGEST_FUNCTION}
    assert long == {}, "split the function"


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How long a function is, its documentation left out."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("source", PROGRAM, ids=shown)
def test_what_others_call_is_documented(source: Path) -> None:
    tree = ast.parse(text(source))
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert ast.get_docstring(tree) or not tree.body
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("source", PROGRAM, ids=shown)
def test_no_argument_is_explained_by_its_name_alone(source: Path) -> None:
    assert re.findall(r"^ +(\w+): (?:the|its|an?) \1s?\.$", text(source), re.MULTILINE) == []


def tracked() -> list[Path]:
    """The files of the project, as git knows them; new ones included."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_nothing_ties_the_project_to_one_machine() -> None:
    found = {
        shown(path): match.group()
        for path in tracked()
        if path != Path(__file__) and (match := OF_A_MACHINE.search(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


# Nobody of ours holds the name on a public index: whoever takes it there could run what they like here.
BY_ITS_NAME = re.compile(
    r"""\b(?:pip3?\b.*\binstall|pipx\b.*\b(?:install|upgrade|run)|uv\b.*\b(?:install|add|run)|uvx)\b[^\n`]*"""
    r"""[\s"']sptool(?=[\s"'`\[=<>~!@]|$)""",
    re.MULTILINE,
)


def test_nothing_says_to_install_the_program_by_its_name() -> None:
    told = [path for path in tracked() if not path.is_relative_to(ROOT / "tests")]
    found = {shown(path): BY_ITS_NAME.findall(path.read_text(encoding="utf-8", errors="replace")) for path in told}
    assert {name: lines for name, lines in found.items() if lines} == {}
    for typed in (
        'pipx install --force "sptool[documents]"',
        "pipx upgrade sptool",
        "uvx sptool list",
        "pip install sptool",
    ):
        assert BY_ITS_NAME.search(typed)


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w.-]", one)[0].lower().replace("_", "-") for one in requirements}


def test_every_package_is_pinned() -> None:
    pinned = text(ROOT / "constraints.txt").splitlines()
    assert [line for line in pinned if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    wanted = names(
        [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)]
    )
    assert wanted - names(pinned) == {"sptool"} & wanted, "make lock"
    assert "sptool" not in names(pinned)


def test_one_command_runs_every_check() -> None:
    makefile = text(ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"demo", "test", "lint", "types", "setup", "schemas", "docs", "lock", "clean"} <= targets
    assert re.search(r"^test: setup lint types$", makefile, re.MULTILINE)
    assert text(ROOT / ".ci" / "run").splitlines()[-1] == "make test"
    readme = text(ROOT / "README.md")
    assert "make demo" in readme
    assert "make test" in readme


def is_of_a_step(part: ast.expr) -> bool:
    """Whether what is compared holds the name of a kind or of a command. How a record replaces another is neither."""
    return (isinstance(part, ast.Name) and part.id in ("kind", "command", "name")) or (
        isinstance(part, ast.Attribute)
        and part.attr in ("kind", "command", "name")
        and not (isinstance(part.value, ast.Attribute) and part.value.attr == "replaces")
    )


def words_in(nodes: Iterable[ast.AST]) -> set[str]:
    constants = (part.value for node in nodes for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def compared_names(path: Path) -> Iterator[str]:
    """Kinds of records and commands that a module compares by their written name, and endings of names."""
    for node in ast.walk(ast.parse(text(path))):
        compared: Iterable[ast.AST] = ()
        if isinstance(node, ast.Compare) and any(map(is_of_a_step, [node.left, *node.comparators])):
            compared = [node]
        if isinstance(node, ast.Match) and is_of_a_step(node.subject):
            compared = [case.pattern for case in node.cases]
        found = (words_in(compared) & NAMES) | (words_in([node]) & ENDINGS if isinstance(node, ast.Constant) else set())
        yield from (f"line {node.lineno}: {name}" for name in found if isinstance(node, ast.expr | ast.stmt))


@pytest.mark.parametrize("path", PROGRAM, ids=shown)
def test_no_kind_command_or_ending_of_a_name_is_compared_as_a_word(path: Path) -> None:
    assert list(compared_names(path)) == []
