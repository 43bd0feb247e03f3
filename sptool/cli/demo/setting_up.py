"""Makes the practice folder, has every step of every story taken in it, and shows a newcomer around."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sptool.cli.demo.officer import DemoOfficer, typed
from sptool.cli.demo.schedule import BEFORE_WORK, ScheduledStep, moment, read_stories, scheduled
from sptool.cli.screen import heading, say
from sptool.desk.chance import SEED
from sptool.desk.clock import Clock
from sptool.desk.edition import shipped_edition
from sptool.errors import UnfitFolder, UsageError
from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework

OFFICERS = (("Demo Officer", "demo-officer"), ("Second Demo Officer", "second-demo-officer"))
MAIL = "sptool.invalid"
STORY_OF_THE_TIMELINE = "08-panel-disagrees"
STORY_OF_THE_LETTER = "03-below-the-threshold"
NEWEST = 25


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
    edition = shipped_edition()
    plan = scheduled(read_stories(), today, england_calendar(edition))
    _refuse_too_early(plan[0].day, edition)
    with quiet_surroundings(), tempfile.TemporaryDirectory(prefix="sptool-demo-") as desk:
        officer = DemoOfficer(folder, Path(desk))
        _found(folder, plan[0].day)
        _take_all(officer, plan)
    return Demo(folder, today, officer.cases, len(plan))


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


def show_around(made: Demo, clock: Clock) -> None:
    """Shows the morning check, one case's timeline, one letter and the newest lines of the git log."""
    timeline, letter = made.cases[STORY_OF_THE_TIMELINE], made.cases[STORY_OF_THE_LETTER]
    say()
    say(f"{made.steps} steps recorded in {len(made.cases)} fictional cases.")
    with quiet_surroundings():
        _show(made, ["overdue"])
        _show(made, ["timeline", timeline])
        _show(made, ["render", letter, "decision-letter", "--out", "-"])
        _show_log(made)
    _say_how_to_go_on(made, clock, timeline)


def _show(made: Demo, words: Sequence[str]) -> None:
    from sptool.cli.main import call

    say()
    heading(f"$ sptool {' '.join(words)}")
    call(["--no-input", "--cases", str(made.folder), "--today", made.today.isoformat(), *words])


def _show_log(made: Demo) -> None:
    import git

    say()
    heading(f"$ git log -{NEWEST} --format='%h %cs %s'")
    with git.Repo(made.folder) as repository:
        for commit in repository.iter_commits("main", max_count=NEWEST):
            say(f"{commit.hexsha[:7]} {commit.committed_datetime:%Y-%m-%d} {commit.summary!s}")


def _say_how_to_go_on(made: Demo, clock: Clock, reference: str) -> None:
    day = made.today.isoformat()
    say()
    heading("To look around")
    say(f"  cd {made.folder}")
    for words in ("overdue", "list --all", f"show {reference}", f"explain {reference} panel", "new-referral"):
        say(f"  sptool {words}")
    say(f"SPTOOL_TODAY={day} (or --today {day}) brings this day back{', which is not the real one' * clock.pretended}.")
    say("Only in a folder for practice can a made-up day be recorded. Everybody in this one is made up.")
