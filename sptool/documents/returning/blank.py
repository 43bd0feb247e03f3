"""Makes the blank return form of one request, in Markdown and in the formats that can be filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sptool.documents.context import Material, agency_name
from sptool.documents.formats.about import About, Format
from sptool.documents.formats.converting import in_format
from sptool.documents.returning.rows import FormPart, form_parts
from sptool.documents.sources import Sources
from sptool.documents.templates import fill_in

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
