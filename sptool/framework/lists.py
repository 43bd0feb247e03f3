"""The lists that records take their codes from, found by one name each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from operator import attrgetter
from types import MappingProxyType
from typing import Protocol, TypeVar

from sptool.errors import UsageError
from sptool.framework.entries import Coded

# The name that records, prompts and messages use, and where the list stands in an edition.
LISTS: Mapping[str, str] = MappingProxyType(
    {
        "agencies": "agencies",
        "safeguarding-partners": "safeguarding_partners",
        "bodies-told": "bodies_told",
        "groups": "groups",
        "criteria.notification": "criteria.notification",
        "criteria.local-review": "criteria.local_review",
        "criteria.circumstances": "criteria.circumstances",
        "criteria.national-review": "criteria.national_review",
        "rapid-review-content": "rapid_review_content",
        "approaches": "approaches",
        "learning-sources": "learning_sources",
        "learning-outcomes": "learning_outcomes",
        "themes": "themes",
        "closure-reasons": "closure_reasons",
    }
)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Named)


def did_you_mean(given: str, allowed: Iterable[str]) -> str:
    """A suggestion to end a message with, or nothing if no allowed word is near.

    Args:
        given: what was written; it is compared and never shown.
        allowed: the words that can be written.
    """
    near = get_close_matches(given.lower(), sorted(allowed), n=1, cutoff=0.6)
    return f" Did you mean `{near[0]}`?" if near else ""


class Lists:
    """How an edition answers what can be chosen."""

    def entries(self, name: str) -> tuple[Coded, ...]:
        """Every entry of a list, whatever its days.

        Args:
            name: the list's name, such as `agencies` or `criteria.notification`.

        Raises:
            UsageError: for a name that is no list.
        """
        if name not in LISTS:
            raise UsageError(
                f"The framework has no such list.{did_you_mean(name, LISTS)}",
                f"The lists are: {', '.join(LISTS)}.",
            )
        entries: tuple[Coded, ...] = attrgetter(LISTS[name])(self)
        return entries

    def choices(self, name: str, on: date) -> tuple[Coded, ...]:
        """The entries of a list that can be chosen for something that happened on a day."""
        return tuple(entry for entry in self.entries(name) if entry.valid(on))

    def choice(self, name: str, code: str) -> Coded:
        """The entry that a record's code stands for, whatever its days.

        Raises:
            UsageError: for a code that the list doesn't have.
        """
        return self.find(name, self.entries(name), code)

    def name_of(self, name: str, code: str) -> str:
        """What people read for a code; the code itself if this edition doesn't have it."""
        return next((entry.name for entry in self.entries(name) if entry.id == code), code)

    def why_not_allowed(self, name: str, code: str, on: date, also: Sequence[str] = ()) -> str | None:
        """Why a code can't be recorded for a day, with what can; None if it can.

        Args:
            name: the list's name.
            code: the code given; it is never repeated in the answer.
            on: the day on which it happened.
            also: codes allowed besides those of the list.
        """
        allowed = [*(entry.id for entry in self.choices(name, on)), *also]
        if code in allowed:
            return None
        past = next((entry for entry in self.entries(name) if entry.id == code), None)
        why = f"not in the list of {spoken(name)}" if past is None else f"{_validity(past)}, so not on that day"
        return f"this is {why}.{did_you_mean(code, allowed)} Allowed: {', '.join(allowed)}."

    def find(self, name: str, entries: Iterable[Entry], code: str) -> Entry:
        """The entry with that id, or a refusal that suggests the nearest."""
        known = {entry.id: entry for entry in entries}
        if code in known:
            return known[code]
        raise UsageError(
            f"This is not in the framework's list of {spoken(name)}.{did_you_mean(code, known)}",
            f"Allowed: {', '.join(known)}.",
        )


def spoken(name: str) -> str:
    """A list's name as a sentence has it: `criteria.local-review` is "criteria (local review)"."""
    head, _, rest = name.replace("-", " ").partition(".")
    return f"{head} ({rest})" if rest else head


def _validity(entry: Coded) -> str:
    since = f"from {entry.valid_from.isoformat()}" if entry.valid_from else ""
    until = f"until {entry.valid_to.isoformat()}" if entry.valid_to else ""
    return f"valid only {' '.join(part for part in (since, until) if part)}"
