"""Makes the practice folder and has every step of every story taken in it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sptool.cli.demo.officer import DemoOfficer, typed
from sptool.cli.demo.scenario import read_stories
from sptool.cli.demo.schedule import BEFORE_WORK, ScheduledStep, moment, scheduled
from sptool.cli.screen import say
from sptool.desk.chance import SEED
from sptool.errors import UnfitFolder, UsageError
from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework
from sptool.resources import shipped
from sptool.workflow.edition import load_edition

OFFICERS = (("Demo Officer", "demo-officer"), ("Second Demo Officer", "second-demo-officer"))
MAIL = "sptool.invalid"


@dataclass(frozen=True)
class Demo:
    """The practice folder as it was made.

    Args:
        cases: the reference of each story's case.
    """

    folder: Path
    today: date
    cases: Mapping[str, str]
    steps: int


def make_demo(folder: Path, today: date) -> Demo:
    """Makes a practice folder with every story's case, telling of each case as it is opened.

    Args:
        folder: where; it must be empty, or not exist yet.
        today: the date in London; the same day gives the same folder, to the byte.

    Raises:
        UnfitFolder: there is something at that place already.
        UsageError: some of it would lie before the framework was in force.
        SptoolError: a command refused a step.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnfitFolder(
            "There is something at that place already. Nothing was changed.",
            "Name a folder that is empty or does not exist yet: sptool demo DIR",
        )
    edition = load_edition(_edition_file().read_bytes(), _edition_file().name)
    plan = scheduled(read_stories(), today, england_calendar(edition))
    _refuse_too_early(plan[0].day, edition)
    with quiet_surroundings(), tempfile.TemporaryDirectory(prefix="sptool-demo-") as desk:
        officer = DemoOfficer(folder, Path(desk))
        _found(folder, plan[0].day)
        _take_all(officer, plan)
    return Demo(folder, today, officer.cases, len(plan))


def _edition_file() -> Path:
    return shipped("templates", "case-folder", "framework", "2022-01.yaml")


def _refuse_too_early(first: date, edition: Framework) -> None:
    begun = [agency.valid_from for agency in edition.agencies if agency.valid_from]
    if first < max([edition.in_force_from, *begun]):
        raise UsageError(
            "The demonstration would reach back to before the framework and its agencies were in place.",
            "Name a later day: --today YYYY-MM-DD",
        )


@contextmanager
def quiet_surroundings() -> Iterator[None]:
    """Nothing of the user's own set-up of git or sptool counts while it lasts; all of it is there again afterwards."""
    before = dict(os.environ)
    for name in [name for name in before if name.startswith(("GIT_", "SPTOOL_"))]:
        del os.environ[name]
    os.environ |= {SEED: "demo", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _found(folder: Path, first: date) -> None:
    """The folder and its officers, before work on the first day."""
    at = ["--today", moment(first, BEFORE_WORK)]
    (name, address), *others = OFFICERS
    me = ["--officer-name", name, "--officer-email", f"{address}@{MAIL}"]
    typed([*at, "init", str(folder), "--training", *me], "making the folder")
    for name, address in others:
        added = ["officer", "add", "--name", name, "--email", f"{address}@{MAIL}"]
        typed([*at, "--cases", str(folder), *added], "adding an officer")


def _take_all(officer: DemoOfficer, plan: tuple[ScheduledStep, ...]) -> None:
    for planned in plan:
        opens = planned.story.id not in officer.cases
        officer.take(planned)
        if opens:
            say(f"{officer.cases[planned.story.id]}  {planned.story.title}")
