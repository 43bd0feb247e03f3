"""Every fact that a story of the demonstration tells stands in its case.

Found by another way than the program's: the story's own text, and git's own answer about the practice folder, both
read with PyYAML. Only the days are counted as the demonstration counts them.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sptool.cli.demo.schedule import StoryDays, days_of, read_stories
from sptool.framework.calendar import england_calendar
from sptool.resources import shipped
from sptool.workflow.edition import load_edition
from tests.conftest import DemoRun

STORIES = sorted(shipped("templates", "demo").glob("*.yaml"))
PLACE = re.compile(r"<(day|date)([+-]\d+)>|<(case|record|file)(?::([^<>]+))?>")
GROUPS = ("clarify", "action", "review")
NO_FACT = ("--reconsider", "--all-outstanding", "--lift", "--withdraw", "--record")
NO_ANSWER = ("--file", "--nomination", "--out")
# The field in which a flag's word must stand, where it is not called like the flag.
FIELDS = {
    "--lead": "lead_officer",
    "--of": "asked_of",
    "--on": "happened_on",
    "--sent-to": "to",
    "--ground": "grounds",
    "--approach": "approaches",
    "--participant": "decision_participants",
    "rapid-review --agency": "agencies_involved",
    "action --theme": "theme",
    "--theme": "themes",
}
ERASED = "17-erased"  # names and attachments are lawfully gone


def plain(value: Any) -> Any:
    """What YAML 1.1 makes of a value, as it is written: `yes`, a date, a number."""
    if isinstance(value, dict):
        return {str(plain(name)): plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else " ".join(str(value).split())


def read(text: str) -> Any:
    return plain(yaml.safe_load(text) or {})


def recorded(run: DemoRun, story: str) -> list[Any]:
    """What each record of a story's case says, whom it identifies and what is attached to it included."""
    case = run.reference(story)
    paths = sorted(path for path in run.git("ls-tree", "-r", "--name-only", "main").split() if f"/{case}/" in path)
    records = [read(run.git("show", f"main:{path}")) for path in paths]
    ref = f"refs/particulars/{case}"
    apart = run.git("ls-tree", "-r", "--name-only", ref).split() if run.git("for-each-ref", ref) else []
    for record in records:
        kept = [path for path in apart if path.startswith(f"{record['id']}/")]
        texts = {path: run.git("show", f"{ref}:{path}").partition("\n")[2] for path in kept}
        record["private"] = read("".join(text for path, text in texts.items() if path.endswith("/particulars.yaml")))
        record["files"] = [text for path, text in texts.items() if "/attachment-" in path]
    return records


def lacking(said: Any, record: Any, path: str) -> Iterator[str]:
    """Where a record does not say what was said."""
    if isinstance(said, dict) and isinstance(record, dict):
        for name, value in said.items():
            yield from lacking(value, record.get(name), f"{path}.{name}")
    elif isinstance(said, list) and isinstance(record, list):
        for number, entry in enumerate(said, 1):
            if not any(not list(lacking(entry, one, "")) for one in record):
                yield f"{path}.{number}"
    elif said != record:
        yield path


