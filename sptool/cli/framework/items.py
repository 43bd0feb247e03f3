"""An edition at a glance, one of its lists or one entry, with everything that is said about it and its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sptool.cli.screen import say, say_json
from sptool.cli.wording import labelled, part, say_lines, say_parts, wrapped
from sptool.errors import UsageError
from sptool.framework.lists import did_you_mean, spoken
from sptool.framework.models import LISTS, Coded, Framework, Rule, Sourced
from sptool.framework.units import UNITS
from sptool.text.english import british
from sptool.text.plain import Plain
from sptool.workflow.events import EVENTS

ID_WIDTH = 26
HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "wording": "In words",
        "kind": "Weight",
        "ground": "Ground",
        "clause": "Clause",
        "note": "Note",
        "valid_from": "First day",
        "valid_to": "Last day",
        "successor": "Successor",
        "days": "Days",
        "unit": "Counted in",
        "own_date_first": "Own date first",
        "starts": "From",
        "met_by": "Met by",
        "force": "Force",
        "late_after": "Late after day",
        "only_ground": "Only ground",
        "hidden_once_met": "Hidden once met",
        "owner": "To act",
        "command": "Command",
        "rapid_review": "Rapid review",
        "seats": "Seats",
        "agency": "Agency",
        "members": "Members",
        "meets": "Meets",
        "reports_to": "Reports to",
        "needs_receipt": "Needs receipt",
        "points": "Points",
        "review_after_years": "Years to review",
    }
)


@dataclass(frozen=True)
class Item:
    """An entry of an edition.

    Args:
        listed: the list in which it stands, such as `deadlines` or `agencies`.
    """

    listed: str
    entry: Sourced


def every_item(policy: Framework) -> tuple[Item, ...]:
    """Every entry of an edition that has a source, list by list."""
    rules = [Item("deadlines", rule) for rule in policy.deadlines]
    coded = [Item(name, entry) for name in LISTS for entry in policy.entries(name)]
    return (*rules, *coded, Item("serious-harm", policy.serious_harm), Item("retention", policy.retention))


def found_items(policy: Framework, wanted: str) -> tuple[Item, ...]:
    """The entries of a list, or those that have an id; several lists may have the same.

    Raises:
        UsageError: nothing is called so.
    """
    name = wanted.strip().casefold()
    every = every_item(policy)
    found = tuple(item for item in every if item.listed == name or _id(item) == name)
    if not found:
        known = [*(item.listed for item in every), *(_id(item) for item in every)]
        raise UsageError(
            f"Nothing in this edition is called that.{did_you_mean(name, known)}",
            f"Give an id or one of: {', '.join(dict.fromkeys(item.listed for item in every))}.",
        )
    return found


def _id(item: Item) -> str:
    return item.entry.id if isinstance(item.entry, Coded | Rule) else item.listed


def say_items(policy: Framework, found: Sequence[Item]) -> None:
    """Prints each entry with all that is said about it and its sources; of a whole list only the names."""
    if len({_id(item) for item in found}) > 1:
        say_lines(line for item in found for line in _briefly(item))
        say()
        say("More about one: sptool framework explain ID")
        return
    for at, item in enumerate(found):
        if at:
            say()
        say_lines(_lines(policy, item))


def _briefly(item: Item) -> Iterator[str]:
    unread = "" if item.entry.verified else " (not verified yet)"
    yield from wrapped(f"{_id(item):<{ID_WIDTH}}{_name(item)}{unread}", indent=0, hanging=ID_WIDTH)


def _name(item: Item) -> str:
    entry = item.entry
    return entry.title if isinstance(entry, Rule) else entry.name if isinstance(entry, Coded) else spoken(item.listed)


def _lines(policy: Framework, item: Item) -> Iterator[str]:
    entry = item.entry
    yield from wrapped(_name(item), indent=0)
    if isinstance(entry, Coded | Rule):
        yield from labelled("Id", f"{entry.id}, in {spoken(item.listed)}")
    for field, label in HEADINGS.items():
        yield from labelled(label, _in_words(field, getattr(entry, field, None)))
    yield from labelled("Verified", "yes" if entry.verified else "not yet")
    for source in (policy.sources[code] for code in entry.source):
        unread = "" if source.verified else " (nobody has checked this source yet)"
        yield from labelled("Source", f"{source.cite}{unread}")
        yield from labelled("", source.note)


def _in_words(field: str, value: object) -> str:
    if value is None:
        return ""
    if field in ("starts", "met_by"):
        return EVENTS[str(value)].what
    if field == "unit":
        return UNITS[str(value)].title
    if isinstance(value, date):
        return british(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return "; ".join(str(getattr(part, "role", part)) for part in value)
    return str(value)


def say_items_json(policy: Framework, found: Sequence[Item]) -> None:
    """Prints the entries for other programs."""
    say_json([item_data(policy, item.listed, item.entry) for item in found])


def item_data(policy: Framework, listed: str, entry: Sourced) -> dict[str, Plain]:
    """An entry for other programs, its sources written out."""
    said: dict[str, Plain] = entry.model_dump(mode="json", by_alias=True)
    sources: list[Plain] = [dict[str, Plain](policy.sources[code].model_dump(mode="json")) for code in entry.source]
    return {"list": listed, **said, "sources": sources}


def say_overview(policy: Framework) -> None:
    """Prints every deadline with days, force and source, and the names and sizes of the lists."""
    say_lines(wrapped(f"{policy.title}, edition {policy.edition}", indent=0))
    say_lines(labelled("Partnership", policy.partnership))
    say_lines(labelled("In force from", british(policy.in_force_from)))
    say_parts(part("Deadlines", (line for rule in policy.deadlines for line in _rule(rule, policy))))
    say_parts(part("Lists", (f"  {name:<28}{len(policy.entries(name))}" for name in LISTS)))
    say()
    say("More about one: sptool framework explain ID-OR-LIST")


def _rule(rule: Rule, policy: Framework) -> Iterator[str]:
    yield from wrapped(f"{rule.id:<18}{rule.title}", hanging=18)
    how_long = rule.counted_in.in_brief(rule.days, rule.late_after)
    yield from wrapped(f"{how_long}. Force: {rule.force}. {confirmed(rule.verified)}.", indent=20)
    yield from wrapped(f"Source: {policy.cite(rule)}", indent=20, hanging=2)


def confirmed(verified: bool) -> str:
    """Whether somebody checked an entry against its source."""
    return "Verified" if verified else "Not verified yet"


def say_overview_json(policy: Framework) -> None:
    """Prints the deadlines for other programs."""
    rules: list[Plain] = [item_data(policy, "deadlines", rule) for rule in policy.deadlines]
    say_json(
        {
            "edition": policy.edition,
            "title": policy.title,
            "partnership": policy.partnership,
            "in_force_from": policy.in_force_from.isoformat(),
            "deadlines": rules,
            "lists": {name: len(policy.entries(name)) for name in LISTS},
        }
    )
