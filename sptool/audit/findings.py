"""What a check found, as data. Those who show it decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
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
