"""Who the labels of a document stand for: shown only in a copy that is asked to identify, and no more than it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sptool.documents.words import listed
from sptool.records.anytime import Detail
from sptool.records.particulars import Person
from sptool.text.english import in_full
from sptool.workflow.names import label_of

NAME_AND_BIRTH: tuple[Detail, ...] = ("name", "other-names", "date-of-birth")
WITH_ADDRESS: tuple[Detail, ...] = (*NAME_AND_BIRTH, "address")

_FIELDS: Mapping[Detail, str] = MappingProxyType(
    {"name": "name", "other-names": "aliases", "date-of-birth": "date_of_birth", "address": "address"}
)
_WORDS: Mapping[Detail, str] = MappingProxyType(
    {"name": "name", "other-names": "other names", "date-of-birth": "date of birth", "address": "address"}
)
FAMILY = (
    *("child", "parent", "step-parent", "sibling", "half-sibling", "step-sibling", "grandparent"),
    *("carer", "foster-carer", "partner", "relative"),
)
"""Whom a document may identify: a caller may have asked not to be named, and practitioners appear by role."""


@dataclass(frozen=True)
class PersonFacts:
    """Somebody whom a label stands for.

    Args:
        label: such as Child A.
    """

    label: str
    name: str | None
    other_names: str | None
    born: str | None
    address: str | None


def merged(told: Iterable[Person]) -> tuple[Person, ...]:
    """One entry for each label: what was told last of each detail.

    Args:
        told: the entries of a case's records, oldest first.
    """
    found: dict[str, Person] = {}
    for person in told:
        known = found.get(person.id, Person(id=person.id))
        newer = {name: value for name in Person.model_fields if (value := getattr(person, name))}
        found[person.id] = known.model_copy(update=newer)
    return tuple(found[label] for label in sorted(found))


def limited(people: Iterable[Person], details: Sequence[Detail], roles: Sequence[str] = FAMILY) -> tuple[Person, ...]:
    """The people whom a document may identify, each with the details that it needs and no others.

    Args:
        people: everybody whose particulars the case holds.
    """
    kept = [_FIELDS[detail] for detail in details]
    shown = [
        Person(id=person.id).model_copy(update={"role": person.role, **{name: getattr(person, name) for name in kept}})
        for person in people
        if (person.role or person.id.rpartition("-")[0]) in roles
    ]
    return tuple(person for person in shown if details_of(person))


def details_of(person: Person) -> tuple[Detail, ...]:
    """Which details are held of somebody."""
    return tuple(detail for detail, name in _FIELDS.items() if getattr(person, name))


def details_in_words(details: Iterable[Detail]) -> str:
    """Kinds of detail as a sentence lists them."""
    return listed([_WORDS[detail] for detail in details])


def put_in(people: Iterable[Person]) -> str:
    """What a copy identifies, by label and kind and never by value: "name and date of birth of Child A"."""
    return "; ".join(f"{details_in_words(details_of(person))} of {label_of(person.id)}" for person in people)


def facts_of(people: Iterable[Person]) -> Iterator[PersonFacts]:
    """The people as a document shows them."""
    for person in people:
        born = person.date_of_birth
        yield PersonFacts(
            label=label_of(person.id),
            name=person.name,
            other_names=listed(person.aliases) if person.aliases else None,
            born=in_full(born).partition(" ")[2] if born else None,  # nobody needs the weekday of a birth
            address=person.address,
        )
