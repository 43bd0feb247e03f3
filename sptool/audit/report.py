"""The result of a verification: claims, findings, dates and counts. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sptool.audit.dates import Due
from sptool.audit.findings import Claim, Finding


@dataclass(frozen=True)
class Report:
    """What a verification established.

    Args:
        newest: the commit on which main stands.
        due: every date that can be late, worked out again.
        calendar: which bank holidays counted.
        kept_apart: how many files that are kept apart stand how.
        erased_by: for each record of an erasure, how many files it took.
        against: whether a checkpoint was given.
    """

    newest: str
    made_on: date
    partnership: str
    training: bool
    commits: int
    records: int
    cases: int
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    due: tuple[Due, ...]
    calendar: str
    kept_apart: Mapping[str, int]
    erased_by: Mapping[str, int]
    against: bool

    @property
    def failures(self) -> tuple[Finding, ...]:
        """What stands against a claim."""
        return tuple(one for one in self.findings if one.verdict == "failed")

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is true and worth a look."""
        return tuple(one for one in self.findings if one.verdict == "noted")

    @property
    def holds(self) -> bool:
        """Whether everything that can be checked holds."""
        return not self.failures and all(claim.verdict != "failed" for claim in self.claims)
