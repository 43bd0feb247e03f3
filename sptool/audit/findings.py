"""What a verification found, as data: findings, claims, what was due, the report. Those who show it decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Weight = Literal["failed", "noted"]
Verdict = Literal["proved", "claimed", "not provable", "failed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not as it should be. Its values are shown only to whoever asks for them.

    Args:
        field: the field's name, such as `happened_on` or `author`.
        should_be: what it should say; empty where that is not known.
    """

    field: str
    should_be: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check came upon.

    Args:
        check: the check's id, one of `claims.CHECKS`.
        verdict: `failed` where a claim does not hold; `noted` for what is true and worth a look.
        what: what was found, in one plain sentence without a value of a record or a person's name.
        differences: the same with their values, for whoever asks for them.
    """

    check: str
    verdict: Weight
    what: str
    commit: str = ""
    path: str = ""
    fields: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is said of the history, and whether it is so.

    Args:
        id: its short name, such as `signatures`.
        verdict: `proved` from the objects; `claimed` by whoever recorded, and nothing contradicts it;
            `not provable` with what is here; `failed`.
    """

    id: str
    statement: str
    verdict: Verdict
    because: str


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline, worked out again from the records.

    Args:
        deadline: the rule's id.
        started_on: day 0; None while it is not known.
        started_by: the id of the record that started the clock.
        done_on: when it was met; None while it is not.
        done_by: the id of the record that met it.
        recorded_on: the day on which that record was made.
        state: `open`, `met`, `met-late`, `stopped` or `clock-unknown`.
        late_by: working days after the last day, where it is late.
        provisional: whether bank holidays up to the day may still change.
    """

    case: str
    deadline: str
    title: str
    started_on: date | None
    started_by: str
    due_on: date | None
    done_on: date | None
    done_by: str
    recorded_on: date | None
    state: str
    late_by: int | None
    force: str
    source: str
    edition: str
    provisional: bool

    @property
    def is_late(self) -> bool:
        return self.late_by is not None


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
