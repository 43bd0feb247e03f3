"""What a command loads is paid for on every run: here is what each may load, and that none loads more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sptool.cli import command_list
from sptool.cli.main import whole_program
from tests.cli.cases import NOT_NOTIFY, referred
from tests.cli.running import MONDAY, Desk, desk, pattern

__all__ = ["desk", "pattern"]

HEAVY = {
    *("pydantic", "pydantic_core", "yaml", "jinja2", "holidays", "rich", "questionary", "prompt_toolkit", "git"),
    *(
        "sqlite3",
        "json",
        "email",
        "http",
        "asyncio",
        "multiprocessing",
        "concurrent",
        "logging",
        "zoneinfo",
    ),
}
"""What costs more than two milliseconds, of the packages that sptool leans on and of Python's own."""
RECORDS = {"pydantic", "pydantic_core", "yaml", "json", "zoneinfo", "email"}
"""What reading a case needs; `email` comes with pydantic."""
FROM_THE_INDEX = {"sqlite3", "json", "zoneinfo"}
MAY_LOAD: dict[str, set[str]] = {
    "--version": set(),
    "--help": set(),
    "overdue": FROM_THE_INDEX,
    "show": RECORDS | FROM_THE_INDEX,
    "next": RECORDS | FROM_THE_INDEX,
    "decide": RECORDS | FROM_THE_INDEX,
}
_PROGRAM = """
import json, sys
before = set(sys.modules)
from sptool.cli.main import run
try:
    run()
finally:
    print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before})), file=open(REPORT, "w"))
"""


def loaded(desk: Desk, place: Path, *words: str | Path) -> set[str]:
    """The packages that a command loads."""
    report = place / "loaded.json"
    program = _PROGRAM.replace("REPORT", repr(str(report)), 1)
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        cwd=desk.folder,
        env=desk.environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    return set(json.loads(report.read_text(encoding="utf-8")))


def words_for(command: str, desk: Desk) -> tuple[str | Path, ...]:
    """What is typed for a command, after which nothing is left to be made once for all."""
    if command.startswith("-"):
        return (command,)
    case = referred(desk)
    desk.call("overdue")
    desk.call("show", case)
    if command == "overdue":
        return (command,)
    more = ("--from", desk.file({**NOT_NOTIFY, "happened_on": MONDAY})) if command == "decide" else ()
    return (command, case, *more)


@pytest.mark.parametrize("command", MAY_LOAD)
def test_a_command_loads_nothing_heavy_that_it_does_not_need(command: str, desk: Desk, tmp_path: Path) -> None:
    found = loaded(desk, tmp_path, *words_for(command, desk))
    assert "typer" in found
    assert (found & HEAVY) - MAY_LOAD[command] == set()


def test_what_may_be_loaded_would_be_seen(desk: Desk, tmp_path: Path) -> None:
    assert {"pydantic", "yaml"} <= loaded(desk, tmp_path, *words_for("next", desk))


def test_the_list_of_commands_is_what_the_program_has() -> None:
    assert command_list.LIST.read_text(encoding="utf-8") == command_list.as_list(), "To write it afresh: make docs"
    assert [post.name for post in command_list.listed()] == list(whole_program().commands)


def test_a_command_that_the_list_lacks_is_found_all_the_same(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = tmp_path / "commands.txt"
    short.write_text("showing\tshow\tShow a case.\n", encoding="utf-8")
    program = whole_program()
    program.commands = {}
    context = program.make_context("sptool", ["overdue"])
    assert program.resolve_command(context, ["overdue"])[0] == "overdue"
