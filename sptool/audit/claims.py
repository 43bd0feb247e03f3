"""What is claimed of a history, and what the findings make of each claim."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from sptool.audit.checks import CHECKS
from sptool.audit.findings import Claim, Finding

STATEMENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "store": (
            "The store of objects is sound and complete.",
            "git checked every object; nothing is cut off, left out or borrowed.",
        ),
        "reading": (
            "Nothing changes how the history is read.",
            "There are no replaced objects, grafts, other names, hidden differences, programs or other refs.",
        ),
        "steps": (
            "Each commit is one step, and nothing recorded was ever changed or removed.",
            "Every commit was held against its parents and its record: message, author, date, place and past.",
        ),
        "times": (
            "Commits are dated in the order in which they were made.",
            "No commit is dated before one that it follows, or in the future. The dates are the officers' clocks'.",
        ),
        "records": (
            "Every record is valid for its kind, and written as sptool writes it.",
            "Each was read again, checked against its kind and written again: the same bytes.",
        ),
        "rules": (
            "The state of every case follows from its records by the rules.",
            "Each record was judged again by the rules and the framework edition of its case, on what its writer knew.",
        ),
        "dates": (
            "Every date that is due follows from the records.",
            "Each was worked out again with the working days of England and the rule of the case's edition.",
        ),
    }
)
"""For each claim what is said, and on what it rests where it holds."""

_WITHOUT_READING = ("store", "reading")
HAPPENED = Claim(
    "happened",
    "Things happened on the days that the records say.",
    "claimed",
    "The day of an event is the officer's word. The history proves when it was written down, in which order.",
)
_REWRITING = "The history was not rewritten before today."
_NO_CHECKPOINT = (
    "Without a checkpoint kept elsewhere, a rewriting of the whole history can't be excluded. "
    "With one: sptool verify --against FILE"
)


def claims_from(findings: Collection[Finding], is_read: bool = True) -> list[Claim]:
    """The claims that rest on checks of this program alone.

    Args:
        is_read: whether the whole history could be read.
    """
    failed = {CHECKS[one.check].claim for one in findings if one.verdict == "failed" and one.check in CHECKS}
    return [_claim(name, findings, failed, is_read) for name in STATEMENTS]


def _claim(name: str, findings: Collection[Finding], failed: Collection[str], is_read: bool) -> Claim:
    statement, because = STATEMENTS[name]
    if name in failed:
        return Claim(name, statement, "failed", _count(name, findings))
    if not is_read and name not in _WITHOUT_READING:
        return Claim(
            name, statement, "not provable", "The history here is not whole, so it could not be read to its end."
        )
    return Claim(name, statement, "proved", because)


def _count(claim: str, findings: Collection[Finding]) -> str:
    count = sum(
        1 for one in findings if one.check in CHECKS and CHECKS[one.check].claim == claim and one.verdict == "failed"
    )
    return f"{count} {'finding stands' if count == 1 else 'findings stand'} against it."


def about_particulars(counts: Mapping[str, int]) -> Claim:
    """What is said of what is kept apart.

    Args:
        counts: how many files stand how, by `particulars.Kept`.
    """
    statement = "What identifies people is kept apart, and is what the records name."
    told = ", ".join(f"{counts[kind]} {kind}" for kind in _KEPT if counts.get(kind))
    if counts.get("wrong"):
        return Claim("particulars", statement, "failed", f"Of the files named: {told}.")
    if counts.get("not fetched here"):
        return Claim("particulars", statement, "not provable", f"Of the files named: {told}.")
    return Claim("particulars", statement, "proved", f"Of the files named: {told}." if told else "Records name none.")


_KEPT = ("there and matching", "not fetched here", "erased", "wrong")


def about_rewriting(against: Collection[Finding] | None) -> Claim:
    """What is said of rewriting.

    Args:
        against: what stands against the checkpoints given; None without any.
    """
    if against is None:
        return Claim("rewriting", _REWRITING, "not provable", _NO_CHECKPOINT)
    since = "The history was not rewritten since the checkpoint."
    if any(one.verdict == "failed" for one in against):
        return Claim("rewriting", since, "failed", _count("rewriting", against))
    because = "The checkpoint's commit is still there, holds what it held, and leads here."
    return Claim("rewriting", since, "proved", because)
