"""The return form: what it asks, each question by a number that stays the same, and the blank form of one request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sptool.documents.context import Material, agency_name
from sptool.documents.formats.about import About, Format
from sptool.documents.formats.converting import in_format
from sptool.documents.sources import Sources
from sptool.documents.templates import fill_in
from sptool.framework.models import Framework
from sptool.framework.models import Question as OwnQuestion
from sptool.records.particulars import Particulars
from sptool.records.questions import Question, questions
from sptool.records.review import AgencyReturn
from sptool.text.plain import Path

Shape = Literal["line", "prose", "date", "choice", "label"]

NIL: Literal["nil"] = "nil"
WRITTEN: Literal["written-here"] = "written-here"
EPISODES, PEOPLE = 3, 2
EPISODE_GROUP, PEOPLE_GROUP = "E", "P"
KNOWN_AT = "A1"
KNOWN = "Did your agency know the child or the family, or hold anything about them?"
HINTS: Mapping[str, str] = MappingProxyType(
    {
        "happened": "Tick one.",
        "date": "A date, such as 5 March 2026.",
        "id": "Such as Sibling C: the label that you use above.",
    }
)
# Answered by whoever records the return, not by the agency.
_OURS = frozenset({"happened_on", "out_of_order", "agency", "answer", "episodes"})
_PERSON = ("id", "name", "date_of_birth", "address", "contact")


@dataclass(frozen=True)
class Choice:
    """What can be ticked.

    Args:
        code: the record's word.
    """

    code: str
    text: str


@dataclass(frozen=True)
class Row:
    """A question of the form.

    Args:
        key: its number on the form, such as `B1`; what an answer is found by.
        field: where the answer belongs in the record; `private` for what identifies people.
        group: for a part that may be filled in several times, such as an episode: its letter.
    """

    key: str
    text: str
    field: Path
    shape: Shape
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    group: str = ""


@dataclass(frozen=True)
class FormPart:
    """A part of the form.

    Args:
        about: which of the notes stands above it; `more` for none, because it goes on from the part before.
    """

    title: str
    rows: tuple[Row, ...]
    about: Literal["return", "case", "episode", "own", "person", "more"]


def form_parts(framework: Framework) -> tuple[FormPart, ...]:
    """The parts of the form under an edition of the framework.

    Args:
        framework: the case's edition, which may add questions of the partnership's own.
    """
    asked = questions(AgencyReturn)
    short = [one for one in asked if one.name not in _OURS and one.shape != "prose"]
    prose = [one for one in asked if one.name not in _OURS and one.shape == "prose"]
    episode = next(one for one in asked if one.name == "episodes")
    own = framework.questions_for(AgencyReturn.kind)
    parts = [
        FormPart("About this return", (_known(), *_numbered("A", short, 2)), "return"),
        FormPart("What your agency knows", tuple(_numbered("B", prose)), "case"),
        *_repeated(EPISODE_GROUP, "Key practice episode", "episode", EPISODES, (episode.name,), episode.inner),
        *([FormPart("The partnership's own questions", tuple(_own(own)), "own")] if own else ()),
        *_people(),
    ]
    return tuple(parts)


def rows_of(framework: Framework) -> Mapping[str, Row]:
    """Every question of the form by its number."""
    return {row.key: row for part in form_parts(framework) for row in part.rows}


def _known() -> Row:
    choices = (Choice(WRITTEN, "Yes: our answers are below"), Choice(NIL, "No: this is a nil return"))
    return Row(KNOWN_AT, KNOWN, ("answer",), "choice", choices, HINTS["happened"])


def _numbered(letter: str, asked: Sequence[Question], first: int = 1) -> Iterator[Row]:
    for number, question in enumerate(asked, first):
        yield _row(f"{letter}{number}", question, (question.name,))


def _repeated(
    letter: str,
    title: str,
    about: Literal["episode", "person"],
    times: int,
    field: Path,
    inner: Sequence[Question],
) -> Iterator[FormPart]:
    for time in range(times):
        rows = tuple(
            _row(f"{letter}{time + 1}{part}", question, (*field, time, question.name), letter)
            for part, question in zip("abcdefgh", inner, strict=False)
        )
        yield FormPart(f"{title} {time + 1}", rows, "more" if time else about)


def _row(key: str, question: Question, field: Path, group: str = "") -> Row:
    shape: Shape = "date" if question.shape == "date" else "prose" if question.shape == "prose" else "line"
    if question.name == "id":
        shape = "label"
    hint = HINTS.get("id" if shape == "label" else shape, question.hint)
    return Row(key, question.ask, field, shape, hint=hint, group=group)


def _own(asked: Sequence[OwnQuestion]) -> Iterator[Row]:
    for number, question in enumerate(asked, 1):
        choices = tuple(Choice(choice, choice) for choice in question.choices)
        if question.type == "yes-no":
            choices = (Choice("yes", "Yes"), Choice("no", "No"))
        shape: Shape = "date" if question.type == "date" else "choice" if choices else "prose"
        hint = question.hint or HINTS.get(shape, "")
        yield Row(f"L{number}", question.ask, ("local", question.id), shape, choices, hint)


def _people() -> Iterator[FormPart]:
    asked = {question.name: question for question in questions(Particulars)}
    inner = {question.name: question for question in asked["people"].inner}
    wanted = [inner[name] for name in _PERSON]
    yield from _repeated(PEOPLE_GROUP, "Who is who", "person", PEOPLE, ("private", "people"), wanted)
    yield FormPart("Other identifying details", (_row("N1", asked["text"], ("private", "text")),), "more")


TEMPLATE = "return-form.md.j2"
TITLE = "Return form"
STEM = "return-form"
# A letter on paper is answered on paper or in Word; a web page and Markdown hold the questions themselves.
FORMS_WITH: Mapping[Format, tuple[Format, ...]] = MappingProxyType({"docx": ("docx",), "pdf": ("docx", "pdf")})
_LINE = re.compile(
    r"(?P<case>[A-Z]{2,6}-\d{4}-[1-9A-HJKMNP-TV-Z]{5})\s*/\s*(?P<request>[a-z][0-9a-z]{9}:(?P<agency>[a-z0-9-]+))"
)


@dataclass(frozen=True)
class ReturnForm:
    """What the template of the return form can name.

    Args:
        request_id: what the return is matched by.
    """

    partnership: str
    training: bool
    reference: str
    request_id: str
    agency: str
    parts: tuple[FormPart, ...]


@dataclass(frozen=True)
class FormId:
    """The line by which a form is known: case, request and agency."""

    case: str
    request: str
    agency: str


def form_ids(text: str) -> list[FormId]:
    """Every such line in a text, each once."""
    return list(dict.fromkeys(FormId(**found.groupdict()) for found in _LINE.finditer(text)))


def form_markdown(material: Material, request: str) -> str:
    """The blank form in Markdown. The partnership changes its questions in the framework, not its shape.

    Args:
        request: what the return is matched by.
    """
    form = ReturnForm(
        partnership=material.partnership,
        training=material.training,
        reference=material.case.ref,
        request_id=request,
        agency=agency_name(material, material.agency),
        parts=form_parts(material.framework),
    )
    return fill_in(TEMPLATE, form, Sources({}))


def blank_form(material: Material, request: str, to: Format, letterhead: bytes | None = None) -> bytes:
    """The blank form as a file.

    Args:
        request: what the return is matched by.
        letterhead: the partnership's own Word file; None for the one that ships.

    Raises:
        UsageError: the converters aren't installed.
    """
    about = About(TITLE, material.case.ref, material.partnership, material.today)
    return in_format(to, form_markdown(material, request), about, letterhead)
