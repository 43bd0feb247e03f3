"""The types that the answers to questions have, and how a question is put to a field.

The prompts, the blank forms, the reference and the schemas are all made from what stands here and in the models.
The modules of models do without `from __future__ import annotations`: pydantic would read every annotation of every
base once more from its text, a tenth of the time that a case takes to show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from sptool.text.dates import ISO_DATE, WRITE, why_no_day
from sptool.text.prose import normalise

LONGEST_PROSE = 100_000
LONGEST_LINE = 300


class Frozen(BaseModel):
    """A model that can't be changed and accepts no field that it doesn't know.

    What reads it is built when it is first needed: few of forty kinds are, on most runs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


@dataclass(frozen=True)
class ProseMark:
    """Marks text in an officer's own words: asked for in an editor and checked for names."""


@dataclass(frozen=True)
class LineMark:
    """Marks short text in an officer's own words, such as a role: one line, checked for names."""


@dataclass(frozen=True)
class FromFramework:
    """Marks a code that must stand in a list of the case's framework edition.

    Args:
        name: the list's name, as `Framework.choices` knows it, such as `agencies`.
        also: codes allowed besides those of the list.
    """

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class RefersTo:
    """Marks the id of an earlier record of this case, of one of the kinds named; of any kind if none is named."""

    kinds: tuple[str, ...]


@dataclass(frozen=True)
class ChildMark:
    """Marks the id of a child of the case, such as `child-a`."""


@dataclass(frozen=True)
class CaseMark:
    """Marks the reference of another case."""


@dataclass(frozen=True)
class OfficerMark:
    """Marks the id of an officer in the register."""


@dataclass(frozen=True)
class KeyMark:
    """Marks what an entry of a list is known by: two with the same speak of the same child, partner or agency.

    Args:
        once: what it names, in a word, where a record may have only one such entry; empty where it may have several.
    """

    once: str = ""


@dataclass(frozen=True)
class ChildLabelMark:
    """Marks the label of a child who is told of for the first time: each gets the next one."""


@dataclass(frozen=True)
class PersonLabelMark:
    """Marks the label that somebody's particulars belong to."""


@dataclass(frozen=True)
class AheadMark:
    """Marks a date that may lie ahead, such as the day by which something is due."""


@dataclass(frozen=True)
class NotBefore:
    """Marks a date that can't come before another answer of the record.

    Args:
        field: the name of that answer.
        what: how it is called, after "this is before".
    """

    field: str
    what: str


def _iso_date(value: object) -> object:
    """Only YYYY-MM-DD is stored. However else people write a date is read before; here what is wrong is named."""
    if isinstance(value, date) or (isinstance(value, str) and ISO_DATE.fullmatch(value)):
        return value
    raise ValueError(why_no_day(value) if isinstance(value, str) else WRITE)


def _one_line(value: str) -> str:
    if "\n" in value:
        raise ValueError("write this on one line")
    return value


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError("write something here")
    return value


Day = Annotated[date, BeforeValidator(_iso_date)]
DayAhead = Annotated[Day, AheadMark()]
DayOrUnknown = Day | Literal["unknown"]
Prose = Annotated[
    str,
    StringConstraints(max_length=LONGEST_PROSE),
    AfterValidator(normalise),
    AfterValidator(_not_empty),
    ProseMark(),
]
Line = Annotated[
    str,
    StringConstraints(max_length=LONGEST_LINE),
    AfterValidator(normalise),
    AfterValidator(_not_empty),
    AfterValidator(_one_line),
    LineMark(),
]
Role = Line
YesNo = Literal["yes", "no"]
YesNoUnknown = Literal["yes", "no", "not-known"]
Answer = Literal["met", "not-met", "not-known"]

ID_LETTERS = "abcdefghjkmnpqrstvwxyz"
ID_SYMBOLS = "0123456789" + ID_LETTERS
RECORD_ID_LENGTH = 10
RecordId = Annotated[str, StringConstraints(pattern=rf"^[{ID_LETTERS}][{ID_SYMBOLS}]{{9}}$")]
CaseRef = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}-\d{4}-[1-9A-HJKMNP-TV-Z]{5}$")]
ROLE_WORDS = (
    "child",
    "parent",
    "sibling",
    "half-sibling",
    "step-sibling",
    "step-parent",
    "grandparent",
    "carer",
    "foster-carer",
    "partner",
    "relative",
    "adult",
    "practitioner",
    "referrer",
    "caller",
    "other",
)
# A label is all that a record and the history of commits say about a person, so no name must fit in.
LABEL = rf"^(caller|({'|'.join(ROLE_WORDS)})-[a-z0-9]{{1,2}})$"


def _label(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(LABEL, value):
        raise ValueError(
            "write a label, never a name: one of these words, a hyphen, and a letter or number, such as `child-a`: "
            + ", ".join(ROLE_WORDS)
        )
    return value


# The pattern stands first, so that the schema has it; what is said of a wrong label comes from the check.
PersonId = Annotated[str, StringConstraints(pattern=LABEL), BeforeValidator(_label)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ChildId = Annotated[PersonId, ChildMark()]
Agency = Annotated[Slug, FromFramework("agencies")]
Partner = Annotated[Slug, FromFramework("safeguarding-partners")]
Theme = Annotated[Slug, FromFramework("themes")]
LinkedRef = Annotated[CaseRef, CaseMark()]

Asked = TypeVar("Asked")


def ask(question: str, hint: str = "", **options: Any) -> Any:
    """A required field with the question that an officer reads.

    Args:
        question: the question, ending in a question mark or as a short instruction.
        options: anything else that a pydantic field takes.
    """
    return Field(title=question, description=hint or None, **options)


def may_ask(question: str, hint: str = "", default: Any = None, **options: Any) -> Any:
    """An optional field ("not yet known"): asked for only when the officer picks it."""
    return Field(default=default, title=question, description=hint or None, **options)
