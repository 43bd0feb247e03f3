"""What this run has recorded so far, so that whatever happens to it afterwards is told truly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass
class Done:
    """What a run has recorded, and how much it was asked for besides.

    A step that is recorded must never be reported as one that is not: people record it twice.

    Args:
        steps: the steps recorded, in plain words, each with the reference of its case.
        complaints: what went wrong beside them.
        left: how many of the things asked for are not done yet.
        recording: whether a step is being recorded just now.
    """

    steps: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    left: int = 0
    recording: bool = False

    def expect(self, things: int = 1) -> None:
        """Notes that at least this many things are still to do."""
        self.left = max(self.left, things)

    def finished(self) -> None:
        """Notes that one of them is done."""
        self.left -= 1

    def begin(self, step: str) -> Callable[[Sequence[str]], None]:
        """Notes that a step is being recorded.

        Args:
            step: the step in plain words, with the reference of its case.

        Returns:
            What is to be told, at once, that it is recorded, and of any complaints.
        """
        self.expect()
        self.recording = True

        def told(complaints: Sequence[str]) -> None:
            self.recording = False
            self.steps.append(step)
            self.complaints += complaints
            self.finished()

        return told

    def code(self, failed: int) -> int:
        """The exit code of a run that something stopped.

        Args:
            failed: the code where not all that was asked for is done.
        """
        return 0 if self.steps and not self.left else failed

    def so_far(self) -> str:
        """What is recorded, and whether that is all that was asked for."""
        if not self.steps:
            return "Nothing was recorded."
        rest = " What else was asked for is not done." if self.left else ""
        return f"Recorded all the same: {'; '.join(self.steps)}.{rest}"
