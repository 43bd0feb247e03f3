"""What a list shows of a case at a glance: its stage, and what can't wait. It loads nothing else."""

from __future__ import annotations

from dataclasses import dataclass

BY_URGENCY = (
    "safety",
    "clock-unknown",
    "conflicting",
    "needs-another-look",
    "unreadable",
    "duty-not-followed",
    "to-refer",
    "panel-disagrees",
)
"""The kinds of it, the most urgent first."""


STAGES = (
    "decision needs another look",
    "nomination returned: refer",
    "notification decision",
    "notification",
    "scoping",
    "rapid review",
    "local review decision",
    "to the Panel",
    "Panel's reply",
    "local review (LCSPR)",
    "learning",
    "actions",
    "ready to close",
    "closed",
)
"""The stages of a case, in the order of the pathway."""

NOT_READABLE = "not readable"
"""Instead of a stage: no record of the case can be read."""


@dataclass(frozen=True)
class Loud:
    """Something that can't wait.

    Args:
        case: the case's reference.
        kind: what sort of thing it is, in a word or two for machines.
        what: what it is, in a sentence.
        command: what to type.
    """

    case: str
    kind: str
    what: str
    command: str
