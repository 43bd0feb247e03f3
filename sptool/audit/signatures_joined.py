"""Where histories were joined: whether somebody trusted vouches for what one side did not know about the other's keys.

A step is judged by what its own ancestors recorded. So whoever begins a line of history before signing began, or before
a key was retired, could put steps there, and join that line to main today. That the lines were joined is therefore
itself to be signed; else the steps on the other line prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sptool.audit.ancestry import Place
from sptool.records.header import Record
from sptool.records.register import KeyAdded, KeyRetired, SigningRequired

EVERYBODY = ""


@dataclass
class Joinings:
    """What was recorded on which line, and where lines met.

    Args:
        steps: each step: whose it is if it is not signed, else with which key it is signed; and its place.
        turns: from where on an officer, or everybody, signs, or a key no longer counts.
        joinings: where lines met, in the order of the history: place, commit's id, and whether somebody trusted signed.
    """

    steps: list[tuple[frozenset[str], Place]] = field(default_factory=list)
    turns: list[tuple[str, Place]] = field(default_factory=list)
    joinings: list[tuple[Place, str, bool]] = field(default_factory=list)

    def step(self, about: frozenset[str], place: Place) -> None:
        """Notes a step that its own past has nothing against."""
        self.steps.append((about, place))

    def turn(self, record: Record, place: Place) -> None:
        """Notes what changes who has to sign, or with which key."""
        if isinstance(record, KeyAdded):
            self.turns.append((record.officer, place))
        elif isinstance(record, KeyRetired):
            self.turns.append((record.fingerprint, place))
        elif isinstance(record, SigningRequired) and record.required == "yes":
            self.turns.append((EVERYBODY, place))

    def joined(self, place: Place, commit: str, trusted: bool) -> None:
        """Notes where lines met."""
        self.joinings.append((place, commit, trusted))

    def doubtful(self) -> list[str]:
        """The joinings, by commit, that nobody trusted signed, though one line did not know of the other's keys."""
        if not self.joinings:
            return []
        apart = ((step, turn) for about, turn in self.turns for step in self._beside(about, turn))
        first = (self._brought_together(step, turn) for step, turn in apart)
        return list(dict.fromkeys(commit for commit, trusted in first if not trusted))

    def _beside(self, about: str, turn: Place) -> Iterator[Place]:
        """The steps that concern a turn and neither came before it nor knew of it."""
        for named, place in self.steps:
            concerned = about in named or (about == EVERYBODY and not _is_signed(named))
            if concerned and not turn.follows(place) and not place.follows(turn):
                yield place

    def _brought_together(self, step: Place, turn: Place) -> tuple[str, bool]:
        """The joining that brought a step and a turn together, and whether somebody trusted signed it."""
        for place, commit, trusted in self.joinings:
            if place.follows(step) and place.follows(turn):
                return commit, trusted
        return "", True


def _is_signed(about: frozenset[str]) -> bool:
    return any(name.startswith("SHA256:") for name in about)
