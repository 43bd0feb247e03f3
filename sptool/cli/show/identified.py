"""The one screen that shows names: the particulars of a case."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.cli.screen import tell
from sptool.cli.wording import Part, labelled, part, wrapped
from sptool.desk.held import STILL_HERE, Held, Identified
from sptool.records.particulars import Person
from sptool.records.plain import to_plain
from sptool.text.english import british
from sptool.text.plain import Plain
from sptool.workflow.names import label_of
from sptool.workflow.subjects import step_title


def warn(found: Identified) -> None:
    """Says among the messages whose names are about to be shown."""
    people = dict.fromkeys(person.id for one in found.held if one.particulars for person in one.particulars.people)
    if people:
        tell(f"This shows names and other particulars of: {', '.join(map(label_of, people))}.")
        tell("They are confidential. Don't leave them on a screen, in a file or in a message.")
    elif not any(one.size is not None or STILL_HERE in one.trouble for one in found.held):
        tell("No particulars are held here for this.")


def identified_parts(found: Identified) -> list[Part]:
    """The particulars, record by record."""
    return [one for held in found.held for one in part(_title(held), _lines(held))]


def _title(held: Held) -> str:
    return f"CONFIDENTIAL, from record {held.record.id} ({step_title(held.record)})"


def _lines(held: Held) -> Iterator[str]:
    if held.trouble:
        yield from wrapped(f"{held.file}: {held.trouble}.", indent=0)
    if held.particulars is not None:
        for person in held.particulars.people:
            yield from _person(person)
        if held.particulars.text:
            yield from wrapped(held.particulars.text, indent=0)
    elif held.size is not None:
        yield from wrapped(f"{held.file}, {held.size} bytes", indent=0)


def _person(person: Person) -> Iterator[str]:
    role = f" ({person.role})" if person.role else ""
    yield from labelled(label_of(person.id), (person.name or "name not recorded") + role)
    yield from labelled("  Also known as", ", ".join(person.aliases))
    yield from labelled("  Born", british(person.date_of_birth) if person.date_of_birth else "")
    yield from labelled("  Address", person.address or "")
    yield from labelled("  Contact", person.contact or "")


def identified_data(found: Identified) -> list[Plain]:
    """The particulars for other programs."""
    return [
        {
            "record": held.record.id,
            "file": held.file,
            "size": held.size,
            "trouble": held.trouble or None,
            "particulars": dict[str, Plain](to_plain(held.particulars)) if held.particulars else None,
        }
        for held in found.held
    ]
