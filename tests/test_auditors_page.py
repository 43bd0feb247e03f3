"""The auditors' page: every command on it, run with git alone on the demonstration, answers what the page says."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import DemoRun

PAGE = (Path(__file__).parents[1] / "docs" / "auditors.md").read_text(encoding="utf-8")
STORY = "08-panel-disagrees"
TOOLS = ("bash", "git", "awk", "sed", "grep", "paste", "sort", "head", "cut", "basename", "sha256sum", "cat")
END = "@@@ end of answer {} @@@"
# What differs from one demonstration to the next: references, record ids, object ids, digests.
_STEADY = (
    (re.compile(r"\b20\d\d/HSP-20\d\d-\w{5}"), "CASE-FOLDER"),
    (re.compile(r"\bHSP-20\d\d-\w{5}"), "CASE"),
    (re.compile(r"\b[0-9a-f]{7,64}\b"), "DIGEST"),
    (re.compile(r"\b[a-z][0-9a-z]{9}\b(?=$|\.yaml)", re.MULTILINE), "RECORD"),
    (re.compile(r"written_by: sptool \S+"), "written_by: sptool"),
)


@dataclass(frozen=True)
class Shown:
    """A command on the page, and its answer there."""

    command: str
    answer: list[str]


def shown() -> list[Shown]:
    found: list[Shown] = []
    for block in re.findall(r"^```\n(\$ .*?)^```", PAGE, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Shown(line[2:], []))
            else:
                found[-1].answer.append(line)
    return found


def steady(lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    for pattern, name in _STEADY:
        text = pattern.sub(name, text)
    return text.strip("\n").split("\n") if text.strip("\n") else []


@pytest.fixture(scope="module")
def answers(demo: DemoRun, tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """What git answers to each command of the page, one after the other, in one shell without sptool."""
    place = tmp_path_factory.mktemp("auditor")
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        pytest.skip(f"this computer has no {', '.join(missing)}")
    shutil.copytree(demo.folder, place / "practice")
    reference = demo.reference(STORY)
    case = f"CASE={reference.split('-')[1]}/{reference}"
    lines = [
        f"{re.sub('^CASE=.*', case, one.command)}\necho; echo '{END.format(at)}'" for at, one in enumerate(shown())
    ]
    path = ":".join(dict.fromkeys(str(Path(str(shutil.which(tool))).parent) for tool in TOOLS))
    assert shutil.which("sptool", path=path) is None
    env = {"PATH": path, "HOME": str(place), "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["bash", "-c", "\n".join(lines)], cwd=place, env=env, capture_output=True, check=True)
    assert done.stderr == b""
    rest, found = done.stdout.decode(), []
    for at in range(len(lines)):
        answer, _, rest = rest.partition(END.format(at) + "\n")
        found.append(answer.strip("\n").split("\n"))
    return found


@pytest.mark.parametrize("number", range(len(shown())), ids=lambda at: shown()[at].command[:40])
def test_git_alone_answers_what_the_page_says(number: int, answers: list[list[str]]) -> None:
    command, said, found = shown()[number].command, steady(shown()[number].answer), steady(answers[number])
    if said and said[-1] == "...":
        assert len(found) >= len(said)
        assert found[: len(said) - 1] == said[:-1]
    elif command.startswith("git grep"):  # by file, and so by reference, which is another in each demonstration
        assert sorted(found) == sorted(said)
    else:
        assert found == said


def test_there_are_ten_questions_each_with_a_command_and_its_answer() -> None:
    questions = re.findall(r"^## (\d+)\. .+\?$", PAGE, re.MULTILINE)
    assert questions == [str(number) for number in range(1, 11)]
    for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:11]:
        assert re.search(r"^\$ git ", part, re.MULTILINE), part[:40]


def test_an_answer_that_is_not_there_would_be_seen(answers: list[list[str]]) -> None:
    first = next(number for number, one in enumerate(shown()) if one.command.startswith("git log"))
    assert steady(answers[first][:-1]) != steady(shown()[first].answer)
    assert steady(["2026-01-07 HSP-2025-ZW3BE: note"]) != steady(["2026-01-08 HSP-2025-ZW3BE: note"])


def test_no_name_is_in_an_auditors_clone(demo: DemoRun, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", "--no-local", str(demo.folder), str(tmp_path / "audit")], check=True)
    told = subprocess.run(
        ["git", "log", "-p", "--all", "--format=%B"], cwd=tmp_path / "audit", capture_output=True, check=True
    ).stdout.decode()
    kept_apart = demo.git("log", "-p", "--glob=refs/particulars", "--format=%B")
    names = re.findall(r"^\+ *(?:- )?name: (.+)$", kept_apart, re.MULTILINE)
    assert names
    assert [name for name in names if name in told] == []


def test_a_story_reads_in_order(demo: DemoRun) -> None:
    """Each step whole, in the order in which it was recorded, one new file each."""
    reference = demo.reference(STORY)
    where = f"{reference.split('-')[1]}/{reference}"
    told = demo.git("log", "-p", "--reverse", "--format=%n%s", "main", "--", where)
    files = re.findall(r"^\+\+\+ b/(.+)$", told, re.MULTILINE)
    assert files == sorted(files)
    assert len(files) == len(demo.git("ls-tree", "--name-only", "main", f"{where}/").splitlines())
    assert not re.findall(r"^-[^-]", told, re.MULTILINE)
