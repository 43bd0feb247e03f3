"""What must fit together in an edition: ids that are named must exist, and days must be in order.

The checks read the plain data, so that they find everything in one go even where a field is wrong by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from sptool.errors import MOST_LISTED
from sptool.framework.lists import did_you_mean
from sptool.framework.models import LISTS
from sptool.framework.units import UNITS, WorkingDays
from sptool.text.dates import ISO_DATE
from sptool.text.plain import Path, Plain, dotted

Found = tuple[Path, str]
"""Where something is wrong, and what."""

# Where an id is named, and the list in which it must stand. `*` is any entry, `**` any depth.
REFERENCES = (
    ("**.source.*", "sources"),
    ("agencies.*.successor", "agencies"),
    ("safeguarding_partners.*.agency", "agencies"),
    ("groups.*.members.*.agency", "agencies"),
    ("groups.*.reports_to.*", "groups"),
    ("calendar.closures.*.stops.*", "deadlines"),
    ("deadlines.*.hidden_once_met", "deadlines"),
)

# What the pathway can't do without. Its days, names and wording can be changed; it can't be left out.
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "deadlines": ("notify", "tell-partners", "panel", "rapid-review"),
        "groups": ("leadership", "task-and-finish", "forum"),
        "safeguarding_partners": ("local-authority",),
    }
)

PERIODS = (
    ("calendar.closures.*", "from", "to"),
    *((f"{one.place}.*", "valid_from", "valid_to") for one in LISTS.values()),
)


def cross_checks(data: Plain, kinds: Collection[str], events: Mapping[str, str]) -> Iterator[Found]:
    """Everything that does not fit together.

    Args:
        data: the edition as plain data; fields may be missing or wrong.
        kinds: the kinds of record that questions can be added to.
        events: what a deadline can count from or be met by, by id, each with what it happens for, such as `question`;
            empty for what a case has once. Only events that happen for the same can make a deadline.
    """
    yield from _repeated(data)
    yield from _unknown(data)
    yield from _unknown_events(data, events)
    yield from _left_out(data)
    yield from _out_of_order(data)
    yield from _grounds(data)
    for rule_path, rule in places(data, "deadlines.*"):
        if isinstance(rule, dict):
            yield from _rule(rule_path, rule, events)
    yield from _successors(data)
    yield from _questions(data, kinds)


def places(data: Plain, pattern: str) -> Iterator[tuple[Path, Plain]]:
    """Every place of the data that a pattern such as `deadlines.*.from` names, with what stands there."""
    yield from _walk(data, (), tuple(pattern.split(".")))


def _walk(data: Plain, path: Path, pattern: tuple[str, ...]) -> Iterator[tuple[Path, Plain]]:
    if not pattern:
        yield path, data
        return
    head, rest = pattern[0], pattern[1:]
    if head == "**":
        yield from _walk(data, path, rest)
    for key, value in _parts(data):
        if head == "**":
            yield from _walk(value, (*path, key), pattern)
        elif head in ("*", key):
            yield from _walk(value, (*path, key), rest)


def _parts(data: Plain) -> Iterator[tuple[str | int, Plain]]:
    if isinstance(data, dict):
        yield from data.items()
    elif isinstance(data, list):
        yield from enumerate(data)


def _ids(data: Plain, section: str) -> list[str]:
    """The ids of a list, or the keys where the section is a mapping."""
    pattern = f"{section}.*" if section == "sources" else f"{section}.*.id"
    found = places(data, pattern)
    return [str(path[-1]) if section == "sources" else str(value) for path, value in found]


def _repeated(data: Plain) -> Iterator[Found]:
    kinds = (dotted(path) for path, _ in places(data, "questions.*"))
    for section in ("deadlines", *(one.place for one in LISTS.values()), *kinds):
        first: dict[Plain, Path] = {}
        for path, value in places(data, f"{section}.*.id"):
            if isinstance(value, str) and value in first:
                yield path, "another entry of the list has this id already; give each entry an id of its own"
            elif isinstance(value, str):
                first[value] = path


def _unknown(data: Plain) -> Iterator[Found]:
    told = 0
    for pattern, section in REFERENCES:
        known = dict.fromkeys(_ids(data, section))
        for path, value in places(data, pattern) if known else ():
            if isinstance(value, str) and value not in known:
                near = did_you_mean(value, known) if told < MOST_LISTED else ""  # beyond that, nobody reads it
                yield path, f"this is not an id listed under {section}.{near}"
                told += 1


#: Where an edition names an event of the pathway.
EVENT_PLACES = ("deadlines.*.from", "deadlines.*.met_by")


def _unknown_events(data: Plain, events: Collection[str]) -> Iterator[Found]:
    for pattern in EVENT_PLACES:
        for path, value in places(data, pattern):
            if isinstance(value, str) and value not in events:
                yield path, f"this is not one of the events in docs/framework-file.md.{did_you_mean(value, events)}"


def _left_out(data: Plain) -> Iterator[Found]:
    for section, needed in NEEDED.items():
        known = _ids(data, section)
        for missing in (entry for entry in needed if known and entry not in known):
            yield (section,), f"the entry `{missing}` is missing; it can be changed but not left out"


def _out_of_order(data: Plain) -> Iterator[Found]:
    for pattern, first, last in PERIODS:
        for path, entry in places(data, pattern):
            if not isinstance(entry, dict):
                continue
            start, end = entry.get(first), entry.get(last)
            if isinstance(start, str) and isinstance(end, str) and _is_before(end, start):
                yield (*path, last), f"the last day ({last}) lies before the first ({first})"


def _is_before(end: str, start: str) -> bool:
    return bool(ISO_DATE.fullmatch(end) and ISO_DATE.fullmatch(start)) and end < start


def _grounds(data: Plain) -> Iterator[Found]:
    criteria = [entry for _, entry in places(data, "criteria.notification.*") if isinstance(entry, dict)]
    held = {str(entry.get("ground")) for entry in criteria}
    for ground in ("one", "two"):
        if criteria and ground not in held:
            yield (
                ("criteria", "notification"),
                f"no criterion belongs to ground {ground}; each ground needs one",
            )


def _rule(path: Path, rule: dict[str, Plain], events: Mapping[str, str]) -> Iterator[Found]:
    late_after = rule.get("late_after")
    unit = UNITS.get(str(rule.get("unit")), WorkingDays())  # a mistyped one is judged as the usual one
    if misfit := unit.misfit(rule.get("days"), late_after):
        field, what = misfit
        yield (*path, *field), what
    if late_after is not None and rule.get("force") == "reminder":
        yield (*path, "late_after"), "a reminder is never late; leave this out, or write another force"
    starts, ends = (events.get(str(rule.get(name))) for name in ("from", "met_by"))
    if starts is not None and ends is not None and starts != ends:
        yield (
            (*path, "met_by"),
            "this event does not belong to the one under from, so it could never meet the deadline",
        )


def _successors(data: Plain) -> Iterator[Found]:
    next_of = {
        str(entry.get("id")): str(entry["successor"])
        for _, entry in places(data, "agencies.*")
        if isinstance(entry, dict) and entry.get("successor")
    }
    for path, entry in places(data, "agencies.*"):
        if isinstance(entry, dict) and entry.get("successor"):
            if not entry.get("valid_to"):
                yield (*path, "successor"), "an agency with a successor needs its last day (valid_to)"
            if _goes_round(str(entry.get("id")), next_of):
                yield (*path, "successor"), "these agencies succeed each other in a circle"


def _goes_round(agency: str, next_of: Mapping[str, str]) -> bool:
    seen, here = {agency}, agency
    while (after := next_of.get(here)) and after not in seen:
        seen.add(here := after)
    return after is not None


def _questions(data: Plain, kinds: Collection[str]) -> Iterator[Found]:
    for path, _ in places(data, "questions.*"):
        if path[-1] not in kinds:
            yield path, f"this is not a kind of record.{did_you_mean(str(path[-1]), kinds)}"
    for path, question in places(data, "questions.*.*"):
        if not isinstance(question, dict):
            continue
        choices, wants = question.get("choices"), question.get("type") == "choice"
        if wants and not (isinstance(choices, list) and len(choices) > 1):
            yield path, "a choice needs at least two choices"
        if choices and not wants:
            yield (*path, "choices"), "choices go only with the type `choice`"
