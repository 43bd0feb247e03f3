"""Makes documents: their text from the case, their files from the text, and what goes out with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from sptool.desk.letters.identified import people_for, say_what_is_put_in

if TYPE_CHECKING:
    from sptool.desk.session import Session
    from sptool.documents.context import Folder, Material
    from sptool.documents.formats.about import About, Format
    from sptool.documents.rendering import Rendered
    from sptool.records.case import Case
    from sptool.records.particulars import Person


DUE = "what is due"


@dataclass(frozen=True)
class Asked:
    """What was typed.

    Args:
        reference: the case's exact reference; empty for a document of no one case.
        document: which document; `DUE` for whatever the case's stage calls for.
        agency: for which agency; empty for each.
        identify: whether it shows who the labels stand for.
    """

    reference: str
    document: str
    agency: str
    to: Format
    identify: bool = False


@dataclass(frozen=True)
class Made:
    """A document, ready to be written.

    Args:
        look_sha256: the digest of its templates and of what gives it its look.
        enclosed: what goes out with it.
    """

    text: Rendered
    about: About
    to: Format
    content: bytes
    name: str
    look_sha256: str
    enclosed: tuple[Enclosed, ...] = ()


def chosen_format(to: str, out: str) -> Format:
    """The format that was asked for: by name, else by the ending of the file's name, else Markdown.

    Raises:
        UsageError: there is no such format.
    """
    from sptool.documents.formats.about import FORMATS, format_named

    if to:
        return format_named(to)
    return FORMATS.get(PurePath(out).suffix.lower().removeprefix("."), "md")


def made(session: Session, asked: Asked) -> list[Made]:
    """The documents that were asked for, one for each agency where that is so; none if none is due.

    Raises:
        UsageError, StepRefused, UnfitFile: as the documents have them. Nothing was written.
    """
    overrides = dict(session.book.overrides())
    letterhead = overrides.pop(_letterhead(), None)
    texts = _texts(session, asked, overrides)
    if asked.identify:
        say_what_is_put_in(session.talk, texts[0].people)
    done = []
    for number, text in enumerate(texts, 1):
        if len(texts) > 1:
            session.talk.tell(
                f"{number} of {len(texts)}: {text.document.title}{f', {text.agency}' if text.agency else ''}"
            )
        done.append(_in_format(session, asked, text, letterhead))
    return done


def _letterhead() -> str:
    from sptool.documents.formats.word import LETTERHEAD

    return LETTERHEAD


def _in_format(session: Session, asked: Asked, text: Rendered, letterhead: bytes | None) -> Made:
    from sptool.documents.formats.about import About
    from sptool.documents.formats.converting import in_format, look_sha256

    partnership = session.folder.settings.partnership
    about = About(text.document.title, asked.reference, partnership, session.clock.today)
    content = in_format(asked.to, text.markdown, about, letterhead)
    name = f"{text.file_name.removesuffix('.md')}.{asked.to}"
    look = look_sha256(text.template_sha256, asked.to, letterhead)
    enclosed = enclosed_with(session, asked.reference, text, asked.to, letterhead)
    return Made(text, about, asked.to, content, name, look, enclosed)


def _texts(session: Session, asked: Asked, overrides: Mapping[str, bytes]) -> list[Rendered]:
    people = people_for(session, asked.reference, asked.document) if asked.identify else ()
    if not asked.reference:
        return [_of_folder(session, asked.document, overrides)]
    return [
        _of_case(session, asked, document, agency, overrides, people) for document, agency in _which(session, asked)
    ]


def _which(session: Session, asked: Asked) -> Sequence[tuple[str, str]]:
    """Each document with the agency that it is for."""
    from sptool.documents.documents import document_named, due

    case = session.case(asked.reference)
    if asked.document == DUE:
        return due(case, session.edition(case), session.clock.today)
    agencies = [asked.agency] if asked.agency else list(document_named(asked.document).agencies(case)) or [""]
    return [(asked.document, agency) for agency in agencies]


def _of_case(
    session: Session,
    asked: Asked,
    document: str,
    agency: str,
    overrides: Mapping[str, bytes],
    people: Sequence[Person],
) -> Rendered:
    from sptool.documents.rendering import render

    case = session.case(asked.reference)
    edition = session.edition(case)
    return render(
        document,
        case,
        edition,
        today=session.clock.today,
        partnership=session.folder.settings.partnership,
        training=session.folder.settings.training,
        overrides=overrides,
        agency=agency or None,
        calendar_for=session.calendar_for(edition),
        people=people,
    )


def _of_folder(session: Session, document: str, overrides: Mapping[str, bytes]) -> Rendered:
    from sptool.documents.rendering import render_folder

    return render_folder(document, folder_of(session), overrides)


@dataclass(frozen=True)
class Enclosed:
    """A file that goes out with a document."""

    name: str
    to: Format
    content: bytes


def enclosed_with(
    session: Session, reference: str, text: Rendered, to: Format, letterhead: bytes | None
) -> tuple[Enclosed, ...]:
    """The files that go out with a document, in the formats that go with its own.

    Args:
        letterhead: the partnership's own Word file; None for the one that ships.
    """
    from sptool.documents.scoping_request import DOCUMENT

    if text.document is not DOCUMENT:
        return ()
    from sptool.documents.returning.blank import FORMS_WITH, STEM, blank_form
    from sptool.workflow.state import requests

    case = session.case(reference)
    request = [one for one in requests(case) if one.agency == text.agency][-1].key
    material = material_of(session, case, text.agency)
    return tuple(
        Enclosed(f"{case.ref}-{STEM}-{text.agency}.{form}", form, blank_form(material, request, form, letterhead))
        for form in FORMS_WITH.get(to, ())
    )


def folder_of(session: Session) -> Folder:
    """Everything in a case folder that a document of no one case is made from."""
    from sptool.documents.context import Folder

    settings, today = session.folder.settings, session.clock.today
    materials = tuple(_materials(session))
    return Folder(materials, session.book.current_edition, today, settings.partnership, settings.training)


def _materials(session: Session) -> Iterator[Material]:
    for case in session.book.cases():
        yield material_of(session, case)


def material_of(session: Session, case: Case, agency: str = "") -> Material:
    """What the documents of one case are made from, and those for one agency."""
    from sptool.documents.context import Material
    from sptool.workflow.standing import Standing

    settings, edition = session.folder.settings, session.edition(case)
    standing = Standing(case, edition, session.clock.today, session.calendar_for(edition))
    return Material(standing, settings.partnership, settings.training, agency)
