"""What identifies people. It lives on the case's particulars ref only, never in a record."""

from typing import Annotated, Literal

from sptool.records.fields import Day, Frozen, KeyMark, Line, PersonId, PersonLabelMark, Prose, ask, may_ask

PARTICULARS_FILE = "particulars.yaml"
"""What the file is called, in the folder of its record, and by the record."""


class Person(Frozen):
    """Who stands behind a label."""

    id: Annotated[PersonId, KeyMark(), PersonLabelMark()] = ask(
        "Which label?", "Such as `child-a`, `parent-b`, `sibling-c`, `caller`."
    )
    role: Literal["child", "parent", "sibling", "carer", "relative", "caller", "practitioner", "other"] | None = (
        may_ask("Who is this?")
    )
    name: Line | None = may_ask("What is the name?")
    aliases: tuple[Line, ...] = may_ask("Which other names are used?", default=())
    date_of_birth: Day | None = may_ask("When was this person born?")
    address: Prose | None = may_ask("What is the address?")
    contact: Line | None = may_ask("How can this person be reached?")


class Particulars(Frozen):
    """The identifying part of one record."""

    people: tuple[Person, ...] = may_ask("Who are the people?", default=())
    text: Prose | None = may_ask("Anything else that identifies somebody?")
