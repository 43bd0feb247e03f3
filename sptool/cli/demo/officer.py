"""The officer of the demonstration, who types real commands with fictional answers."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from sptool.cli.demo.schedule import ScheduledStep
from sptool.errors import SptoolError
from sptool.workflow.steps import COMMANDS

PLACE = re.compile(r"<(day|date)([+-]\d+)>|<(case|record|file)(?::([^<>]+))?>")
ANSWERS = "answers.yaml"


@dataclass
class DemoOfficer:
    """Types the steps and remembers what they made.

    Args:
        desk: a private folder for the files that commands read and write.
        cases: the reference of each story's case.
        records: the id of each record that was named, by story and name.
    """

    folder: Path
    desk: Path
    cases: dict[str, str] = field(default_factory=dict)
    records: dict[tuple[str, str], str] = field(default_factory=dict)

    def take(self, planned: ScheduledStep) -> None:
        """Takes one step.

        Raises:
            SptoolError: the command refused it; nothing after it is done.
        """
        step = planned.step
        for name, text in step.files.items():
            (self.desk / name).write_text(text, encoding="utf-8")
        words = [self._filled(word, planned) for word in shlex.split(step.type)]
        records = _records_a_step(words)
        if records:
            words += self._common(planned)
        said = typed(["--cases", str(self.folder), "--today", planned.moment, *words], _name(planned))
        if records:
            self._remember(planned, said)

    def _common(self, planned: ScheduledStep) -> list[str]:
        """What every step takes: the day, unless the answers name another; the answers; an answer to read back."""
        words = ["--json"]
        answers = planned.step.answers
        if not re.search(r"^happened_on:", answers, re.MULTILINE) and not _is_correction(planned.step.type):
            words += ["--on", planned.day.isoformat()]
        if answers:
            file = self.desk / ANSWERS
            file.write_text(self._filled(answers, planned), encoding="utf-8")
            words += ["--from", str(file)]
        return words

    def _remember(self, planned: ScheduledStep, said: str) -> None:
        made = json.loads(said)
        self.cases[planned.story.id] = made["case"]
        if planned.step.name:
            self.records[planned.story.id, planned.step.name] = made["record"]

    def _filled(self, text: str, planned: ScheduledStep) -> str:
        return PLACE.sub(lambda found: self._meant(found, planned), text)

    def _meant(self, found: re.Match[str], planned: ScheduledStep) -> str:
        unit, number, what, name = found.groups()
        if unit == "day":
            return planned.days.working(int(number)).isoformat()
        if unit == "date":
            return planned.days.calendar_day(int(number)).isoformat()
        if what == "case":
            return self.cases[name or planned.story.id]
        return self.records[planned.story.id, name] if what == "record" else str(self.desk / name)


def _is_correction(typed: str) -> bool:
    """A correction keeps the day of what it corrects; only a withdrawal happens on a day of its own."""
    return typed.startswith("correct ") and "--withdraw" not in typed


def _records_a_step(words: Sequence[str]) -> bool:
    return words[0] in COMMANDS or " ".join(words[:2]) in COMMANDS


def _name(planned: ScheduledStep) -> str:
    return f"step {planned.number} of {planned.story.id}.yaml ({planned.step.type.split(' ')[0]})"


def typed(words: Sequence[str], where: str) -> str:
    """Types one command, and keeps back what it prints.

    Args:
        where: what to call the command if it fails.

    Returns:
        What it printed as its result.

    Raises:
        SptoolError: it did not succeed.
    """
    from sptool.cli.main import call

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = call(["--no-input", *words])
    if code:
        raise SptoolError(
            f"The demonstration stopped at {where}, which was answered with:\n{err.getvalue().strip()}",
            "What was recorded before it is in the folder. Please tell the person who looks after sptool.",
        )
    return out.getvalue()
