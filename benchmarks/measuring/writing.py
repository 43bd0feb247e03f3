"""What changes a folder: recording a step, and the morning check right after one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.measuring.bench import Bench, megabytes, milliseconds
from benchmarks.measuring.figures import Row, Target
from benchmarks.measuring.folders import TODAY, waiting_cases
from benchmarks.measuring.process import Run, run, says

ANSWERS = f"""\
happened_on: {TODAY}
outcome: notify
criteria:
- child: child-a
  answers:
    abuse-or-neglect: met
    died-or-seriously-harmed: met
    in-area-or-resident: met
    looked-after-death: not-met
rationale: |-
  The harm is serious, and neglect is suspected by two agencies that saw Child A at different times.
decided_by: Assistant Director, Children's Services
positions:
- {{partner: local-authority, position: agrees}}
- {{partner: police, position: agrees}}
- {{partner: icb, position: agrees}}
"""


@dataclass
class Recorded:
    """The runs of all rounds.

    Args:
        decided: recording a decision.
        committed: `git add` and `git commit` of the same files in a copy of the folder.
        after_own: the morning check right after a step recorded here.
        current: the morning check once more, with nothing new.
        after_other: the morning check right after a commit made by somebody else.
        current_again: the morning check once more after that.
    """

    decided: list[Run] = field(default_factory=list)
    committed: list[Run] = field(default_factory=list)
    after_own: list[Run] = field(default_factory=list)
    current: list[Run] = field(default_factory=list)
    after_other: list[Run] = field(default_factory=list)
    current_again: list[Run] = field(default_factory=list)


@dataclass(frozen=True)
class _Desk:
    """Two copies of a folder, alike but for who writes in them.

    Args:
        sptools: where sptool records.
        gits: where git commits, with its own defaults.
        waiting: the cases that wait for a decision: one for each round.
        found: the runs so far.
    """

    sptools: Path
    gits: Path
    waiting: Sequence[str]
    found: Recorded = field(default_factory=Recorded)


def recording(bench: Bench) -> Iterator[Row]:
    """Recording a step, durably; whether that grows with the folder; and what the morning check costs after it."""
    large, small = _rounds(bench)
    committing = Target("sptool decide --from", "git add and git commit of the same file", 1.5, 1.0)
    yield Row(committing, milliseconds(large.decided), milliseconds(large.committed))
    growth = Target(f"sptool decide, {bench.cases:,} cases", f"the same, {bench.SMALL} cases", 1.5, 1.15)
    yield Row(growth, milliseconds(large.decided), milliseconds(small.decided))
    own = Target("sptool overdue after a step of one's own", "index current", 1.2, 1.05)
    yield Row(own, milliseconds(large.after_own), milliseconds(large.current))
    other = Target("sptool overdue after somebody else's commit", "index current", 3, 2)
    yield Row(other, milliseconds(large.after_other), milliseconds(large.current_again))
    importing = [run(bench.python("import typer")) for _ in large.decided]
    needs = Target("peak memory of sptool decide", "python -c 'import typer'", 3.5, 2.5)
    yield Row(needs, megabytes(large.decided), megabytes(importing), "MB")


def _rounds(bench: Bench) -> list[Recorded]:
    """Rounds of recording in the largest and in the smallest folder by turns; then rounds of somebody else's."""
    bench.say("recording steps: copying the folders")
    large, small = (_desk(bench, cases) for cases in (bench.cases, bench.SMALL))
    answers = bench.folders.data / "answers.yaml"
    answers.write_text(ANSWERS, "utf-8")
    decided: list[str] = []
    for turn in range(min(bench.runs + 1, len(large.waiting), len(small.waiting))):
        bench.say(f"recording steps: round {turn}")
        decided.append(_decide(bench, large, turn, answers))
        _decide(bench, small, turn, answers)
    for turn, path in enumerate(decided):
        bench.say(f"somebody else's steps: round {turn}")
        _somebody_elses(bench, large, turn, path)
    return [large.found, small.found]


def _desk(bench: Bench, cases: int) -> _Desk:
    folders = bench.folders
    desk = folders.copy(cases, "desk")
    run(bench.sptool("overdue", folder=desk))
    return _Desk(desk, folders.copy(cases, "plain", plain=True), waiting_cases(desk))


def _decide(bench: Bench, desk: _Desk, turn: int, answers: Path) -> str:
    """One decision, recorded by sptool and committed by git, and the morning check after it; which file it made."""
    decided = run(bench.sptool("decide", desk.waiting[turn], "--from", str(answers), folder=desk.sptools))
    path = _newest(desk.sptools)
    committed = _committed_plainly(bench, desk.sptools, desk.gits, path)
    overdue = bench.sptool("overdue", folder=desk.sptools)
    _keep(desk, turn, decided=decided, committed=committed, after_own=run(overdue), current=run(overdue))
    return path


def _somebody_elses(bench: Bench, desk: _Desk, turn: int, like: str) -> None:
    """One commit that sptool did not make here, and the morning check after it."""
    _somebody_else_records(desk.sptools, like)
    overdue = bench.sptool("overdue", folder=desk.sptools)
    _keep(desk, turn, after_other=run(overdue), current_again=run(overdue))


def _keep(desk: _Desk, turn: int, **took: Run) -> None:
    """Keeps what a round took; the first warms up."""
    for name, one in took.items() if turn else ():
        getattr(desk.found, name).append(one)


def _newest(desk: Path) -> str:
    """The file that the newest commit added."""
    return says("git", "diff-tree", "-r", "--name-only", "--no-commit-id", "HEAD", folder=desk)


def _committed_plainly(bench: Bench, desk: Path, plain: Path, path: str) -> Run:
    """What git needs for the same file: both of its commands together."""
    shutil.copyfile(desk / path, plain / path)
    runs: Sequence[Run] = [
        run(bench.git("add", path, folder=plain)),
        run(bench.git("commit", "--quiet", "--message", "A step", folder=plain)),
    ]
    return Run(sum(one.seconds for one in runs), max(one.kib for one in runs))


def _somebody_else_records(desk: Path, like: str) -> None:
    """A note by another officer arrives, as a pull brings it: commit, working tree and index, by git alone."""
    case = Path(like).parent
    text = (desk / like).read_text("utf-8")
    header = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line and line[0] != " ")
    at = datetime.fromisoformat(header["recorded_at"]) + timedelta(seconds=1)
    note_id = header["id"][::-1] if header["id"][-1].isalpha() else f"{header['id'][:9]}z"
    note = _note(text, header, note_id, f"{at:%Y-%m-%dT%H:%M:%SZ}")
    path = case / f"{at:%Y-%m-%d-%H%M%SZ}-note-{note_id}.yaml"
    (desk / path).write_bytes(note.encode())
    message = f"{header['case']}: note\n\nCase: {header['case']}\nStep: note\nRecord: {note_id}\n"
    when = f"{int(at.timestamp())} +0000"
    says("git", "add", path.as_posix(), folder=desk)
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    says("git", "commit", "--quiet", "--message", message, folder=desk, settings=dates)


def _note(text: str, header: dict[str, str], note_id: str, at: str) -> str:
    framework = text[text.index("framework:\n") : text.index("happened_on:")]
    return (
        f"record: note/1\nid: {note_id}\ncase: {header['case']}\nafter:\n- {header['id']}\nrecorded_at: {at}\n"
        f"recorded_by: {header['recorded_by']}\nwritten_by: {header['written_by']}\n{framework}"
        f"happened_on: {header['happened_on']}\ntrack: child\ntext: Somebody else spoke with the school.\n"
    )
