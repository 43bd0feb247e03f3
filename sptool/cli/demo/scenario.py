"""What happens in the practice folder: one YAML file a case, read from `templates/demo`.

A step says the working day on which it is recorded and what the officer types. Words in angle brackets are put in
when it is typed:

    <day-3>         the third working day before the anchor; <day+0> is the anchor itself, or the next working day
    <date-3>        three calendar days before the anchor
    <case>          the reference of this case; <case:FILE> that of the case in another file
    <record:NAME>   the id of the record that the step of that name made
    <file:NAME>     the place of a file for this step; its text may stand under `files`
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from sptool.records.fields import Frozen
from sptool.resources import shipped
from sptool.text.yaml import read_plain

Anchor = Literal["today", "christmas", "bank-holiday"]


class ScenarioStep(Frozen):
    """One step as an officer takes it.

    Args:
        day: the working day on which it is recorded, counted from the story's anchor.
        answers: the YAML that goes in through `--from`, if any.
        files: files that the officer has on the desk: name and text.
        name: what later steps of the story call the record, if they need to.
    """

    day: int
    type: str
    answers: str = ""
    files: dict[str, str] = Field(default_factory=dict)
    name: str = ""


class Story(Frozen):
    """What happens in one case.

    Args:
        id: the name of its file, by which other stories speak of it.
        anchor: from which day its working days count. Only a Christmas or a bank holiday whose story is over
            by today is taken.
    """

    id: str
    title: str
    anchor: Anchor = "today"
    steps: tuple[ScenarioStep, ...]


def read_stories() -> tuple[Story, ...]:
    """Every story, in the order of their files."""
    files = sorted(shipped("templates", "demo").glob("*.yaml"))
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Story:
    data = read_plain(file.read_bytes(), file.name)
    return Story.model_validate({"id": file.stem, **data} if isinstance(data, dict) else data)
