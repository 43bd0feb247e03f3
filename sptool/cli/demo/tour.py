"""What a newcomer is shown of the practice folder once it is made."""

from __future__ import annotations

from collections.abc import Sequence

from sptool.cli.demo.setting_up import Demo, quiet_surroundings
from sptool.cli.screen import heading, say
from sptool.desk.clock import Clock

STORY_OF_THE_TIMELINE = "08-panel-disagrees"
STORY_OF_THE_LETTER = "03-below-the-threshold"
NEWEST = 25


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