@dataclass(frozen=True)
class Step:
    """A step as its story tells it.

    Args:
        number: which step of the story it is, counted from 1.
        words: what is typed.
        answers: what goes in through `--from`.
        files: the text of the files that belong to it.
        day: the day on which it is recorded.
    """

    number: int
    words: list[str]
    answers: dict[str, Any]
    files: list[str]
    day: str

    def not_in(self, record: Any) -> list[str]:
        """What this step says and its record does not."""
        command, *words = self.words[1:] if self.words[0] in GROUPS else self.words
        found = list(lacking(self.answers, record, "answers"))
        found += [f"file {number}" for number, text in enumerate(self.files, 1) if text not in record["files"]]
        if "happened_on" not in self.answers and (command != "correct" or "--withdraw" in words):
            found += lacking(self.day, record["happened_on"], "the day")
        said = iter(words)
        for word in said:
            if not word.startswith("--"):
                known = {record["case"], record.get("replaces", {}).get("record"), *map(str, record.values())}
                found += [] if word in known else [word]
            elif word not in NO_FACT:
                value = next(said)
                found += (
                    [] if word in NO_ANSWER else lacking(self._meant(word, value, record), record, f"{word} {value}")
                )
        return found

    def _meant(self, flag: str, word: str, record: Any) -> dict[str, Any]:
        """What a flag says, as a record has it."""
        name, _, value = word.partition("=")
        if flag == "--position" and value:
            return {"positions": [{"partner": name, "position": value}]}
        if flag == "--criterion":
            child, _, criterion = name.rpartition(":")
            local = record["record"] == "local-review-decision/1"
            return {"criteria": {criterion: value} if local else [{"child": child, "answers": {criterion: value}}]}
        if flag == "--child":
            return {"children": [{"id": word}]}
        if flag == "--agency" and self.words[0] == "scope":
            return {"requests": [{"agency": word}]}
        field = FIELDS.get(f"{self.words[0]} {flag}") or FIELDS.get(flag) or flag[2:].replace("-", "_")
        return {field: [word] if isinstance(record.get(field), list) else word}


def steps(run: DemoRun, file: Path, records: list[Any], days: StoryDays) -> Iterator[Step]:
    """What a story tells, step by step, with every day put in."""
    told = yaml.safe_load(file.read_text(encoding="utf-8"))["steps"]
    named = {step["name"]: record["id"] for step, record in zip(told, records, strict=True) if "name" in step}

    def meant(found: re.Match[str]) -> str:
        unit, number, what, name = found.groups()
        if unit:
            return (days.working if unit == "day" else days.calendar_day)(int(number)).isoformat()
        return run.reference(name or file.stem) if what == "case" else named.get(name, str(name))

    for number, step in enumerate(told, 1):
        words = [PLACE.sub(meant, word) for word in shlex.split(step["type"])]
        answers = read(PLACE.sub(meant, step.get("answers", "")))
        day = days.working(int(step["day"])).isoformat()
        yield Step(number, words, answers, list(step.get("files", {}).values()), day)


def days(story: str, today: str) -> StoryDays:
    edition = shipped("templates", "case-folder", "framework", "2022-01.yaml")
    calendar = england_calendar(load_edition(edition.read_bytes(), edition.name))
    whole = next(known for known in read_stories() if known.id == story)
    return days_of(whole, date.fromisoformat(today), calendar)


@pytest.mark.parametrize("file", STORIES, ids=lambda file: file.stem)
def test_every_fact_of_a_story_stands_in_its_case(demo: DemoRun, file: Path) -> None:
    records = recorded(demo, file.stem)
    found = [
        f"step {step.number} ({step.words[0]}): {what}"
        for step in steps(demo, file, records, days(file.stem, demo.today))
        for what in step.not_in(records[step.number - 1])
    ]
    assert found == (["step 1 (new-referral): answers.private.people"] if file.stem == ERASED else [])


def test_a_fact_that_is_lost_would_be_seen(demo: DemoRun) -> None:
    file = STORIES[0]
    records = recorded(demo, file.stem)
    first, attached, *_ = steps(demo, file, records, days(file.stem, demo.today))
    record = records[0]
    (child,) = record["children"]
    (person, *others) = record["private"]["people"]
    assert first.not_in(record) == []
    for name in ("outcome", "age", "nature_of_harm"):
        without = {key: value for key, value in child.items() if key != name}
        assert first.not_in({**record, "children": [without]}) == ["answers.children.1"]
    unnamed = {**record["private"], "people": [{**person, "name": "Somebody"}, *others]}
    assert first.not_in({**record, "private": unnamed}) == ["answers.private.people.1"]
    assert first.not_in({**record, "caller": "police"}) == ["--caller hillingdon-hospital.caller"]
    assert first.not_in({**record, "happened_on": "2020-01-01"}) == ["the day"]
    assert attached.not_in({**records[1], "files": []}) == ["file 1"]
