"""Every check of `sptool verify` and every claim, each listed once; and what the findings make of a claim."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sptool.audit.findings import Claim, Finding


@dataclass(frozen=True)
class Check:
    """One check.

    Args:
        id: its short name, as reports show it.
        claim: the claim that rests on it, one of `STATEMENTS`.
        says: what holds if the check finds nothing, in one plain sentence.
    """

    id: str
    claim: str
    says: str


_ALL = (
    Check("objects", "store", "git finds nothing damaged or missing among the objects (git fsck --strict)"),
    Check("shallow", "store", "the history reaches back to its first commit"),
    Check("partial", "store", "nothing was left out when the folder was cloned"),
    Check("alternates", "store", "every object stands in this folder, and none is borrowed from elsewhere"),
    Check("replaced", "reading", "no object is replaced by another when git reads it (refs/replace)"),
    Check("grafts", "reading", "no commit is given other parents when git reads it (info/grafts)"),
    Check("mailmap", "reading", "nothing makes git show other names than were recorded (mailmap)"),
    Check("attributes", "reading", "nothing makes git hide what changed (attributes)"),
    Check("configuration", "reading", "no setting of the folder starts a program or changes what git shows"),
    Check("hooks", "reading", "no program waits to be started by git (hooks)"),
    Check("refs", "reading", "no branch, tag or other ref stands beside main that could be mistaken for it"),
    Check("head", "reading", "the folder shows main"),
    Check("founding", "steps", "the history has one beginning: the commit that made the folder"),
    Check("one-record", "steps", "every commit adds exactly one record and nothing else"),
    Check("unchanged", "steps", "nothing recorded was ever changed or removed"),
    Check("plain-file", "steps", "every record is a plain file, neither a link nor a program"),
    Check("merge", "steps", "joining two histories added, changed and removed nothing"),
    Check("commit-form", "steps", "author and committer of each commit are the same, at the same moment, in UTC"),
    Check("message", "steps", "the message of each commit says what its record says"),
    Check("author", "steps", "the author of each commit is the officer whom its record names, registered by then"),
    Check("address", "steps", "no officer was given another e-mail address"),
    Check("author-name", "steps", "the author's name is as the register has it"),
    Check("date", "steps", "the date of each commit is the moment that its record names"),
    Check("place", "steps", "each record stands in the folder and under the name that follow from it"),
    Check("unique", "steps", "no two records have the same id"),
    Check("after", "steps", "each record names the newest records that its writer had, and all of them are there"),
    Check("template", "steps", "the partnership's own document templates were not changed"),
    Check("backwards", "times", "no commit is dated before one that it follows"),
    Check("future", "times", "no commit is dated in the future"),
    Check("valid", "records", "every record can be read and is valid for its kind"),
    Check("written", "records", "every record is written byte for byte as sptool writes it"),
    Check("edition", "rules", "every record names the framework edition that its case is on, unaltered"),
    Check("rules", "rules", "the rules allowed each step, given what its writer knew"),
    Check("replacing", "rules", "what took the place of an earlier record was allowed to"),
    Check("answers", "rules", "the answers of each record fit its case and the framework of its day"),
    Check("conflict", "rules", "no two records stand that can't both hold"),
    Check("index", "rules", "the index, from which the lists are answered, holds what follows from the records"),
    Check("late-entry", "dates", "nothing was written down long after it happened"),
    Check("after-the-day", "dates", "nothing that is in time by its date was written down only after the last day"),
    Check("out-of-order", "dates", "nothing was recorded out of order"),
    Check("particulars", "particulars", "what is kept apart is what the records name"),
    Check("signature-missing", "signatures", "where signing is on, every step is signed"),
    Check("signature-broken", "signatures", "every signature fits the step that it stands in"),
    Check("signature-unknown-key", "signatures", "every signature is made with a key of the register"),
    Check("signature-retired-key", "signatures", "no signature is made with a key that was retired before"),
    Check("signature-of-another", "signatures", "every step is signed with a key of its own author"),
    Check("signature-unchecked", "signatures", "every signature is of a kind that sptool can check"),
    Check("signature-joined", "signatures", "where lines of history met, somebody trusted signed the joining"),
    Check("key-untrusted", "signatures", "only who signs with a trusted key adds or retires a key or requires signing"),
    Check("key-afresh", "signatures", "trust was never started afresh without a trusted key"),
    Check("checkpoint-of-another-folder", "rewriting", "each checkpoint given is one of this folder"),
    Check("checkpoint-gone", "rewriting", "main still leads to the commit of each checkpoint given"),
    Check("checkpoint-differs", "rewriting", "at each checkpoint's commit the folder held what the checkpoint says"),
    Check("checkpoint-signature", "rewriting", "each checkpoint is signed by its officer with a key in force then"),
    Check("checkpoint-unsigned", "rewriting", "each checkpoint given is signed"),
)

CHECKS: Mapping[str, Check] = MappingProxyType({check.id: check for check in _ALL})


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
