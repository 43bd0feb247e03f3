"""Random ids, references and salts; repeatable for demonstrations only."""

from __future__ import annotations

import os
import random
import secrets
from dataclasses import dataclass

SEED = "SPTOOL_SEED"


@dataclass(frozen=True)
class Chance:
    """Where random characters come from.

    Args:
        seeded: a repeatable source, for practice folders; None for the system's own.
    """

    seeded: random.Random | None = None

    def choose(self, symbols: str) -> str:
        """One of the characters."""
        return (self.seeded or secrets.SystemRandom()).choice(symbols)

    def salt(self) -> str:
        """64 hex digits that make the digest of particulars unguessable."""
        return "".join(self.choose("0123456789abcdef") for _ in range(64))


def chance_for(training: bool, commit: str) -> Chance:
    """The system's randomness; in a practice folder with SPTOOL_SEED set, the same each time.

    Args:
        commit: the folder's newest commit, so that no two steps draw the same.
    """
    seed = os.environ.get(SEED, "") if training else ""
    return Chance(random.Random(f"{seed}:{commit}")) if seed else Chance()
