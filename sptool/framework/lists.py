"""The lists that records take their codes from: the fields of an edition that hold coded entries.

Whoever adds a list adds the field: its name in records, its place in the file, its checks and its page follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Protocol, TypeVar, get_args, get_origin

from sptool.errors import UsageError
from sptool.framework.entries import Coded, Part


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Named)

# Every word that may be meant is compared letter by letter. An edition has about 200 in all.
_MOST_COMPARED = 500  # words
_LONGEST_COMPARED = 80  # characters


def did_you_mean(given: str, allowed: Iterable[str]) -> str:
    """A suggestion to end a message with, or nothing if no allowed word is near.

    Args:
        given: what was written; it is compared and never shown.
    """
    words = sorted(allowed)
    if len(words) > _MOST_COMPARED or len(given) > _LONGEST_COMPARED:
        return ""
    near = get_close_matches(given.lower(), words, n=1, cutoff=0.6)
    return f" Did you mean `{near[0]}`?" if near else ""


@dataclass(frozen=True)
class ListOf:
    """One list of an edition.

    Args:
        fields: the fields that lead to it, such as `criteria` and `local_review`.
    """

    fields: tuple[str, ...]
    entry: type[Coded]

    @property
    def name(self) -> str:
        """What records, prompts and messages call it, such as `criteria.local-review`."""
        return self.place.replace("_", "-")

    @property
    def place(self) -> str:
        """Where it stands in the file, such as `criteria.local_review`."""
        return ".".join(self.fields)

    def entries(self, edition: Part) -> tuple[Coded, ...]:
        """Its entries in an edition."""
        found: tuple[Coded, ...] = attrgetter(self.place)(edition)
        return found


@cache
def lists_of(edition: type[Part]) -> Mapping[str, ListOf]:
    """Every list by its name, in the order in which an edition has them."""
    return MappingProxyType({one.name: one for one in _lists_in(edition, ())})


def _lists_in(part: type[Part], above: tuple[str, ...]) -> Iterator[ListOf]:
    for name, field in part.model_fields.items():
        held = field.annotation
        entry = get_args(held)[0] if get_origin(held) is tuple else None
        if isinstance(entry, type) and issubclass(entry, Coded):
            yield ListOf((*above, name), entry)
        elif isinstance(held, type) and issubclass(held, Part):
            yield from _lists_in(held, (*above, name))


class Lists(Part):
    """How an edition answers what can be chosen."""

    def entries(self, name: str) -> tuple[Coded, ...]:
        """Every entry of a list, whatever its days.

        Args:
            name: the list's name, such as `agencies` or `criteria.notification`.

        Raises:
            UsageError: for a name that is no list.
        """
        lists = lists_of(type(self))
        if name not in lists:
            raise UsageError(
                f"The framework has no such list.{did_you_mean(name, lists)}", f"The lists are: {', '.join(lists)}."
            )
        return lists[name].entries(self)

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
